package predict

import (
	"fmt"
	"slices"

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

// Agreement compares the networks of two objectives on a data set, pair by pair: the
// last of A with all but the last of B, and the last of B with all but the last of A.
// So the tasks of the first two, the first three, … networks together have every pair of
// different places once, and another network adds a task and changes none. A and B are
// as long, in the order of their seeds, and equal for the pairs of one objective.
//
// Networks of one seed are not compared: they began with the same weights and saw the
// images in the same order, which makes them alike whatever their objectives.
type Agreement struct {
	A, B []train.Model
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
	if len(t.A) == 0 || len(t.B) == 0 {
		return "agreement of no networks"
	}
	return fmt.Sprintf("agreement of %s and %s up to seed %d", t.A[0].Objective.Label(), t.B[0].Objective.Label(), t.A[len(t.A)-1].Seed)
}

// Depend is part of compute.Task.
func (t Agreement) Depend(d *compute.Deps) {
	for _, l := range t.pairs() {
		compute.Need(d, l[0])
		compute.Need(d, l[1])
	}
}

// pairs is the predictions to compare, of A and of B.
func (t Agreement) pairs() [][2]Labels {
	last := min(len(t.A), len(t.B)) - 1
	one := slices.Equal(t.A, t.B)
	var out [][2]Labels
	for i := range max(last, 0) {
		out = append(out, [2]Labels{{t.A[last], t.Data}, {t.B[i], t.Data}})
		if !one {
			out = append(out, [2]Labels{{t.A[i], t.Data}, {t.B[last], t.Data}})
		}
	}
	return out
}

// check reports networks that cannot be paired.
func (t Agreement) check() error {
	if len(t.A) != len(t.B) || len(t.A) < 2 {
		return fmt.Errorf("agreement of %d and %d networks: give as many of each, at least two", len(t.A), len(t.B))
	}
	for _, l := range t.pairs() {
		if l[0].Model.Seed == l[1].Model.Seed {
			return fmt.Errorf("agreement of two networks of seed %d: give networks of different seeds", l[0].Model.Seed)
		}
	}
	return nil
}

// Run counts.
func (t Agreement) Run(c *compute.Context) (AgreementResult, error) {
	if err := t.check(); err != nil {
		return AgreementResult{}, err
	}
	var r AgreementResult
	for _, l := range t.pairs() {
		p := Pair{SeedA: l[0].Model.Seed, SeedB: l[1].Model.Seed}
		a, err := compute.Get(c, l[0])
		if err != nil {
			return r, err
		}
		b, err := compute.Get(c, l[1])
		if err != nil {
			return r, err
		}
		if p.Diverged = first(a.Diverged, b.Diverged); p.Diverged == "" {
			if p.Counts, err = Compare(a.Predicted, b.Predicted, a.Truth); err != nil {
				return r, err
			}
		}
		r.Pairs = append(r.Pairs, p)
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
