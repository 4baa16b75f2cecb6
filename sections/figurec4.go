package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c4", figureC4) }

// figureC4 is agreement on errors: of the test images that both networks of a pair
// get wrong, the share on which they give the same wrong answer. Below it the same for
// pairs of networks that share none.
func figureC4(a *Ask) Draw {
	g := a.agreement()
	sameWrong := func(c predict.Counts) (float64, bool) { return percent(c.SameWrong, c.BothWrong) }
	pairs := a.newGrid("figure-c4-pairs", "Objective", nil)
	pairs.table.Each = eachPair
	pairs.table.Notes = []string{a.pairNote(), "Off the diagonal a value is the mean of the two ways to give the two objectives the two seeds."}
	for i, o := range a.Manifest.Objectives {
		pairs.table.Columns = append(pairs.table.Columns, report.Column{ID: o.ID, Label: o.Label, Unit: "%", Decimals: 1})
		var cells []Measure
		for j := range a.Manifest.Objectives {
			cells = append(cells, a.perPair(func(r *compute.Results, pair int) (float64, error) { return g.at(r, pair, i, j, sameWrong) }))
		}
		pairs.add(report.Row{ID: o.ID, Label: o.Label}, "", cells...)
	}
	return func(r *compute.Results) (Drawing, error) {
		h := g.heat(r, sameWrong)
		shareScale(h)
		f := report.Figure{ID: "figure-c4", Notes: g.notes(),
			Panels: []report.Panel{matrixPanel("same-wrong", "Same wrong answer where both are wrong", h)}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: pairs.draw(r)}}}, nil
	}
}
