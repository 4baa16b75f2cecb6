package predict

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// DefaultBins is the customary number of confidence bins (Guo et al. 2017); the
// paper names none.
const DefaultBins = 15

// Calibration is NLL and ECE of a trained model on a test set, before and after its
// logits are divided by a temperature fitted on a validation set.
type Calibration struct {
	Model      train.Model
	Validation data.Source
	Test       data.Source
	Bins       int // 0 = DefaultBins
}

// CalibrationResult is both sets of scores.
type CalibrationResult struct {
	Temperature Temperature
	Before      Scores
	After       Scores
	N           int    // test images
	Diverged    string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Calibration) Kind() string { return "predict.calibration" }

// Label names the task for people.
func (t Calibration) Label() string { return label("calibration", t.Model, t.Test) }

// Depend is part of compute.Task.
func (t Calibration) Depend(d *compute.Deps) {
	compute.Need(d, Logits{t.Model, t.Validation})
	compute.Need(d, Logits{t.Model, t.Test})
}

// Run fits and scores. A model that diverged gives a result that says so.
func (t Calibration) Run(c *compute.Context) (r CalibrationResult, err error) {
	test, err := compute.Get(c, Logits{t.Model, t.Test})
	if err != nil {
		return r, err
	}
	if test.Diverged != "" {
		return CalibrationResult{Diverged: test.Diverged}, nil
	}
	validation, err := compute.Get(c, Logits{t.Model, t.Validation})
	if err != nil {
		return r, err
	}
	bins := t.Bins
	if bins == 0 {
		bins = DefaultBins
	}
	r.N = test.N
	if r.Temperature, err = FitTemperature(validation); err != nil {
		return r, err
	}
	if r.Before, err = Score(test, 1, bins); err != nil {
		return r, err
	}
	r.After, err = Score(test, r.Temperature.T, bins)
	return r, err
}
