package predict

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
)

// Curve is the learning curve of a training run, taken out of its weights so that
// drawing it need not read them.
type Curve struct{ Model train.Model }

// CurveResult is one entry per pass over the training images.
type CurveResult struct {
	Epochs   []train.Epoch
	Diverged string `json:",omitempty"` // Epochs then ends before the failure
}

// Kind is part of compute.Task.
func (Curve) Kind() string { return "predict.curve" }

// Label names the task for people.
func (t Curve) Label() string {
	return fmt.Sprintf("learning curve of %s seed %d", t.Model.Objective.Label(), t.Model.Seed)
}

// Depend is part of compute.Task.
func (t Curve) Depend(d *compute.Deps) { compute.Need(d, t.Model) }

// Run copies the curve.
func (t Curve) Run(c *compute.Context) (CurveResult, error) {
	w, err := compute.Get(c, t.Model)
	if err != nil {
		return CurveResult{}, err
	}
	return CurveResult{Epochs: w.Epochs, Diverged: w.Diverged}, nil
}
