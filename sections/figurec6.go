package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c6", figureC6) }

// figureC6 is the share of test images on which the ensembles of two objectives
// disagree.
func figureC6(a *Ask) Draw {
	e := a.ensembles()
	return func(r *compute.Results) (Drawing, error) {
		h := e.heat(r, func(v predict.EnsemblesResult, i, j int) []float64 {
			if i == j {
				return nil
			}
			return []float64{100 * v.Different}
		})
		notes := []string{e.note(), "The diagonal is empty: there is one ensemble of each objective."}
		f := report.Figure{ID: "figure-c6", Notes: notes,
			Panels: []report.Panel{matrixPanel("different", "Different predictions of two ensembles", h)}}
		d := Drawing{Artifacts: []report.Artifact{{Figure: &f}}}
		_, _, ok := shareScale(h)
		d.value("most_different", mostOf(h), ok, "no two ensembles to compare")
		return d, nil
	}
}

// mostOf is the largest of the values behind a matrix.
func mostOf(h *report.Heat) float64 {
	most := h.Min
	for _, row := range h.Of {
		for _, of := range row {
			for _, v := range of {
				most = max(most, v)
			}
		}
	}
	return most
}
