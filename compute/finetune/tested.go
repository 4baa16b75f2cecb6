package finetune

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
)

// Tested is the accuracy of a fine-tuned network on the test split, a number of Table 2.
type Tested struct {
	Network Retrained
	Test    data.Source
}

// TestedResult is a number of Table 2.
type TestedResult struct {
	Measure  string  // data.Top1 or data.MeanPerClass
	Accuracy float64 // a share
	N        int     // test images
	Zero     int     `json:",omitempty"` // of them those whose feature vector is zero
	// Diverged is why there is no accuracy: the numbers above are not measurements.
	Diverged string `json:",omitempty"`
}

// Kind is part of compute.Task.
func (Tested) Kind() string { return "finetune.tested" }

// Label names the task for people.
func (t Tested) Label() string {
	return fmt.Sprintf("accuracy of fine-tuned %s seed %d on %s", t.Network.Model.Objective.Label(), t.Network.Model.Seed, t.Test)
}

// Depend is part of compute.Task.
func (t Tested) Depend(d *compute.Deps) {
	compute.Need(d, t.Network)
	compute.Need(d, t.Test)
}

// Run measures.
func (t Tested) Run(c *compute.Context) (TestedResult, error) {
	w, err := compute.Get(c, t.Network)
	if err != nil || w.Diverged != "" {
		return TestedResult{Diverged: w.Diverged}, err
	}
	set, err := compute.Get(c, t.Test)
	if err != nil {
		return TestedResult{}, err
	}
	measure := t.Network.Choice.Learn.Measure
	accuracy, zero, err := measured(c.Context(), t.Network.Model, w, set, measure)
	return TestedResult{Measure: measure, Accuracy: accuracy, N: set.Len(), Zero: zero}, err
}
