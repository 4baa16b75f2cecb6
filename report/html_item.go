package report

import (
	"fmt"
	"html/template"
	"strings"

	"lossxfer-report/report/svg"
)

// itemView is a table or figure with everything that is shown about it.
type itemView struct {
	ID, Kind, Number, Title, Section string
	Name                             string // the ID in report.json
	Shows, StandIn                   string
	Differs                          []string
	Inferred                         bool
	Status                           Status
	StatusSlug, StatusText           string
	Built                            bool // a section draws it
	Prose                            template.HTML
	Equations                        []equationView
	Artifacts                        []artifactView
	Notes                            []string
	Claims                           []claimView
	Cost                             string
	Work                             []workView
	HasTasks                         bool
	Input                            *inputView
}

type artifactView struct {
	Table  *tableView
	Figure *figureView
}

// itemBuilder holds what the items of one page share.
type itemBuilder struct {
	report   *Report
	drawings map[*Figure][]drawing
	placed   map[string]string // claim to the anchor of its full text
	specs    flattened
	drawn    int                  // how many drawings stand on the page
	same     map[string]*sameView // by kind and parameters that all its tasks have
	told     told
}

func (b *itemBuilder) item(it *Item) (itemView, error) {
	r := b.report
	v := itemView{
		ID: anchor(it.ID), Name: it.ID, Kind: kindName(it.Kind), Number: it.Number, Title: it.Title, Section: it.Section,
		Shows: it.Shows, StandIn: it.StandIn, Differs: it.Differs, Inferred: it.Inferred,
		Status: it.Status, StatusSlug: anchor(string(it.Status)), StatusText: statusText(it),
		Notes: it.Notes, Built: it.Status != NotBuilt, Cost: costText(it.Cost),
		Work: b.specs.viewWork(r.Tasks, it.Tasks), HasTasks: len(it.Tasks) > 0, Input: viewInput(it),
	}
	b.shareSame(&v)
	var err error
	if v.Prose, err = itemProseHTML(r, it); err != nil {
		return v, err
	}
	if v.Equations, err = viewEquations(it.ID); err != nil {
		return v, err
	}
	letters := figureLetters(it.Artifacts)
	for _, a := range it.Artifacts {
		if a.Table != nil {
			v.Artifacts = append(v.Artifacts, artifactView{Table: viewTable(a.Table, r.Paper.PM)})
		} else {
			v.Artifacts = append(v.Artifacts, artifactView{Figure: b.viewFigure(a.Figure, b.drawings[a.Figure], letters[a.Figure])})
		}
	}
	for i := range r.Claims {
		if contains(r.Claims[i].Items, it.ID) {
			c := viewClaim(&r.Claims[i])
			c.Elsewhere = b.placed[c.ID]
			if c.Elsewhere == "" {
				b.placed[c.ID] = c.Anchor
				if err := b.told.tell(&c); err != nil {
					return v, err
				}
			}
			v.Claims = append(v.Claims, c)
		}
	}
	return v, nil
}

// shareSame lets parameters that an earlier item has in full stand there alone: most items
// rest on the same networks.
func (b *itemBuilder) shareSame(v *itemView) {
	const few = 6 // a link would be no shorter
	for i := range v.Work {
		w := &v.Work[i]
		if len(w.Same) < few {
			continue
		}
		key := fmt.Sprint(w.Kind, w.Same)
		if first := b.same[key]; first != nil {
			w.Same, w.SameAs = nil, first
			continue
		}
		w.Anchor = v.ID + "-" + anchor(w.Kind)
		b.same[key] = &sameView{w.Anchor, v.Kind + " " + v.Number}
	}
}

func kindName(kind string) string {
	if kind == "" {
		return "Item"
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// statusText says how far an item got, and why no further.
func statusText(it *Item) string {
	if it.Reason == "" {
		return string(it.Status)
	}
	return string(it.Status) + ": " + it.Reason
}

func costText(c Cost) string {
	if c.Tasks == 0 {
		return ""
	}
	return thousands(int64(c.Tasks)) + " tasks, " + thousands(c.ImageSteps) + " image-steps"
}

// anchor makes an id for the page from one of the report.
func anchor(id string) string { return svg.Slug(id) }
