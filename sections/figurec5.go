package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c5", figureC5) }

// figureC5 is the share of test images on which the predictions of two networks
// differ, and of those on which one is right and the other wrong.
func figureC5(a *Ask) Draw {
	g := a.agreement()
	return func(r *compute.Results) (Drawing, error) {
		different := g.heat(r, func(c predict.Counts) (float64, bool) { return percent(c.Different, c.Images) })
		oneRight := g.heat(r, func(c predict.Counts) (float64, bool) { return percent(c.OneRight, c.Images) })
		f := report.Figure{ID: "figure-c5", Notes: []string{g.note()}, Panels: []report.Panel{
			matrixPanel("different", "Different predictions", different),
			matrixPanel("one-right", "One right, the other wrong", oneRight),
		}}
		d := Drawing{Artifacts: []report.Artifact{{Figure: &f}}}
		_, _, ok := shareScale(different, oneRight)
		least := leastOf(different)
		d.value("least_different", least, ok, "no two networks of different seeds to compare")
		if ok {
			f.Notes = append(f.Notes, "Both panels have the same colour scale.",
				fmt.Sprintf("The two networks most alike answer %.1f%% of the images differently.", least))
		}
		return d, nil
	}
}

// leastOf is the smallest of the values behind a matrix: the most similar pair.
func leastOf(h *report.Heat) float64 {
	least := h.Max
	for _, row := range h.Of {
		for _, of := range row {
			for _, v := range of {
				least = min(least, v)
			}
		}
	}
	return least
}
