package finetune

import (
	"errors"
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
)

// Choice is the point of the grid for an objective on a task: the best of the mean
// validation accuracies of several networks.
type Choice struct {
	Models   []train.Model // of one objective, by seed
	Learn    Learn
	Training Training
	Grid     Grid
}

// ChoiceResult is the grid and what was chosen of it.
type ChoiceResult struct {
	Points []Point
	// Validation is the mean validation accuracy of each point, nil where a network
	// diverged: such a point cannot be chosen. It is nil, too, for the point of a grid
	// that has no other: nothing was tried then.
	Validation []*float64
	Chosen     int // index
	// RateBorder says that the rate is the lowest or the highest of several,
	// DecayBorder that the decay is the highest: a better one may lie beyond. No
	// weight decay is no border, nothing lies beyond it.
	RateBorder, DecayBorder bool
	// Diverged is why nothing could be chosen; the fields from Chosen on mean nothing
	// then.
	Diverged string `json:",omitempty"`
}

// Point is the chosen one.
func (r ChoiceResult) Point() Point { return r.Points[r.Chosen] }

// Kind is part of compute.Task.
func (Choice) Kind() string { return "finetune.choice" }

// Label names the task for people.
func (t Choice) Label() string {
	if len(t.Models) == 0 {
		return t.Kind()
	}
	return fmt.Sprintf("choose rate and decay on %s, %s", t.Learn.Train.Name, t.Models[0].Objective.Label())
}

// trials are the runs of a point, one per network.
func (t Choice) trials(p Point) []Trial {
	out := make([]Trial, len(t.Models))
	for i, m := range t.Models {
		out[i] = Trial{Model: m, Learn: t.Learn, Training: t.Training, Point: p}
	}
	return out
}

// points is the grid, and whether there is anything to try: one point alone is chosen
// as it is.
func (t Choice) points() (points []Point, try bool, err error) {
	points, err = t.Grid.Points()
	return points, len(points) > 1, err
}

// Depend is part of compute.Task. A grid that makes no sense needs nothing: Run says
// what is wrong with it.
func (t Choice) Depend(d *compute.Deps) {
	points, try, _ := t.points()
	if !try {
		return
	}
	for _, p := range points {
		for _, trial := range t.trials(p) {
			compute.Need(d, trial)
		}
	}
}

// Run chooses.
func (t Choice) Run(c *compute.Context) (ChoiceResult, error) {
	points, try, err := t.points()
	if err != nil {
		return ChoiceResult{}, err
	}
	if len(t.Models) == 0 {
		return ChoiceResult{}, errors.New("finetune: a choice by no network")
	}
	if !try {
		return ChoiceResult{Points: points, Validation: make([]*float64, 1)}, nil
	}
	trials := make([][]TrialResult, len(points))
	for i, p := range points {
		for _, trial := range t.trials(p) {
			v, err := compute.Get(c, trial)
			if err != nil {
				return ChoiceResult{}, err
			}
			trials[i] = append(trials[i], v)
		}
	}
	return choose(points, trials), nil
}

// choose takes the point with the best mean over its trials; of equal ones the first,
// with the lower rate and the weaker decay: it changes the network least.
func choose(points []Point, trials [][]TrialResult) ChoiceResult {
	r := ChoiceResult{Points: points, Validation: make([]*float64, len(points)), Chosen: -1}
	for i := range points {
		mean, reason := 0.0, ""
		for _, v := range trials[i] {
			if v.Diverged != "" {
				reason = v.Diverged
			}
			mean += v.Accuracy / float64(len(trials[i]))
		}
		if reason != "" {
			r.Diverged = reason
			continue
		}
		r.Validation[i] = &mean
		if r.Chosen < 0 || mean > *r.Validation[r.Chosen] {
			r.Chosen = i
		}
	}
	if r.Chosen < 0 {
		r.Chosen = 0
		return r
	}
	r.Diverged = ""
	p, first, last := r.Point(), points[0], points[len(points)-1]
	r.RateBorder = first.LearningRate < last.LearningRate && (p.LearningRate == first.LearningRate || p.LearningRate == last.LearningRate)
	r.DecayBorder = p.WeightDecay > 0 && p.WeightDecay == last.WeightDecay
	return r
}
