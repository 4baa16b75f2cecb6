package predict

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/train"
)

// Votes is the sum of the probabilities that several networks of one objective give
// to the images of a data set: those with the seeds from the model's to Last. It is
// transient.
type Votes struct {
	Model train.Model
	Last  int
	Data  data.Source
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
	return fmt.Sprintf("votes of %s seeds %d to %d on %s", v.Model.Objective.Label(), v.Model.Seed, v.Last, v.Data)
}

// Depend is part of compute.Task.
func (v Votes) Depend(d *compute.Deps) {
	for _, l := range v.members() {
		compute.Need(d, l)
	}
}

func (v Votes) members() []Logits {
	var out []Logits
	for m := v.Model; m.Seed <= v.Last; m.Seed++ {
		out = append(out, Logits{Model: m, Data: v.Data})
	}
	return out
}

// Run adds the softmax of the logits, in the order of the seeds.
func (v Votes) Run(c *compute.Context) (VoteMatrix, error) {
	var sum VoteMatrix
	var p []float64
	for i, member := range v.members() {
		m, err := compute.Get(c, member)
		if err != nil {
			return VoteMatrix{}, err
		}
		if m.Diverged != "" {
			return VoteMatrix{Diverged: fmt.Sprintf("seed %d: %s", member.Model.Seed, m.Diverged)}, nil
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
// ensemble predicts the class with the largest mean probability. Its networks are
// those with the seeds 1 … Members; the mixed ensemble has as many, the first half
// (rounded down) of one objective and the others of the other objective, so that no
// two networks share a seed there either. There are two such, and both are formed.
type Ensembles struct {
	A, B    train.Model // with seed 1; equal for the ensemble of one objective alone
	Members int
	Data    data.Source
}

// EnsemblesResult is fractions of N images in [0, 1].
type EnsemblesResult struct {
	N         int
	A, B      float64   // accuracy of each objective's own ensemble
	Mixed     []float64 `json:",omitempty"` // accuracy of A first with B, then B first with A; none with fewer than 2 members
	Different float64   // images that the two ensembles predict differently
	Diverged  string    `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Ensembles) Kind() string { return "predict.ensembles" }

// Label names the task for people.
func (t Ensembles) Label() string {
	return fmt.Sprintf("ensembles of %d of %s and %s on %s", t.Members, t.A.Objective.Label(), t.B.Objective.Label(), t.Data)
}

// Depend is part of compute.Task.
func (t Ensembles) Depend(d *compute.Deps) {
	for _, v := range append(t.halves(t.A), t.halves(t.B)...) {
		compute.Need(d, v)
	}
}

// halves is the first and the second part of an objective's networks, or all of them
// if there is but one.
func (t Ensembles) halves(m train.Model) []Votes {
	half := t.Members / 2
	if half == 0 {
		return []Votes{{Model: m, Last: t.Members, Data: t.Data}}
	}
	second := m
	second.Seed = half + 1
	return []Votes{{Model: m, Last: half, Data: t.Data}, {Model: second, Last: t.Members, Data: t.Data}}
}

// Run forms the ensembles. A network that diverged leaves its objective without one.
func (t Ensembles) Run(c *compute.Context) (EnsemblesResult, error) {
	if t.Members < 1 || t.A.Seed != 1 || t.B.Seed != 1 {
		return EnsemblesResult{}, fmt.Errorf("ensembles of %d networks from seeds %d and %d: give at least one network, and seed 1", t.Members, t.A.Seed, t.B.Seed)
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
	return r, nil
}

// votes reads the votes of an objective's halves.
func (t Ensembles) votes(c *compute.Context, m train.Model) (votes []VoteMatrix, diverged string, err error) {
	for _, h := range t.halves(m) {
		v, err := compute.Get(c, h)
		if err != nil {
			return nil, "", err
		}
		if v.Diverged != "" {
			return nil, m.Objective.Label() + ", " + v.Diverged, nil
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
