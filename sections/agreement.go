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
// images: at [i][j], for objectives j ≤ i, one task per seed from the second.
type agreement struct {
	seeds int
	names []string
	refs  [][][]compute.Ref[predict.AgreementResult]
}

// agreement asks for it.
func (a *Ask) agreement() agreement {
	g := agreement{seeds: a.Preset.Seeds}
	for i, o := range a.Manifest.Objectives {
		g.names = append(g.names, o.Label)
		g.refs = append(g.refs, make([][]compute.Ref[predict.AgreementResult], i+1))
		for j := 0; j <= i; j++ {
			for seed := 2; seed <= a.Preset.Seeds; seed++ {
				g.refs[i][j] = append(g.refs[i][j], need[predict.AgreementResult](a, predict.Agreement{
					A: a.Model(o, seed), B: a.Model(a.Manifest.Objectives[j], seed), Data: a.Pretraining(data.Test),
				}))
			}
		}
	}
	return g
}

// heat is the mean of a measure over the pairs of networks of each two objectives;
// the diagonal has the pairs of one objective. A pair of which the measure has no
// value is left out.
func (g agreement) heat(r *compute.Results, measure func(predict.Counts) (float64, bool)) *report.Heat {
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

// note says what a cell is made of.
func (g agreement) note() string {
	if g.seeds < 2 {
		return "Networks of different seeds are compared, and there is one seed only."
	}
	off := g.seeds * (g.seeds - 1)
	return fmt.Sprintf("Each cell is the mean over the pairs of networks of different seeds: %d of two objectives, %d of one (diagonal). "+
		"Networks of one seed began with the same weights and are not compared; a network that diverged is in no pair.", off, off/2)
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
