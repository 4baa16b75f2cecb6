package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("table-e1", tableE1) }

// tableE1 is class separation under three distances, and the equations of Appendix E
// with both of their sides on the features of one network.
func tableE1(a *Ask) Draw {
	g := a.newGrid("table-e1", "Loss", []report.Column{
		{ID: "R2", Label: "Cosine", Decimals: 3, Comparable: true},
		{ID: "R2_centred", Label: "Cosine, mean subtracted", Decimals: 3},
		{ID: "R2_euclidean", Label: "Squared Euclidean", Decimals: 3},
	})
	g.table.Notes = a.counted("On the %d training images.", trainingSplit)
	refs := ofEach(a, a.Preset.Seeds, trainingSplit, func(l represent.Layout) compute.Task[represent.SeparationsResult] {
		return represent.ByDistance{Layout: l}
	})
	for i, o := range a.Manifest.Objectives {
		column := func(value func(represent.SeparationsResult) float64) Measure {
			return read(refs[i], func(v represent.SeparationsResult) (float64, error) { return value(v), diverged(v.Diverged) })
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID,
			column(func(v represent.SeparationsResult) float64 { return v.Cosine }),
			column(func(v represent.SeparationsResult) float64 { return v.Centred }),
			column(func(v represent.SeparationsResult) float64 { return v.Euclidean }))
	}
	identities := a.identities()
	return func(r *compute.Results) (Drawing, error) {
		return Drawing{Artifacts: []report.Artifact{{Table: g.draw(r)}, {Table: identities(r)}}}, nil
	}
}
