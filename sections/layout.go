package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

// layout is a network with the images of a split of the pretraining classes.
func (a *Ask) layout(o report.Objective, seed int, split string) represent.Layout {
	return represent.Layout{Model: a.Model(o, seed), Data: a.Pretraining(split)}
}

// ofEach asks for a task for every objective and seed 1 … seeds.
func ofEach[T any](a *Ask, seeds int, split string, task func(represent.Layout) compute.Task[T]) [][]compute.Ref[T] {
	var all [][]compute.Ref[T]
	for _, o := range a.Manifest.Objectives {
		var refs []compute.Ref[T]
		for seed := 1; seed <= seeds; seed++ {
			refs = append(refs, need(a, task(a.layout(o, seed, split))))
		}
		all = append(all, refs)
	}
	return all
}

// read makes a measure of results that were asked for.
func read[T any](refs []compute.Ref[T], value func(T) (float64, error)) Measure {
	m := make(Measure, len(refs))
	for i, ref := range refs {
		m[i] = Sample{Seed: i + 1, Read: func(r *compute.Results) (float64, error) {
			v, err := compute.Value(r, ref)
			if err != nil {
				return 0, err
			}
			return value(v)
		}}
	}
	return m
}

// known lists the results that are there and have not diverged.
func known[T any](r *compute.Results, refs []compute.Ref[T], diverged func(T) string) []T {
	var all []T
	for _, ref := range refs {
		if v, err := compute.Value(r, ref); err == nil && diverged(v) == "" {
			all = append(all, v)
		}
	}
	return all
}

// meanCurve is the mean density over seeds, from the first to the last point where
// there is any to be seen.
func meanCurve(curves []represent.Curve) []report.Point {
	if len(curves) == 0 {
		return nil
	}
	var points []report.Point
	peak := 0.0
	for i := range curves[0].Density {
		sum := 0.0
		for _, c := range curves {
			sum += c.Density[i]
		}
		y := sum / float64(len(curves))
		points, peak = append(points, report.Point{X: curves[0].At(i), Y: y}), max(peak, y)
	}
	first, last := 0, len(points)-1
	for first < last && points[first+1].Y < 1e-3*peak {
		first++
	}
	for last > first && points[last-1].Y < 1e-3*peak {
		last--
	}
	return points[first : last+1]
}

// trainingSplit is the images that Appendix E looks at: those the paper's class
// separation is measured on.
const trainingSplit = data.Train
