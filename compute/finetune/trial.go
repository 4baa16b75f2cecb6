package finetune

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
)

// Trial is one point of the grid for one network: trained on the task's training
// split, measured on its validation split. Its weights are not kept.
type Trial struct {
	Model    train.Model
	Learn    Learn
	Training Training
	Point    Point
}

// TrialResult is how a trial came out.
type TrialResult struct {
	Accuracy float64 // on the validation split, a share by the task's measure
	// Diverged is why there is no accuracy, of the network before or of this run; the
	// number above means nothing then.
	Diverged string `json:",omitempty"`
}

// Kind is part of compute.Task.
func (Trial) Kind() string { return "finetune.trial" }

// Label names the task for people.
func (t Trial) Label() string {
	return fmt.Sprintf("try rate %.3g, decay %.3g on %s, %s seed %d",
		t.Point.LearningRate, t.Point.WeightDecay, t.Learn.Train.Name, t.Model.Objective.Label(), t.Model.Seed)
}

// ImageSteps is the number of images taken forward and backward.
func (t Trial) ImageSteps() int64 { return t.Training.steps(t.Learn.Train.Len()) }

// Depend is part of compute.Task.
func (t Trial) Depend(d *compute.Deps) {
	compute.Need(d, t.Model)
	compute.Need(d, t.Learn.Train)
	compute.Need(d, t.Learn.Validation)
}

// Run fine-tunes and measures.
func (t Trial) Run(c *compute.Context) (TrialResult, error) {
	before, err := compute.Get(c, t.Model)
	if err != nil {
		return TrialResult{}, err
	}
	set, err := compute.Get(c, t.Learn.Train)
	if err != nil {
		return TrialResult{}, err
	}
	after, err := before.FineTune(c.Context(), t.Model.Arch, set, t.Training.at(t.Point, t.Model.Seed, t.Learn.Train.Name), c.Progress)
	if err != nil || after.Diverged != "" {
		return TrialResult{Diverged: after.Diverged}, err
	}
	validation, err := compute.Get(c, t.Learn.Validation)
	if err != nil {
		return TrialResult{}, err
	}
	accuracy, _, err := measured(c.Context(), t.Model, after, validation, t.Learn.Measure)
	return TrialResult{Accuracy: accuracy}, err
}
