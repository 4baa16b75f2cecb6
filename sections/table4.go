package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/report"
)

func init() { register("table-4", table4) }

// table4 is the temperature of cosine softmax against accuracy, class separation
// and linear transfer.
func table4(a *Ask) Draw {
	columns := append([]report.Column{top1Column(), separationColumn()}, a.transferColumns()...)
	g := a.newGrid("table-4", "Temperature τ", columns)
	g.table.Notes = append(a.pretrainingNote(true), a.meanNote())
	seeds := a.Preset.TemperatureSeeds
	for _, t := range a.Manifest.Temperatures.Rows {
		m := a.atTemperature(t)
		cells := []Measure{a.top1(seeds, m), a.separation(seeds, m)}
		cells = append(cells, a.transfer(func(task data.Task) Measure { return a.linear(seeds, m, task) })...)
		g.add(report.Row{ID: t.ID, Label: t.ID + " (paper: " + t.Plays + ")"}, t.Plays, cells...)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
