package probe

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Relearn is Figure 6: a new final layer for the classes that the network was trained
// on, as L2-regularised logistic regression on the penultimate features of few images.
// The paper takes 40 ImageNet validation images of each class, so that no example was
// seen in pretraining, and for a second look 50 training images of each.
type Relearn struct {
	Model train.Model
	Known data.Source // images to learn from: held out from pretraining, or some of its own
	// Choose is how many images of each class, the last ones of Known, are kept back to
	// choose the regulariser on. The final fit has them too.
	Choose          int
	Test            data.Source // another split of the same classes
	Regularisers    int
	LogLow, LogHigh float64
	Tolerances      Tolerances
}

// Kind is part of compute.Task.
func (Relearn) Kind() string { return "probe.relearn" }

// Label names the task for people.
func (r Relearn) Label() string {
	return fmt.Sprintf("new final layer from %s of %s seed %d", r.Known, r.Model.Objective.Label(), r.Model.Seed)
}

// Depend is part of compute.Task.
func (r Relearn) Depend(d *compute.Deps) { needFeatures(d, r.Model, r.Known, r.Test) }

// check reports settings that would learn from the images they are measured on, or
// from those of other classes.
func (r Relearn) check() error {
	switch {
	case r.Known.Name != r.Model.Data.Name || r.Test.Name != r.Model.Data.Name:
		return fmt.Errorf("probe: the final layer of a network for %s is not relearned from %s and tested on %s: give splits of its own set",
			r.Model.Data.Name, r.Known, r.Test)
	case r.Known.Split == r.Test.Split:
		return fmt.Errorf("probe: the final layer would be tested on the split it is learned from, %s", r.Known)
	case r.Choose < 1 || r.Choose >= r.Known.PerClass:
		return fmt.Errorf("probe: %d images per class to choose the regulariser on, of %d: leave some to learn from", r.Choose, r.Known.PerClass)
	}
	return nil
}

// Run fits and measures by the rules of Linear, with top-1 accuracy.
func (r Relearn) Run(c *compute.Context) (LinearResult, error) {
	if err := r.check(); err != nil {
		return LinearResult{}, err
	}
	all, err := getFeatures(c, r.Model, r.Known)
	if err != nil {
		return LinearResult{}, err
	}
	if all.diverged != "" {
		return LinearResult{Diverged: all.diverged}, nil
	}
	known, validation := all.cut(rounds(all.Labels, all.classes, r.Known.PerClass-r.Choose))
	if validation.N == 0 {
		return LinearResult{}, fmt.Errorf("probe: no class of %s has more than %d images: none are left to choose the regulariser on", r.Known, r.Known.PerClass-r.Choose)
	}
	l := Linear{
		Model: r.Model, Task: data.Task{ID: "relearn", Test: r.Test, Measure: Top1},
		Regularisers: r.Regularisers, LogLow: r.LogLow, LogHigh: r.LogHigh, Tolerances: r.Tolerances,
	}
	return l.learn(c, known, validation)
}

// rounds is how many examples from the first on have at most so many of each class.
// Images come in rounds of one per class, so that a cut there leaves both parts as
// balanced as the whole is.
func rounds(labels []int, classes, most int) int {
	seen := make([]int, classes)
	for i, y := range labels {
		if seen[y]++; seen[y] > most {
			return i
		}
	}
	return len(labels)
}

// cut divides features into the first n examples and the rest.
func (f features) cut(n int) (first, rest features) {
	first, rest = f, f
	first.Examples = Examples{N: n, D: f.D, X: f.X[:n*f.D], Labels: f.Labels[:n]}
	rest.Examples = Examples{N: f.N - n, D: f.D, X: f.X[n*f.D:], Labels: f.Labels[n:]}
	rest.zero = 0 // counted once
	return first, rest
}
