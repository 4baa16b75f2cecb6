package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/report"
)

func init() { register("table-b1", tableB1) }

// tableB1 is accuracy, class separation and linear transfer of every objective with
// the second network.
func tableB1(a *Ask) Draw {
	b := a.of(a.Second())
	columns := append(b.accuracyColumns(), separationColumn())
	g := b.newGrid("table-b1", "Loss", append(columns, b.transferColumns()...))
	g.table.Notes = append(b.pretrainingNote(true), a.networkNote(), a.probeNote(), b.meanNote())
	seeds := b.Preset.Seeds
	for _, o := range b.Manifest.Objectives {
		m := b.trained(o)
		cells := []Measure{b.top1(seeds, m), b.top5(seeds, m), b.separation(seeds, m)}
		cells = append(cells, b.transfer(func(t data.Task) Measure { return b.linear(seeds, m, t) })...)
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
