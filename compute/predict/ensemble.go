package predict

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/train"
)

// Votes is the sum of the probabilities that several networks of one objective give
// to the images of a data set. It is transient.
type Votes struct {
	Models []train.Model
	Data   data.Source
}

// VoteMatrix is sums of probabilities, one row per image.
type VoteMatrix struct {
	N, Classes int
	P          []float64 // N×Classes
	Labels     []int
	Diverged   string // of any of the networks: without votes if not empty
}

// Kind is part of compute.Task.
func (Votes) Kind() string { return "predict.votes" }

// Transient is part of compute.Transient.
func (Votes) Transient() bool { return true }

// Label names the task for people.
func (v Votes) Label() string {
	return fmt.Sprintf("votes of %s on %s", team(v.Models), v.Data)
}

// team names networks of one objective: "Softmax, seeds 1 to 3".
func team(models []train.Model) string {
	switch n := len(models); n {
	case 0:
		return "no networks"
	case 1:
		return fmt.Sprintf("%s seed %d", models[0].Objective.Label(), models[0].Seed)
	default:
		return fmt.Sprintf("%s seeds %d to %d", models[0].Objective.Label(), models[0].Seed, models[n-1].Seed)
	}
}

// Depend is part of compute.Task.
func (v Votes) Depend(d *compute.Deps) {
	for _, m := range v.Models {
		compute.Need(d, Logits{m, v.Data})
	}
}

// Run adds the softmax of the logits, in the order of the seeds.
func (v Votes) Run(c *compute.Context) (VoteMatrix, error) {
	var sum VoteMatrix
	var p []float64
	for i, model := range v.Models {
		m, err := compute.Get(c, Logits{model, v.Data})
		if err != nil {
			return VoteMatrix{}, err
		}
		if m.Diverged != "" {
			return VoteMatrix{Diverged: fmt.Sprintf("seed %d: %s", model.Seed, m.Diverged)}, nil
		}
		if i == 0 {
			sum = VoteMatrix{N: m.N, Classes: m.Classes, P: make([]float64, len(m.Z)), Labels: m.Labels}
			p = make([]float64, m.Classes)
		}
		sum.add(m, p)
	}
	return sum, nil
}

// add adds the probabilities of a network; p is room for one row.
func (v VoteMatrix) add(m LogitMatrix, p []float64) {
	for i := range m.N {
		for k, z := range m.row(i) {
			p[k] = float64(z)
		}
		kernel.Softmax64(p, nil, p, 1, m.Classes)
		row := v.P[i*m.Classes : (i+1)*m.Classes]
		for k, q := range p {
			row[k] += q
		}
	}
}

// Ensembles compares ensembles of networks of two objectives, and mixes them. An
// ensemble predicts the class with the largest mean probability. A and B are as many
// networks, place by place with the same seed, and equal for the ensemble of one
// objective alone. The mixed ensemble has as many too, the first half of the places
// (rounded down) from one objective and the others from the other, so that no two of its
// networks share a seed either. There are two such, and both are formed.
type Ensembles struct {
	A, B []train.Model
	Data data.Source
}

// EnsemblesResult is fractions of N images in [0, 1].
type EnsemblesResult struct {
	N         int
	A, B      float64   // accuracy of each objective's own ensemble
	Mixed     []float64 `json:",omitempty"` // accuracy of A first with B, then B first with A; none with fewer than 2 places
	Different float64   // images that the two ensembles predict differently
	// Alone is the same for the networks one by one: images that A's and B's network of
	// a place predict differently, mean over places. Like the ensembles, the two that
	// are compared have the same seeds.
	Alone    float64
	Diverged string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Ensembles) Kind() string { return "predict.ensembles" }

// Label names the task for people.
func (t Ensembles) Label() string {
	return fmt.Sprintf("ensembles of %s and %s on %s", team(t.A), team(t.B), t.Data)
}

