package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("table-c2", tableC2) }

// tableC2 is accuracy on four shifted sets and the mean corruption error.
func tableC2(a *Ask) Draw {
	var columns []report.Column
	for _, set := range a.Manifest.Shifted.Sets {
		c := report.Column{ID: set.ID, Label: set.Label, Unit: "%", Group: "Accuracy", Decimals: 1, Better: "higher"}
		if set.ID == CorruptedSet {
			c.Label, c.Group, c.Better = "mCE", set.Label, "lower"
		}
		columns = append(columns, c)
	}
	g := a.newGrid("table-c2", "Loss", columns)
	seeds := a.Preset.Shifted.Seeds
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		var cells []Measure
		for _, set := range a.Manifest.Shifted.Sets {
			if set.ID == CorruptedSet {
				cells = append(cells, a.corruptionError(seeds, m))
				continue
			}
			cells = append(cells, a.onShifted(seeds, m, set.ID))
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	notes := a.shiftedNotes()
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, g)
		d.Artifacts[0].Table.Notes = notes(r)
		return d, nil
	}
}
