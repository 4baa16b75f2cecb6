package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("table-e2", tableE2) }

// collapseMeasures is the columns of Table E.2 in its order: two blocks of four.
var collapseMeasures = []struct {
	id, label string
	value     func(represent.Collapse) float64
}{
	{"c1", "Equal norms, class means", func(c represent.Collapse) float64 { return c.EquinormMeans }},
	{"c2", "Equal norms, weights", func(c represent.Collapse) float64 { return c.EquinormWeights }},
	{"c3", "Equal angles, class means", func(c represent.Collapse) float64 { return c.AnglesMeans }},
	{"c4", "Equal angles, weights", func(c represent.Collapse) float64 { return c.AnglesWeights }},
	{"c5", "Maximal angles, class means", func(c represent.Collapse) float64 { return c.MaximalMeans }},
	{"c6", "Maximal angles, weights", func(c represent.Collapse) float64 { return c.MaximalWeights }},
	{"c7", "Self-duality", func(c represent.Collapse) float64 { return c.SelfDuality }},
	{"c8", "Within-class variation", func(c represent.Collapse) float64 { return c.Within }},
}

// tableE2 is the eight measures of neural collapse.
func tableE2(a *Ask) Draw {
	refs := ofEach(a, a.Preset.Seeds, trainingSplit, func(l represent.Layout) compute.Task[represent.Collapse] {
		return represent.NC{Layout: l}
	})
	var blocks []*grid
	for b, id := range []string{"table-e2-a", "table-e2-b"} {
		measures := collapseMeasures[4*b : 4*b+4]
		var columns []report.Column
		for _, m := range measures {
			columns = append(columns, report.Column{ID: m.id, Label: m.label, Decimals: 3, Comparable: true})
		}
		g := a.newGrid(id, "Loss", columns)
		g.table.Notes = a.counted("On the %d training images.", trainingSplit)
		for i, o := range a.Manifest.Objectives {
			var cells []Measure
			for _, m := range measures {
				cells = append(cells, read(refs[i], func(c represent.Collapse) (float64, error) { return m.value(c), diverged(c.Diverged) }))
			}
			g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
		}
		blocks = append(blocks, g)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, blocks...), nil }
}
