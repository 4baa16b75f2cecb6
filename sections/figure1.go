package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/report"
)

func init() { register("figure-1", figure1) }

// figure1 is accuracy on the pretraining classes against mean transfer accuracy:
// linear probe and nearest neighbours here, and the paper's own points.
func figure1(a *Ask) Draw {
	type point struct {
		o                report.Objective
		top1, linear, nn Measure
	}
	var points []point
	seeds := a.Preset.Seeds
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		linear := a.transfer(func(t data.Task) Measure { return a.linear(seeds, m, t) })
		nn := a.transfer(func(t data.Task) Measure { return a.nearest(seeds, m, t) })
		points = append(points, point{o, a.top1(seeds, m), linear[len(linear)-1], nn[len(nn)-1]})
	}
	return func(r *compute.Results) (Drawing, error) {
		x := report.Axis{Label: "Accuracy on the pretraining classes, top-1", Unit: "%"}
		linear := report.Panel{ID: "linear", Title: "Linear probe", Kind: "scatter", X: x, Y: report.Axis{Label: "Mean linear transfer accuracy", Unit: "%"}}
		nn := report.Panel{ID: "knn", Title: "Nearest neighbours", Kind: "scatter", X: x, Y: report.Axis{Label: "Mean k-NN transfer accuracy", Unit: "%"}}
		for _, p := range points {
			linear.Series = appendPoint(linear.Series, r, p.o, p.top1, p.linear)
			nn.Series = appendPoint(nn.Series, r, p.o, p.top1, p.nn)
		}
		paperX := report.Axis{Label: "ImageNet top-1", Unit: "%"}
		f := report.Figure{ID: "figure-1", Notes: []string{networksOf(seeds)}, Panels: []report.Panel{
			linear, nn,
			a.paperPanel("paper-linear", "The paper: linear", "table-1-linear", "top1", report.MeanColumn, paperX, report.Axis{Label: "Mean linear transfer accuracy", Unit: "%"}),
			a.paperPanel("paper-knn", "The paper: nearest neighbours", "table-1-knn", "top1", report.MeanColumn, paperX, report.Axis{Label: "Mean k-NN transfer accuracy", Unit: "%"}),
		}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}
