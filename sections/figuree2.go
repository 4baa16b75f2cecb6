package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-e2", figureE2) }

// geometry asks for the spectra and angles of seed 1 of every objective.
func (a *Ask) geometry() [][]compute.Ref[represent.GeometryResult] {
	return ofEach(a, 1, trainingSplit, func(l represent.Layout) compute.Task[represent.GeometryResult] {
		return represent.Spectra{Layout: l}
	})
}

// noSpectrum is the reason why a network has none.
func noSpectrum(v represent.GeometryResult) string { return v.Diverged }

// faint is the singular value, relative to the largest, below which nothing is drawn:
// features are float32.
const faint = 1e-6

// figureE2 is the singular values of features, class means and final weights, one
// curve per objective.
func figureE2(a *Ask) Draw {
	refs := a.geometry()
	return func(r *compute.Results) (Drawing, error) {
		f := report.Figure{ID: "figure-e2-spectra", Notes: append(a.counted("Of the features of the %d training images.", trainingSplit),
			"Singular values in descending order, relative to the largest, of the features minus their mean, of the class means minus their mean, and of the final layer (under cosine softmax with weights of norm 1). One network per objective, seed 1. Below 1e-6 nothing is drawn.")}
		for _, p := range []struct {
			id, title string
			values    func(represent.GeometryResult) []float64
		}{
			{"features", "Features", func(v represent.GeometryResult) []float64 { return v.Features }},
			{"means", "Class means", func(v represent.GeometryResult) []float64 { return v.Means }},
			{"weights", "Final weights", func(v represent.GeometryResult) []float64 { return v.Weights }},
		} {
			panel := report.Panel{ID: p.id, Title: p.title, Kind: report.PanelLine,
				X: report.Axis{Label: "Index"}, Y: report.Axis{Label: "Singular value / largest", Log: true}}
			for i, o := range a.Manifest.Objectives {
				for _, v := range known(r, refs[i], noSpectrum) {
					s := report.Series{ID: o.ID, Label: o.Label}
					for k, value := range p.values(v) {
						if value >= faint {
							s.Points = append(s.Points, report.Point{X: float64(k + 1), Y: value})
						}
					}
					panel.Series = append(panel.Series, s)
				}
			}
			f.Panels = append(f.Panels, panel)
		}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}
