package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c6", figureC6) }

// figureC6 is the share of test images on which the ensembles of two objectives
// disagree. Below it that of ensembles of two networks, which share none, beside that
// of the networks one by one.
func figureC6(a *Ask) Draw {
	e, d := a.ensembles(), a.duos()
	table := a.newGrid("figure-c6-pairs", "Objective", []report.Column{
		{ID: "alone", Label: "Different, networks", Unit: "%", Decimals: 1},
		{ID: "ensemble", Label: "Different, ensembles of two", Unit: "%", Decimals: 1},
	})
	table.table.Each = eachPair
	table.table.Notes = []string{a.pairNote(), "Mean over the other objectives. Networks are compared with those of their own seed here, because ensembles are compared with those of their own seeds."}
	for i, o := range a.Manifest.Objectives {
		others := func(value func(predict.EnsemblesResult) float64) Measure {
			return a.perPair(func(r *compute.Results, pair int) (float64, error) {
				return a.overOthers(i, func(j int) (float64, error) { return d.at(r, pair, i, j, value) })
			})
		}
		table.add(report.Row{ID: o.ID, Label: o.Label}, "",
			others(func(v predict.EnsemblesResult) float64 { return 100 * v.Alone }),
			others(func(v predict.EnsemblesResult) float64 { return 100 * v.Different }))
	}
	return func(r *compute.Results) (Drawing, error) {
		h := e.heat(r, func(v predict.EnsemblesResult, i, j int) []float64 {
			if i == j {
				return nil
			}
			return []float64{100 * v.Different}
		})
		notes := append(a.predictedNote(), e.note(), "The diagonal is empty: there is one ensemble of each objective.")
		f := report.Figure{ID: "figure-c6", Notes: notes,
			Panels: []report.Panel{matrixPanel("different", "Different predictions of two ensembles", h)}}
		out := Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: table.draw(r)}}}
		_, _, ok := shareScale(h)
		most, one, other := mostOf(h)
		if ok {
			f.Notes = append(f.Notes, fmt.Sprintf("The two least alike are those of %s and %s.", e.names[one], e.names[other]))
		}
		out.value("most_different", most, ok, "no two ensembles to compare")
		return out, nil
	}
}

// mostOf is the largest of the values behind a matrix, and the first row and column
// that have it.
func mostOf(h *report.Heat) (most float64, i, j int) {
	most = h.Min
	for y, row := range h.Of {
		for x, of := range row {
			for _, v := range of {
				if v > most || i == j { // a first value, for none is on the diagonal
					most, i, j = v, y, x
				}
			}
		}
	}
	return most, i, j
}
