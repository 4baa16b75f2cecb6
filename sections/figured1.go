package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("figure-d1", figureD1) }

// figureD1 is Figure 1 task by task: accuracy on the pretraining classes against
// accuracy on one task, a panel by linear probe and beside it one by nearest
// neighbours. In one panel the names of twice nine points would cover each other.
func figureD1(a *Ask) Draw {
	type points struct {
		o          report.Objective
		top1       Measure
		linear, nn []Measure // by task
	}
	var all []points
	seeds := a.Preset.Seeds
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		p := points{o: o, top1: a.top1(seeds, m)}
		for _, t := range a.Tasks {
			p.linear = append(p.linear, a.linear(seeds, m, t))
			p.nn = append(p.nn, a.nearest(seeds, m, t))
		}
		all = append(all, p)
	}
	return func(r *compute.Results) (Drawing, error) {
		var panels []report.Panel
		x := report.Axis{Label: "Pretraining classes, top-1", Unit: "%"}
		for i, d := range a.Manifest.Downstream {
			linear := report.Panel{ID: d.ID + "-linear", Title: d.Label + ", linear probe", Kind: "scatter", X: x, Y: report.Axis{Label: "Linear probe", Unit: "%"}}
			nn := report.Panel{ID: d.ID + "-knn", Title: d.Label + ", nearest neighbours", Kind: "scatter", X: x, Y: report.Axis{Label: "k nearest neighbours", Unit: "%"}}
			for _, p := range all {
				linear.Series = appendPoint(linear.Series, r, p.o, p.top1, p.linear[i])
				nn.Series = appendPoint(nn.Series, r, p.o, p.top1, p.nn[i])
			}
			panels = append(panels, linear, nn)
		}
		f := report.Figure{ID: "figure-d1", Panels: panels, Notes: []string{networksOf(a.Preset.Seeds)}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}
