package predict

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Labels is the class that a trained model gives to each image of a data set. It
// is stored, being small: agreement between any two networks is read from it
// without the networks.
type Labels struct {
	Model train.Model
	Data  data.Source
}

// LabelList is class indices, one per image in the set's order.
type LabelList struct {
	Predicted []int
	Truth     []int
	Diverged  string `json:",omitempty"` // why there is nothing
}

// Kind is part of compute.Task.
func (Labels) Kind() string { return "predict.labels" }

// Label names the task for people.
func (l Labels) Label() string { return label("predictions", l.Model, l.Data) }

// Depend is part of compute.Task.
func (l Labels) Depend(d *compute.Deps) { compute.Need(d, Logits(l)) }

// Run takes the largest logit of each image. A model that diverged gives a result
// that says so.
func (l Labels) Run(c *compute.Context) (LabelList, error) {
	m, err := compute.Get(c, Logits(l))
	if err != nil {
		return LabelList{}, err
	}
	if m.Diverged != "" {
		return LabelList{Diverged: m.Diverged}, nil
	}
	out := LabelList{Predicted: make([]int, m.N), Truth: m.Labels}
	for i := range out.Predicted {
		out.Predicted[i] = largest(m.row(i))
	}
	return out, nil
}
