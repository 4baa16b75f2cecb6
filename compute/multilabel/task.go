package multilabel

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/train"
)

// Label is an attribute that all images of some classes have and the others have not.
type Label struct {
	ID      string
	Classes []int // indices of the task's classes
}

// Attributes is the linear probe for several labels of the images of a task: for each,
// logistic regression on the training split with the regulariser chosen on the
// validation split, fitted again on both and measured on the test split; on all of it
// and, to show what few images can tell, on its first ones.
type Attributes struct {
	Model           train.Model
	Task            data.Task
	Labels          []Label
	Small           int // test images of the small evaluation, from the start of the split
	Bins            int // of the approximated AUC; the paper has 1,000
	Regularisers    int
	LogLow, LogHigh float64 // base 10
	Tolerances      probe.Tolerances
}

// Result has an entry per label of the task.
type Result struct {
	Regularisers []float64
	Labels       []LabelResult
	Train        int // examples
	Val          int
	Diverged     string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// LabelResult is one label.
type LabelResult struct {
	ID string
	Selection
	FinalConverged bool
	Small, Large   Evaluation
}

// Evaluation is the AUC on some test images.
type Evaluation struct {
	Exact  float64
	Binned float64
	N      int // images
	Has    int // of them with the label
}

// Kind is part of compute.Task.
func (Attributes) Kind() string { return "multilabel.attributes" }

// Label names the task for people.
func (a Attributes) Label() string {
	return fmt.Sprintf("attributes of %s under %s seed %d", a.Task.ID, a.Model.Objective.Label(), a.Model.Seed)
}

// sources are the three splits.
func (a Attributes) sources() [3]data.Source {
	return [3]data.Source{a.Task.Train, a.Task.Validation, a.Task.Test}
}

// Depend is part of compute.Task.
func (a Attributes) Depend(d *compute.Deps) {
	for _, s := range a.sources() {
		compute.Need(d, train.Features{Model: a.Model, Data: s})
	}
}

// Run fits and measures every label. A model that diverged gives a result that says so.
func (a Attributes) Run(c *compute.Context) (Result, error) {
	regularisers, err := probe.LogSpaced(a.Regularisers, a.LogLow, a.LogHigh)
	if err != nil {
		return Result{}, err
	}
	var splits [3]probe.Examples
	for i, s := range a.sources() {
		f, err := compute.Get(c, train.Features{Model: a.Model, Data: s})
		if err != nil {
			return Result{}, err
		}
		if f.Diverged != "" {
			return Result{Diverged: f.Diverged}, nil
		}
		splits[i] = probe.Widen(f.H, f.N, f.D, f.Labels)
	}
	known, validation, test := splits[0], splits[1], splits[2]
	if a.Small < 1 || a.Small > test.N {
		return Result{}, fmt.Errorf("multilabel: a small evaluation on %d of %d test images", a.Small, test.N)
	}
	both, err := probe.Join(known, validation)
	if err != nil {
		return Result{}, err
	}
	out := Result{Regularisers: regularisers, Train: known.N, Val: validation.N}
	for i, label := range a.Labels {
		one, err := a.one(label, known, validation, both, test, regularisers)
		if err != nil {
			return Result{}, fmt.Errorf("label %s: %w", label.ID, err)
		}
		out.Labels = append(out.Labels, one)
		c.Progress(i+1, len(a.Labels))
		if err := c.Context().Err(); err != nil {
			return Result{}, err
		}
	}
	return out, nil
}

// one learns one label.
func (a Attributes) one(label Label, known, validation, both, test probe.Examples, regularisers []float64) (LabelResult, error) {
	out := LabelResult{ID: label.ID}
	search := a.Tolerances // a rough search: see probe.Linear
	if search.Gradient == 0 {
		search.Gradient = 1e-5
	}
	selection, chosen, err := Tune(label.of(known), label.of(validation), regularisers, search)
	if err != nil {
		return out, err
	}
	fit, err := FitBinary(label.of(both), regularisers[selection.Chosen], &chosen, a.Tolerances)
	if err != nil {
		return out, err
	}
	out.Selection, out.FinalConverged = selection, fit.Converged
	scores, positive := fit.Scores(test.X, test.N), positives(label.of(test).Labels)
	if out.Small, err = evaluate(scores[:a.Small], positive[:a.Small], a.Bins); err != nil {
		return out, err
	}
	out.Large, err = evaluate(scores, positive, a.Bins)
	return out, err
}

// of is examples with the label in place of their class: 1 or 0.
func (l Label) of(e probe.Examples) probe.Examples {
	out := e
	out.Labels = make([]int, e.N)
	for i, y := range e.Labels {
		for _, class := range l.Classes {
			if y == class {
				out.Labels[i] = 1
			}
		}
	}
	return out
}

func evaluate(scores []float64, positive []bool, bins int) (Evaluation, error) {
	e := Evaluation{N: len(scores)}
	for _, p := range positive {
		if p {
			e.Has++
		}
	}
	var err error
	if e.Exact, err = AUC(scores, positive); err != nil {
		return e, err
	}
	e.Binned, err = BinnedAUC(Probabilities(scores), positive, bins)
	return e, err
}
