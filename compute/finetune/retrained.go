package finetune

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
)

// Retrained is a network fine-tuned at the chosen point on a task's training and
// validation split together. Its result is stored, for test accuracy and for what
// fine-tuning did to its layers.
type Retrained struct {
	Model  train.Model // the network before
	Choice Choice
}

// Kind is part of compute.Task.
func (Retrained) Kind() string { return "finetune.retrained" }

// Label names the task for people.
func (t Retrained) Label() string {
	return fmt.Sprintf("fine-tune %s seed %d on %s", t.Model.Objective.Label(), t.Model.Seed, t.Choice.Learn.Train.Name)
}

// ImageSteps is the number of images taken forward and backward.
func (t Retrained) ImageSteps() int64 {
	return t.Choice.Training.steps(t.Choice.Learn.Train.Len() + t.Choice.Learn.Validation.Len())
}

// Depend is part of compute.Task.
func (t Retrained) Depend(d *compute.Deps) {
	compute.Need(d, t.Model)
	compute.Need(d, t.Choice)
	compute.Need(d, t.Choice.Learn.Train)
	compute.Need(d, t.Choice.Learn.Validation)
}

// Run fine-tunes. If no point of the grid could be chosen, the result says why.
func (t Retrained) Run(c *compute.Context) (train.Weights, error) {
	before, err := compute.Get(c, t.Model)
	if err != nil {
		return train.Weights{}, err
	}
	choice, err := compute.Get(c, t.Choice)
	if err != nil || choice.Diverged != "" {
		return train.Weights{Diverged: choice.Diverged}, err
	}
	known, err := compute.Get(c, t.Choice.Learn.Train)
	if err != nil {
		return train.Weights{}, err
	}
	validation, err := compute.Get(c, t.Choice.Learn.Validation)
	if err != nil {
		return train.Weights{}, err
	}
	set, err := join(known, validation)
	if err != nil {
		return train.Weights{}, err
	}
	how := t.Choice.Training.at(choice.Point(), t.Model.Seed, t.Choice.Learn.Train.Name)
	return before.FineTune(c.Context(), t.Model.Arch, set, how, c.Progress)
}