// Depend is part of compute.Task.
func (t Ensembles) Depend(d *compute.Deps) {
	for _, models := range [][]train.Model{t.A, t.B} {
		for _, v := range t.halves(models) {
			compute.Need(d, v)
		}
		for _, m := range models {
			compute.Need(d, Labels{m, t.Data})
		}
	}
}

// halves is the first and the second part of an objective's networks, or all of them
// if there is but one.
func (t Ensembles) halves(models []train.Model) []Votes {
	half := len(models) / 2
	if half == 0 {
		return []Votes{{models, t.Data}}
	}
	return []Votes{{models[:half:half], t.Data}, {models[half:], t.Data}}
}

// check reports networks that cannot stand beside each other.
func (t Ensembles) check() error {
	if len(t.A) != len(t.B) || len(t.A) == 0 {
		return fmt.Errorf("ensembles of %d and %d networks: give as many of each, at least one", len(t.A), len(t.B))
	}
	for i, a := range t.A {
		if a.Seed != t.B[i].Seed {
			return fmt.Errorf("ensembles with seeds %d and %d at place %d: give networks of the same seed", a.Seed, t.B[i].Seed, i+1)
		}
	}
	return nil
}

// Run forms the ensembles. A network that diverged leaves its objective without one.
func (t Ensembles) Run(c *compute.Context) (EnsemblesResult, error) {
	if err := t.check(); err != nil {
		return EnsemblesResult{}, err
	}
	a, diverged, err := t.votes(c, t.A)
	if err != nil || diverged != "" {
		return EnsemblesResult{Diverged: diverged}, err
	}
	b, diverged, err := t.votes(c, t.B)
	if err != nil || diverged != "" {
		return EnsemblesResult{Diverged: diverged}, err
	}
	truth := a[0].Labels
	ownA, ownB := elect(a...), elect(b...)
	between, err := Compare(ownA, ownB, truth)
	if err != nil {
		return EnsemblesResult{}, err
	}
	n := len(truth)
	r := EnsemblesResult{N: n, A: share(ownA, truth), B: share(ownB, truth), Different: float64(between.Different) / float64(n)}
	if len(a) == 2 {
		r.Mixed = []float64{share(elect(a[0], b[1]), truth), share(elect(b[0], a[1]), truth)}
	}
	r.Alone, err = t.alone(c)
	return r, err
}

// alone compares the networks place by place.
func (t Ensembles) alone(c *compute.Context) (float64, error) {
	different, images := 0, 0
	for i := range t.A {
		a, err := compute.Get(c, Labels{t.A[i], t.Data})
		if err != nil {
			return 0, err
		}
		b, err := compute.Get(c, Labels{t.B[i], t.Data})
		if err != nil {
			return 0, err
		}
		n, err := Compare(a.Predicted, b.Predicted, a.Truth)
		if err != nil {
			return 0, err
		}
		different, images = different+n.Different, images+n.Images
	}
	return float64(different) / float64(images), nil
}

// votes reads the votes of an objective's halves.
func (t Ensembles) votes(c *compute.Context, models []train.Model) (votes []VoteMatrix, diverged string, err error) {
	for _, h := range t.halves(models) {
		v, err := compute.Get(c, h)
		if err != nil {
			return nil, "", err
		}
		if v.Diverged != "" {
			return nil, models[0].Objective.Label() + ", " + v.Diverged, nil
		}
		votes = append(votes, v)
	}
	return votes, "", nil
}

// elect is the class with the most votes for each image.
func elect(votes ...VoteMatrix) []int {
	classes := votes[0].Classes
	out := make([]int, votes[0].N)
	sum := make([]float64, classes)
	for i := range out {
		clear(sum)
		for _, v := range votes {
			for k, p := range v.P[i*classes : (i+1)*classes] {
				sum[k] += p
			}
		}
		out[i] = largest(sum)
	}
	return out
}

// share is the fraction of predictions that are right.
func share(predicted, truth []int) float64 {
	right := 0
	for i, k := range predicted {
		if k == truth[i] {
			right++
		}
	}
	return float64(right) / float64(len(truth))
}
