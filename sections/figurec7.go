package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c7", figureC7) }

// figureC7 is the accuracy of ensembles of networks of two objectives beside that of
// ensembles of one, of the same size, and what mixing gains over the better of the
// two objectives alone. Below it the accuracy of ensembles of two networks, which share
// none, beside that of the networks alone.
func figureC7(a *Ask) Draw {
	e, gains := a.ensembles(), a.gains().table()
	return func(r *compute.Results) (Drawing, error) {
		accuracy := e.heat(r, func(v predict.EnsemblesResult, i, j int) []float64 {
			if i == j {
				return []float64{100 * v.A}
			}
			return scaled(v.Mixed, 100, 0)
		})
		gain := e.heat(r, func(v predict.EnsemblesResult, i, j int) []float64 {
			if i == j {
				return nil
			}
			return scaled(v.Mixed, 100, -float64(100*max(v.A, v.B)))
		})
		gain.Unit = "points"
		f := report.Figure{ID: "figure-c7", Notes: append(a.predictedNote(), e.note()), Panels: []report.Panel{
			matrixPanel("accuracy", "Accuracy of mixed ensembles; diagonal: of one objective", accuracy),
			matrixPanel("gain", "Gain of mixing over the better objective alone", gain),
		}}
		if e.members == 1 {
			f.Notes = append(f.Notes, "A mixed ensemble needs two networks of each objective.")
		} else {
			f.Notes = append(f.Notes, "A mixed ensemble has as many networks, half of each objective; where the number is odd, the values behind a cell "+
				"are the two ways to give one objective the larger half. No two of its networks share a seed.")
		}
		shareScale(accuracy)
		shareScale(gain)
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: gains.draw(r)}}}, nil
	}
}

// scaled is every value times a factor plus a term.
func scaled(values []float64, factor, term float64) []float64 {
	var out []float64
	for _, v := range values {
		// Inlined, an unrounded product could come in as the term.
		out = append(out, float64(v*factor)+float64(term))
	}
	return out
}
