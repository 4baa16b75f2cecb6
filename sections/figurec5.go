package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c5", figureC5) }

// figureC5 is the share of test images on which the predictions of two networks
// differ, and of those on which one is right and the other wrong. Below it the first
// for pairs of networks that share none, beside how often the networks are wrong.
func figureC5(a *Ask) Draw {
	g := a.agreement()
	different := func(c predict.Counts) (float64, bool) { return percent(c.Different, c.Images) }
	oneRight := func(c predict.Counts) (float64, bool) { return percent(c.OneRight, c.Images) }
	table := a.differentTable(g, different)
	return func(r *compute.Results) (Drawing, error) {
		different, oneRight := g.heat(r, different), g.heat(r, oneRight)
		f := report.Figure{ID: "figure-c5", Notes: g.notes(), Panels: []report.Panel{
			matrixPanel("different", "Different predictions", different),
			matrixPanel("one-right", "One right, the other wrong", oneRight),
		}}
		d := Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: table.draw(r)}}}
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

// differentTable sets how often networks differ beside how often they are wrong.
func (a *Ask) differentTable(g agreement, different measureOf) *grid {
	t := a.newGrid("figure-c5-pairs", "Objective", []report.Column{
		{ID: "error", Label: "Wrong", Unit: "%", Decimals: 1},
		{ID: "same", Label: "Different, same objective", Unit: "%", Decimals: 1},
		{ID: "others", Label: "Different, mean of other objectives", Unit: "%", Decimals: 1},
		{ID: "nearest", Label: "Different, most alike objective", Unit: "%", Decimals: 1},
	})
	t.table.Each = eachPair
	t.table.Notes = []string{a.pairNote(), "The most alike objective is that with the smallest value, which may be the same."}
	for i, o := range a.Manifest.Objectives {
		of := func(r *compute.Results, pair, j int) (float64, error) { return g.at(r, pair, i, j, different) }
		t.add(report.Row{ID: o.ID, Label: o.Label}, "",
			a.pairError(o),
			a.perPair(func(r *compute.Results, pair int) (float64, error) { return of(r, pair, i) }),
			a.perPair(func(r *compute.Results, pair int) (float64, error) {
				return a.overOthers(i, func(j int) (float64, error) { return of(r, pair, j) })
			}),
			a.perPair(func(r *compute.Results, pair int) (least float64, err error) {
				least = 100
				for j := range a.Manifest.Objectives {
					v, err := of(r, pair, j)
					if err != nil {
						return 0, err
					}
					least = min(least, v)
				}
				return least, nil
			}))
	}
	return t
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
