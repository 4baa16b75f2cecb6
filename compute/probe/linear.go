package probe

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Linear is the linear probe of Appendix A.2: multinomial logistic regression on
// the penultimate features of a trained model. Regularisers from 10^LogLow to
// 10^LogHigh are fitted on the task's training split; the one with the best
// validation accuracy is refitted on training and validation split together and
// measured on the test split, which nothing before has seen.
type Linear struct {
	Model           train.Model
	Task            data.Task
	Regularisers    int     // of the sum of per-example losses; the paper has 45
	LogLow, LogHigh float64 // base 10; the paper's are unknown, its authors' earlier papers have −6 and 5
	// Tolerances of the final fit. The search stops at a gradient ten times as large:
	// that moves no prediction where a regulariser is worth choosing, and saves a third
	// of its iterations.
	Tolerances Tolerances
}

// search is the tolerance while a regulariser is looked for.
func (l Linear) search() Tolerances {
	t := l.Tolerances.orDefault()
	t.Gradient *= 10
	return t
}

// LinearResult is the outcome of a linear probe.
type LinearResult struct {
	Measure   string  // data.Top1 or data.MeanPerClass
	Accuracy  float64 // on the test split, a share
	Selection         // how the regulariser was chosen
	Final     FinalFit
	Train     int // examples
	Val       int
	Test      int
	// Zero counts examples of the three splits whose feature vector is zero.
	Zero int `json:",omitempty"`
	// Diverged is why the model has no features. If it is not empty there is no
	// accuracy: the numbers above are not measurements.
	Diverged string `json:",omitempty"`
}

// FinalFit is how the fit on training and validation split went.
type FinalFit struct {
	Regulariser float64
	Objective   float64 // Σ losses + ½·λ‖W‖²
	Gradient    float64 // ‖∇f‖₂ relative to that at zero
	Iterations  int
	Converged   bool
	Reason      string `json:",omitempty"` // why it stopped, when it did not converge
}

// AllConverged says whether every fit, the final one included, reached the
// tolerance.
func (r LinearResult) AllConverged() bool {
	for _, c := range r.Converged {
		if !c {
			return false
		}
	}
	return r.Final.Converged
}

// Kind is part of compute.Task.
func (Linear) Kind() string { return "probe.linear" }

// Label names the task for people.
func (l Linear) Label() string {
	return fmt.Sprintf("linear probe %s of %s seed %d", l.Task.ID, l.Model.Objective.Label(), l.Model.Seed)
}

// Depend is part of compute.Task.
func (l Linear) Depend(d *compute.Deps) {
	needFeatures(d, l.Model, l.Task.Train, l.Task.Validation, l.Task.Test)
}

// Run fits and measures the probe. A fit that does not converge is recorded, not
// hidden; a model that diverged gives a result that says so.
func (l Linear) Run(c *compute.Context) (LinearResult, error) {
	known, validation, err := trainAndValidation(c, l.Model, l.Task)
	if err != nil {
		return LinearResult{}, err
	}
	if known.diverged != "" {
		return LinearResult{Diverged: known.diverged}, nil
	}
	return l.learn(c, known, validation)
}

// learn chooses a regulariser, fits it on both splits and measures it on l.Task.Test,
// whose features it reads only then.
func (l Linear) learn(c *compute.Context, known, validation features) (LinearResult, error) {
	regularisers, err := LogSpaced(l.Regularisers, l.LogLow, l.LogHigh)
	if err != nil {
		return LinearResult{}, err
	}
	selection, chosen, err := Tune(known.Examples, validation.Examples, known.classes, regularisers, l.Task.Measure, l.search(), func(done int) error {
		c.Progress(done, len(regularisers)+1)
		return c.Context().Err()
	})
	if err != nil {
		return LinearResult{}, err
	}
	all, err := Join(known.Examples, validation.Examples)
	if err != nil {
		return LinearResult{}, err
	}
	known.X, validation.X = nil, nil // the fit needs memory, these no longer
	fit, err := FitLogistic(all.X, all.N, all.D, all.Labels, known.classes, regularisers[selection.Chosen], &chosen, l.Tolerances)
	if err != nil {
		return LinearResult{}, err
	}
	test, err := getFeatures(c, l.Model, l.Task.Test)
	if err != nil {
		return LinearResult{}, err
	}
	accuracy, err := Accuracy(fit.Predict(test.X, test.N), test.Labels, known.classes, l.Task.Measure)
	if err != nil {
		return LinearResult{}, err
	}
	return LinearResult{
		Measure: l.Task.Measure, Accuracy: accuracy, Selection: selection,
		Final: FinalFit{
			Regulariser: regularisers[selection.Chosen], Objective: fit.Objective, Gradient: fit.Gradient,
			Iterations: fit.Iterations, Converged: fit.Converged, Reason: fit.Reason,
		},
		Train: known.N, Val: validation.N, Test: test.N,
		Zero: known.zero + validation.zero + test.zero,
	}, nil
}
