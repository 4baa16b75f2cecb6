package sections

import (
	"fmt"
	"strconv"
	"strings"

	"lossxfer-report/report"
)

// chosen says in a few words where an objective's hyper-parameters come from.
func (a *Ask) chosen(o report.Objective) string {
	if a.sourced() {
		return "by whoever trained it"
	}
	if len(o.Uses) == 0 {
		return "nothing to choose"
	}
	found, ok := a.Manifest.Searched.Objective(o.ID)
	choice, some := found.Choice()
	switch {
	case !ok:
		return "no search recorded"
	case !some:
		return "not by the search, in which every setting diverged"
	case o.Here[a.Preset.ID] != choice.Hyper:
		return "not by the search, whose choice is " + choice.Hyper.Text()
	case len(found.AtBorder) > 0:
		return fmt.Sprintf("best of %d, at the border", len(found.Points))
	}
	return fmt.Sprintf("best of %d", len(found.Points))
}

// searchTable is every setting that the search tried, from its record: a build never
// searches.
func (a *Ask) searchTable() *report.Table {
	r := a.Manifest.Searched
	if r == nil {
		return nil
	}
	t := &report.Table{
		ID: "table-a1-search", Corner: "Setting", Caption: "The search: every setting tried",
		Columns: []report.Column{
			{ID: "top1", Label: "Validation top-1", Unit: "%", Decimals: 2},
			{ID: "networks", Label: "Each network", Unit: "%", Decimals: 2},
			{ID: "choice", Label: "Choice"},
		},
		Notes: a.searchNotes(r),
	}
	for _, o := range a.Manifest.Objectives {
		found, ok := r.Objective(o.ID)
		if !ok {
			continue
		}
		for i, p := range found.Points {
			t.Rows = append(t.Rows, report.Row{
				ID: fmt.Sprintf("%s-%d", o.ID, i+1), Label: p.Hyper.Text(), Group: o.Label,
				Cells: []report.Cell{meanText(p), networksText(p), {Text: choiceText(found, i)}},
			})
		}
	}
	return t
}

// searchNotes say what was searched, when, and what it means for this preset.
func (a *Ask) searchNotes(r *report.SearchRecord) []string {
	notes := []string{
		fmt.Sprintf("Searched on %s at the size of preset %s (%d training images of %s, %d passes), on networks that no other item uses. Chosen: %s; there are %d validation images. Test images and downstream tasks have no part in it.",
			r.Date, r.Preset, r.TrainImages, r.Classes, r.Passes, r.Criterion, r.ValidationImages),
		"The values were written down before the search was run. Where the choice from a grid was its lowest or highest value, two more beyond it, written down as well, were tried, once; a choice that is then still the lowest or highest of all is said to be at the border.",
		"These numbers are the record of the search. A build does not search again; the command search does.",
	}
	if a.Preset.ID != r.Preset {
		notes = append(notes, fmt.Sprintf("Preset %s takes the choices made at the size of %s: it has had no search of its own.", a.Preset.ID, r.Preset))
	}
	for _, space := range a.Manifest.Search.Objectives {
		if o, ok := a.Manifest.Objective(space.ID); ok && space.Note != "" {
			notes = append(notes, o.Label+": "+space.Note)
		}
	}
	return notes
}

func meanText(p report.SearchPoint) report.Cell {
	mean, ok := p.Mean()
	if !ok {
		return report.Cell{Missing: report.MissingDiverged}
	}
	return report.Cell{Text: inPercent(mean)}
}

func networksText(p report.SearchPoint) report.Cell {
	each := make([]string, len(p.Runs))
	for i, run := range p.Runs {
		each[i] = report.MissingDiverged
		if run.Top1 != nil {
			each[i] = inPercent(*run.Top1)
		}
	}
	return report.Cell{Text: strings.Join(each, ", ")}
}

func inPercent(v float64) string { return strconv.FormatFloat(100*v, 'f', 2, 64) }

func choiceText(o report.SearchedObjective, i int) string {
	var words []string
	if o.Chosen != nil && *o.Chosen == i {
		words = append(words, "chosen")
		if len(o.AtBorder) > 0 {
			words = append(words, "at the border")
		}
	}
	if o.Points[i].Beyond {
		words = append(words, "beyond the grid")
	}
	if len(words) == 0 {
		return "–"
	}
	return strings.Join(words, ", ")
}
