package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-4", figure4) }

// figure4 is the distribution of cosine distances between penultimate features of
// training examples, within and between classes, averaged over seeds.
func figure4(a *Ask) Draw {
	type curves struct {
		o    report.Objective
		refs []compute.Ref[represent.DistancesResult]
	}
	var all []curves
	for _, o := range a.Manifest.Objectives {
		c := curves{o: o}
		for seed := 1; seed <= a.Preset.Seeds; seed++ {
			c.refs = append(c.refs, need[represent.DistancesResult](a, represent.Distances{
				Model: a.Model(o, seed), Data: a.Pretraining(data.Train), Examples: a.Preset.Distances.Examples, Points: 201,
			}))
		}
		all = append(all, c)
	}
	return func(r *compute.Results) (Drawing, error) {
		var notes []string
		x := report.Axis{Label: "Cosine distance"}
		y := report.Axis{Label: "Density"}
		within := report.Panel{ID: "within", Title: "Pairs of the same class", Kind: "line", X: x, Y: y}
		between := report.Panel{ID: "between", Title: "Pairs of different classes", Kind: "line", X: x, Y: y}
		for _, c := range all {
			var results []represent.DistancesResult
			for _, ref := range c.refs {
				if v, err := compute.Value(r, ref); err == nil && v.Diverged == "" {
					results = append(results, v)
				}
			}
			if len(results) == 0 {
				continue
			}
			if v := results[0]; notes == nil {
				notes = []string{
					fmt.Sprintf("Distances between %d training images: %d pairs of one class, %d of two. %s", v.Examples, v.WithinPairs, v.BetweenPairs, networksOf(a.Preset.Seeds)),
					fmt.Sprintf("Gaussian kernel densities, bandwidth %v. The axes of the two panels have different scales. A curve ends where hardly a pair is left.", v.Bandwidth),
				}
			}
			within.Series = append(within.Series, report.Series{ID: c.o.ID, Label: c.o.Label,
				Points: average(results, func(v represent.DistancesResult) []float64 { return v.Within })})
			between.Series = append(between.Series, report.Series{ID: c.o.ID, Label: c.o.Label, Dash: "dashed",
				Points: average(results, func(v represent.DistancesResult) []float64 { return v.Between })})
		}
		f := report.Figure{ID: "figure-4", Notes: notes, Panels: []report.Panel{within, between}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}

// average is the mean curve over seeds, up to the last distance where any density
// can be seen.
func average(results []represent.DistancesResult, curve func(represent.DistancesResult) []float64) []report.Point {
	grid := results[0].Grid
	points := make([]report.Point, len(grid))
	last := 0
	for i, x := range grid {
		sum := 0.0
		for _, v := range results {
			sum += curve(v)[i]
		}
		points[i] = report.Point{X: x, Y: sum / float64(len(results))}
		if points[i].Y > 1e-3 {
			last = i
		}
	}
	return points[:last+1]
}
