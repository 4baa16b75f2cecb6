package sections

import (
	"fmt"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// networks is the training runs of an objective with the seeds from first to last.
func (a *Ask) networks(o report.Objective, first, last int) []train.Model {
	var all []train.Model
	for seed := first; seed <= last; seed++ {
		all = append(all, a.Model(o, seed))
	}
	return all
}

// perPair is a measure with one number for each pair of seeds, see seedPairs. The
// number of the pair is what its results are found by.
func (a *Ask) perPair(read func(r *compute.Results, pair int) (float64, error)) Measure {
	var m Measure
	for i, p := range a.seedPairs() {
		m = append(m, Sample{Seed: p.first, Read: func(r *compute.Results) (float64, error) { return read(r, i) }})
	}
	return m
}

// eachPair is what a sample of such a measure is.
const eachPair = "pair of seeds"

// pairAccuracy is the accuracy of an objective's networks on the test images of the
// pretraining classes, mean over each pair of seeds.
func (a *Ask) pairAccuracy(o report.Objective) Measure {
	pairs := a.seedPairs()
	top1 := a.top1(pairs[len(pairs)-1].second, a.trained(o))
	return a.perPair(func(r *compute.Results, pair int) (float64, error) {
		return averaged(2, func(i int) (float64, error) { return top1[pairs[pair].first-1+i].Read(r) })
	})
}

// pairError is the share of those images that they get wrong.
func (a *Ask) pairError(o report.Objective) Measure {
	right := a.pairAccuracy(o)
	return a.perPair(func(r *compute.Results, pair int) (float64, error) {
		v, err := right[pair].Read(r)
		return 100 - v, err
	})
}

// pairNames lists the pairs of seeds: "1–2, 3–4".
func (a *Ask) pairNames() string {
	var names []string
	for _, p := range a.seedPairs() {
		names = append(names, fmt.Sprintf("%d–%d", p.first, p.second))
	}
	return strings.Join(names, ", ")
}

// pairNote says why a table has fewer values than the figure beside it.
func (a *Ask) pairNote() string {
	note := fmt.Sprintf("Each value is of the networks of two seeds, %s: pairs that share no network, so that they are independent and can be tested.", a.pairNames())
	if len(a.seedPairs()) < 2 {
		note += " A test needs two such pairs, that is four seeds."
	}
	return note
}

// averaged is the mean of n numbers; it is missing where one of them is.
func averaged(n int, at func(i int) (float64, error)) (float64, error) {
	if n == 0 {
		return 0, missing("nothing to average")
	}
	sum := 0.0
	for i := range n {
		v, err := at(i)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum / float64(n), nil
}

// overOthers is the mean of the numbers of every objective but one; it is missing where
// one of them is.
func (a *Ask) overOthers(i int, at func(j int) (float64, error)) (float64, error) {
	return averaged(len(a.Manifest.Objectives)-1, func(j int) (float64, error) {
		if j >= i {
			j++
		}
		return at(j)
	})
}
