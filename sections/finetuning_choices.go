package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/report"
)

// choices is what was chosen for every objective (rows) on every task (columns).
type choices struct {
	*Ask
	refs [][]compute.Ref[finetune.ChoiceResult]
}

func (a *Ask) choices() choices {
	c := choices{Ask: a}
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		var row []compute.Ref[finetune.ChoiceResult]
		for _, t := range a.Tasks {
			row = append(row, need[finetune.ChoiceResult](a, a.Choice(m, t)))
		}
		c.refs = append(c.refs, row)
	}
	return c
}

// table has the chosen points, and how many lie at a border of the grid.
func (c choices) table(r *compute.Results) *report.Table {
	t := &report.Table{ID: "table-2-chosen", Corner: "Loss", Caption: "Chosen learning rate"}
	group := "Learning rate"
	decays := c.Preset.FineTuning.Decays > 0
	if decays {
		t.Caption += " and weight decay"
		group += ", weight decay"
	}
	t.Columns = append(t.Columns, report.Column{ID: "rate_border", Label: "Learning rate", Group: "At the border"})
	if decays {
		t.Columns = append(t.Columns, report.Column{ID: "decay_border", Label: "Weight decay", Group: "At the border"})
	}
	counts := len(t.Columns)
	for _, d := range c.Manifest.Downstream {
		t.Columns = append(t.Columns, report.Column{ID: d.ID, Label: d.Label, Group: group})
	}
	for i, o := range c.Manifest.Objectives {
		row := report.Row{ID: o.ID, Label: o.Label, Cells: make([]report.Cell, counts)}
		var chosen int
		var border [2]int // of rates, of decays
		var unsettled string
		for _, ref := range c.refs[i] {
			v, err := compute.Value(r, ref)
			if err == nil {
				err = diverged(v.Diverged)
			}
			if err != nil {
				unsettled = reason(err)
				row.Cells = append(row.Cells, report.Cell{Missing: unsettled})
				continue
			}
			row.Cells = append(row.Cells, report.Cell{Text: pointText(v, decays)})
			chosen++
			for k, yes := range []bool{v.RateBorder, v.DecayBorder} {
				if yes {
					border[k]++
				}
			}
		}
		for k := range counts {
			row.Cells[k].Missing = unsettled
			if chosen > 0 {
				row.Cells[k] = report.Cell{Text: fmt.Sprintf("%d of %d", border[k], chosen)}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []string{borderNote(c.Preset.FineTuning)}
	return t
}

// pointText shows a chosen point, with its weight decay where there was one to choose;
// an arrow says beyond which border of the grid a better one may lie.
func pointText(v finetune.ChoiceResult, decay bool) string {
	p := v.Point()
	text := fineTuningNumber(p.LearningRate)
	if v.RateBorder {
		arrow := " ↓"
		if p.LearningRate > v.Points[0].LearningRate {
			arrow = " ↑"
		}
		text += arrow
	}
	if !decay {
		return text
	}
	text += ", " + fineTuningNumber(p.WeightDecay)
	if v.DecayBorder {
		text += " ↑"
	}
	return text
}

// borderNote says what the arrows mean.
func borderNote(f report.FineTuning) string {
	note := "An arrow marks a choice at the border of the grid, beyond which a better one may lie. The paper's authors checked that theirs lie inside."
	if f.Decays > 0 {
		note += " No weight decay is no border, nothing lies beyond it."
	}
	if f.Rates == 2 {
		note += " With two learning rates every choice is at a border."
	}
	return note
}
