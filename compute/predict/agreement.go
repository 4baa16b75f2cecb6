package predict

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Counts compares the predictions of two networks on the same images.
type Counts struct {
	Images    int
	Different int // the predictions differ
	OneRight  int // one is right and the other wrong
	BothWrong int
	SameWrong int // both wrong with the same prediction
}

// Compare counts over class indices, one per image.
func Compare(a, b, truth []int) (Counts, error) {
	if len(a) != len(truth) || len(b) != len(truth) {
		return Counts{}, fmt.Errorf("agreement of %d and %d predictions for %d images", len(a), len(b), len(truth))
	}
	c := Counts{Images: len(truth)}
	for i, t := range truth {
		same, rightA, rightB := a[i] == b[i], a[i] == t, b[i] == t
		if !same {
			c.Different++
		}
		switch {
		case rightA != rightB:
			c.OneRight++
		case !rightA:
			c.BothWrong++
			if same {
				c.SameWrong++
			}
		}
	}
	return c, nil
}

// Agreement compares the networks of two objectives on a data set, pair by pair: A
// with those of B's objective that have lower seeds, and B with those of A's. So the
// tasks of seeds 2 … S together have every pair of different seeds once, and another
// seed adds a task and changes none. A and B have the same seed, and are equal for
// the pairs of one objective.
//
// Networks of one seed are not compared: they began with the same weights and saw the
// images in the same order, which makes them alike whatever their objectives.
type Agreement struct {
	A, B train.Model
	Data data.Source
}

// AgreementResult lists the pairs.
type AgreementResult struct{ Pairs []Pair }

// Pair is two networks.
type Pair struct {
	SeedA, SeedB int
	Counts       Counts
	Diverged     string `json:",omitempty"` // of either: there are no counts then
}

// Kind is part of compute.Task.
func (Agreement) Kind() string { return "predict.agreement" }

// Label names the task for people.
func (t Agreement) Label() string {
	return fmt.Sprintf("agreement of %s and %s up to seed %d", t.A.Objective.Label(), t.B.Objective.Label(), t.A.Seed)
}

// Depend is part of compute.Task.
func (t Agreement) Depend(d *compute.Deps) {
	for _, p := range t.pairs() {
		compute.Need(d, t.labels(t.A, p.SeedA))
		compute.Need(d, t.labels(t.B, p.SeedB))
	}
}

// pairs is the seeds to compare.
func (t Agreement) pairs() []Pair {
	var out []Pair
	for seed := 1; seed < t.A.Seed; seed++ {
		out = append(out, Pair{SeedA: t.A.Seed, SeedB: seed})
		if t.A != t.B {
			out = append(out, Pair{SeedA: seed, SeedB: t.A.Seed})
		}
	}
	return out
}

// labels is the predictions of the network like m with another seed.
func (t Agreement) labels(m train.Model, seed int) Labels {
	m.Seed = seed
	return Labels{Model: m, Data: t.Data}
}

// Run counts.
func (t Agreement) Run(c *compute.Context) (AgreementResult, error) {
	if t.A.Seed != t.B.Seed || t.A.Seed < 2 {
		return AgreementResult{}, fmt.Errorf("agreement up to seeds %d and %d: give two networks of one seed above 1", t.A.Seed, t.B.Seed)
	}
	r := AgreementResult{Pairs: t.pairs()}
	for i := range r.Pairs {
		p := &r.Pairs[i]
		a, err := compute.Get(c, t.labels(t.A, p.SeedA))
		if err != nil {
			return r, err
		}
		b, err := compute.Get(c, t.labels(t.B, p.SeedB))
		if err != nil {
			return r, err
		}
		if p.Diverged = first(a.Diverged, b.Diverged); p.Diverged != "" {
			continue
		}
		if p.Counts, err = Compare(a.Predicted, b.Predicted, a.Truth); err != nil {
			return r, err
		}
	}
	return r, nil
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
