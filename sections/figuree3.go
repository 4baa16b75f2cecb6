package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-e3", figureE3) }

// figureE3 is the densities of the cosine between the centred means of two classes and
// between their weights, one curve per objective.
func figureE3(a *Ask) Draw {
	refs := a.geometry()
	return func(r *compute.Results) (Drawing, error) {
		classes := max(2, a.classes(a.Pretraining(trainingSplit)))
		f := report.Figure{ID: "figure-e3-cosines", Notes: []string{
			fmt.Sprintf("Gaussian kernel densities, bandwidth 0.02, over all pairs of the %d classes. One network per objective, seed 1. The vertical dashed line is −1/%d, the cosine of a simplex.", classes, classes-1),
		}}
		for _, p := range []struct {
			id, title string
			curve     func(represent.GeometryResult) represent.Curve
		}{
			{"means", "Class means", func(v represent.GeometryResult) represent.Curve { return v.MeanCosines }},
			{"weights", "Final weights", func(v represent.GeometryResult) represent.Curve { return v.WeightCosines }},
		} {
			panel := report.Panel{ID: p.id, Title: p.title, Kind: report.PanelLine,
				X: report.Axis{Label: "Cosine between two classes"}, Y: report.Axis{Label: "Density"}}
			for i, o := range a.Manifest.Objectives {
				for _, v := range known(r, refs[i], noSpectrum) {
					panel.Series = append(panel.Series, report.Series{ID: o.ID, Label: o.Label, Points: meanCurve([]represent.Curve{p.curve(v)})})
					panel.Rules = []float64{v.Simplex}
				}
			}
			f.Panels = append(f.Panels, panel)
		}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}
