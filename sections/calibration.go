package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

// calibrated lists the objectives whose calibration is measured: all but squared
// error, as in the paper.
func (a *Ask) calibrated() []report.Objective {
	var out []report.Objective
	for _, o := range a.Manifest.Objectives {
		if o.ID != "squared_error" {
			out = append(out, o)
		}
	}
	return out
}

// calibration is the task of an objective's networks: temperatures fitted on
// validation images, scores on test images.
func (a *Ask) calibration(m models) func(seed int) compute.Task[predict.CalibrationResult] {
	return func(seed int) compute.Task[predict.CalibrationResult] {
		return predict.Calibration{Model: m(seed), Validation: a.Pretraining(data.Validation), Test: a.Pretraining(data.Test)}
	}
}
