package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("table-3", table3) }

// table3 is accuracy and class separation of every objective.
func table3(a *Ask) Draw {
	g := a.newGrid("table-3", "Loss", []report.Column{top1Column(), separationColumn()})
	g.table.Notes = a.pretrainingNote(true)
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, a.top1(a.Preset.Seeds, m), a.separation(a.Preset.Seeds, m))
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
