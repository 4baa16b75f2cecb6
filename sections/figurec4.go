package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c4", figureC4) }

// figureC4 is agreement on errors: of the test images that both networks of a pair
// get wrong, the share on which they give the same wrong answer.
func figureC4(a *Ask) Draw {
	g := a.agreement()
	return func(r *compute.Results) (Drawing, error) {
		h := g.heat(r, func(c predict.Counts) (float64, bool) { return percent(c.SameWrong, c.BothWrong) })
		shareScale(h)
		f := report.Figure{ID: "figure-c4", Notes: []string{g.note()},
			Panels: []report.Panel{matrixPanel("same-wrong", "Same wrong answer where both are wrong", h)}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}
