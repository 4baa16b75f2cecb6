package sections

import (
	"fmt"
	"math"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

// agreement is the comparison of every two networks of different seeds on the test
// images: at [i][j], for objectives j ≤ i, one task per seed from the second. A preset
// with one seed trains the second for this alone, as for seedPairs.
type agreement struct {
	*Ask
	seeds int
	names []string
	refs  [][][]compute.Ref[predict.AgreementResult]
}

// measureOf is a share of the images by which two networks are compared; ok is false
// where there is none.
type measureOf func(predict.Counts) (share float64, ok bool)

// agreement asks for it.
func (a *Ask) agreement() agreement {
	g := agreement{Ask: a, seeds: max(a.Preset.Seeds, 2)}
	for i, o := range a.Manifest.Objectives {
		g.names = append(g.names, o.Label)
		g.refs = append(g.refs, make([][]compute.Ref[predict.AgreementResult], i+1))
		for j := 0; j <= i; j++ {
			for seed := 2; seed <= g.seeds; seed++ {
				g.refs[i][j] = append(g.refs[i][j], need[predict.AgreementResult](a, predict.Agreement{
					A: a.networks(o, 1, seed), B: a.networks(a.Manifest.Objectives[j], 1, seed), Data: a.Pretraining(data.Test),
				}))
			}
		}
	}
	return g
}

// at is a measure of the networks of objectives i and j for one of the pairs of seeds:
// for two objectives the mean of the two ways to give them the seeds.
func (g agreement) at(r *compute.Results, pair, i, j int, measure measureOf) (float64, error) {
	i, j = max(i, j), min(i, j)
	p := g.seedPairs()[pair]
	result, err := compute.Value(r, g.refs[i][j][p.second-2])
	if err != nil {
		return 0, err
	}
	var both []predict.Pair
	for _, one := range result.Pairs {
		if min(one.SeedA, one.SeedB) == p.first && max(one.SeedA, one.SeedB) == p.second {
			both = append(both, one)
		}
	}
	return averaged(len(both), func(k int) (float64, error) {
		v, ok := measure(both[k].Counts)
		switch {
		case both[k].Diverged != "":
			return 0, diverged(both[k].Diverged)
		case !ok:
			return 0, missing("no image that both get wrong")
		}
		return v, nil
	})
}

// heat is the mean of a measure over the pairs of networks of each two objectives;
// the diagonal has the pairs of one objective. A pair of which the measure has no
// value is left out.
func (g agreement) heat(r *compute.Results, measure measureOf) *report.Heat {
	h := newHeat(g.names)
	for i := range g.refs {
		for j, refs := range g.refs[i] {
			var of []float64
			for _, ref := range refs {
				result, err := compute.Value(r, ref)
				if err != nil {
					continue
				}
				for _, p := range result.Pairs {
					if v, ok := measure(p.Counts); ok && p.Diverged == "" {
						of = append(of, v)
					}
				}
			}
			setMean(h, i, j, of)
			setMean(h, j, i, of)
		}
	}
	return h
}

// notes say what a cell is made of, and of how many images.
func (g agreement) notes() []string {
	off := g.seeds * (g.seeds - 1)
	return append([]string{fmt.Sprintf("Each cell is the mean over the pairs of networks of different seeds: %d of two objectives, %d of one (diagonal). "+
		"Networks of one seed began with the same weights and are not compared; a network that diverged is in no pair.", off, off/2)},
		g.predictedNote()...)
}

// percent is the share a of b in per cent; ok is false where b is zero.
func percent(a, b int) (v float64, ok bool) {
	if b == 0 {
		return 0, false
	}
	return 100 * float64(a) / float64(b), true
}

// newHeat is an empty matrix, objectives against objectives.
func newHeat(names []string) *report.Heat {
	h := &report.Heat{X: names, Y: names, Unit: "%", Max: 100}
	for range names {
		h.Values = append(h.Values, make([]*float64, len(names)))
		h.Of = append(h.Of, make([][]float64, len(names)))
	}
	return h
}

// setMean sets a cell to the mean of values, or leaves it empty if there are none.
func setMean(h *report.Heat, i, j int, of []float64) {
	if len(of) == 0 {
		return
	}
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	mean := sum / float64(len(of))
	h.Values[i][j], h.Of[i][j] = &mean, of
}

// matrixPanel is a heat map, objectives against objectives.
func matrixPanel(id, title string, h *report.Heat) report.Panel {
	axis := report.Axis{Label: "Objective"}
	return report.Panel{ID: id, Title: title, Kind: "heatmap", X: axis, Y: axis, Heat: h}
}

// shareScale gives heat maps one colour scale, from their least to their largest
// value, rounded outwards; ok is false where there is no value.
func shareScale(heats ...*report.Heat) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, h := range heats {
		for _, row := range h.Values {
			for _, v := range row {
				if v != nil {
					low, high = min(low, *v), max(high, *v)
				}
			}
		}
	}
	if low > high {
		return 0, 0, false
	}
	step := 0.1
	for _, s := range []float64{0.5, 1, 5} {
		if high-low > 10*s {
			step = s
		}
	}
	low, high = float64(math.Floor(low/step)*step), float64(math.Ceil(high/step)*step)
	if high <= low {
		high = low + step
	}
	for _, h := range heats {
		h.Min, h.Max = low, high
	}
	return low, high, true
}
