// Package sections has one file per table and figure of the paper. A section asks
// for the results of tasks and returns how to draw them; it computes nothing itself,
// so a change of drawing never retrains a network.
package sections

import (
	"fmt"
	"sort"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// Section is one table or figure: it asks for tasks and returns the drawing of them.
type Section func(*Ask) Draw

// Draw makes the artifacts of an item from the results there are. It is called
// again and again while a build runs, so a result that is missing is a sample
// without a value, not an error.
type Draw func(*compute.Results) (Drawing, error)

// Drawing is what an item shows.
type Drawing struct {
	Artifacts []report.Artifact
	// Notes are about all of them.
	Notes []string
	// Values are numbers that prose names, beyond the cells of the tables.
	Values map[string]float64
	// Absent says of such a number why there is none.
	Absent map[string]string
}

// Empty says whether no cell has a value or a text and no figure a point.
func (d Drawing) Empty() bool {
	for _, a := range d.Artifacts {
		if a.Table != nil {
			for _, row := range a.Table.Rows {
				for _, c := range row.Cells {
					if len(c.Samples) > 0 || c.Text != "" {
						return false
					}
				}
			}
			continue
		}
		for _, p := range a.Figure.Panels {
			for _, s := range p.Series {
				if len(s.Points) > 0 && !s.Published {
					return false
				}
			}
			if p.Heat == nil {
				continue
			}
			for _, row := range p.Heat.Values {
				for _, v := range row {
					if v != nil {
						return false
					}
				}
			}
		}
	}
	return true
}

// value adds a number that prose may name, or the reason why there is none.
func (d *Drawing) value(name string, v float64, ok bool, reason string) {
	if ok {
		if d.Values == nil {
			d.Values = map[string]float64{}
		}
		d.Values[name] = v
		return
	}
	if d.Absent == nil {
		d.Absent = map[string]string{}
	}
	d.Absent[name] = reason
}

// Ask is what a section is given: where to ask for tasks, the study they belong
// to, and the item's entry in the manifest.
type Ask struct {
	*Study
	Item  report.ItemSpec
	plan  *compute.Plan
	asked *[]compute.Asked
	fits  *fits
}

// of asks on behalf of the same item for the tasks of another study: of a second
// network, or at another size.
func (a *Ask) of(s *Study) *Ask {
	return &Ask{Study: s, Item: a.Item, plan: a.plan, asked: a.asked, fits: a.fits}
}

// registered maps the ID of an item to its section.
var registered = map[string]Section{}

// register adds a section; each file does it for its own item.
func register(id string, s Section) {
	if _, ok := registered[id]; ok {
		panic("sections: " + id + " is registered twice")
	}
	registered[id] = s
}

// IDs lists the items that have a section, sorted.
func IDs() []string {
	ids := make([]string, 0, len(registered))
	for id := range registered {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// Planned is an item whose tasks are in a plan. Draw is nil for an item that no
// section draws yet.
type Planned struct {
	Item report.ItemSpec
	Draw Draw
	// Without is why the preset's data cannot give the item; it has no tasks then.
	Without string
	// Asked are the tasks the section asked for, without what lies under them.
	Asked []compute.Asked
}

// Plan asks every section of the study for its tasks, in the order of the manifest.
// With only, the other items stay without tasks.
func Plan(p *compute.Plan, s *Study, only func(id string) bool) []Planned {
	if s.imports != nil {
		s.imports.attach(p)
	}
	planned := make([]Planned, 0, len(s.Manifest.Items))
	for _, item := range s.Manifest.Items {
		one := Planned{Item: item, Without: s.Preset.Without[item.ID]}
		if section, ok := registered[item.ID]; ok && one.Without == "" && only(item.ID) {
			ask := &Ask{Study: s, Item: item, plan: p, asked: &one.Asked, fits: &fits{}}
			one.Draw = ask.fits.noted(section(ask))
		}
		planned = append(planned, one)
	}
	return planned
}

// Check says which registered section has no entry in the manifest, or nil.
func Check(m *report.Manifest) error {
	for _, id := range IDs() {
		if _, err := m.Item(id); err != nil {
			return fmt.Errorf("section %s has no [[item]] in the manifest", id)
		}
	}
	return nil
}

// Built says whether a section draws an item.
func Built(id string) bool { _, ok := registered[id]; return ok }
