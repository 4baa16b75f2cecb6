package overlap

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/train"
)

// Overlap is the assignment accuracy of a network on a downstream task: its own
// predictions of pretraining classes, renamed by the mapping that fits the task's
// training images best (training and validation split), on the test split.
type Overlap struct {
	Model train.Model
	Task  data.Task
}

// Result is the mapping and how it does.
type Result struct {
	Measure  string  // data.Top1 or data.MeanPerClass
	Accuracy float64 // on the test split, a share
	Mapping
	Train    int    // images that the mapping was made from
	Test     int    // images
	Diverged string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Overlap) Kind() string { return "overlap.assignment" }

// Label names the task for people.
func (o Overlap) Label() string {
	return fmt.Sprintf("class overlap %s of %s seed %d", o.Task.ID, o.Model.Objective.Label(), o.Model.Seed)
}

// Depend is part of compute.Task.
func (o Overlap) Depend(d *compute.Deps) {
	compute.Need(d, o.Model)
	for _, s := range []data.Source{o.Task.Train, o.Task.Validation, o.Task.Test} {
		compute.Need(d, train.Features{Model: o.Model, Data: s})
	}
}

// Run makes the mapping and measures it. A model that diverged gives a result that
// says so.
func (o Overlap) Run(c *compute.Context) (Result, error) {
	w, err := compute.Get(c, o.Model)
	if err != nil {
		return Result{}, err
	}
	if w.Diverged != "" {
		return Result{Diverged: w.Diverged}, nil
	}
	known, err := compute.Get(c, train.Features{Model: o.Model, Data: o.Task.Train})
	if err != nil {
		return Result{}, err
	}
	classes, taskClasses := w.Classes(), known.Classes
	matches := make([]int, classes*taskClasses)
	out := Result{Measure: o.Task.Measure}
	for _, s := range []data.Source{o.Task.Train, o.Task.Validation} {
		predicted, labels, err := o.predict(c, w, s)
		if err != nil {
			return Result{}, err
		}
		for i, p := range predicted {
			matches[p*taskClasses+labels[i]]++
		}
		out.Train += len(labels)
	}
	if out.Mapping, err = Map(matches, classes, taskClasses); err != nil {
		return Result{}, err
	}
	predicted, labels, err := o.predict(c, w, o.Task.Test)
	if err != nil {
		return Result{}, err
	}
	for i, p := range predicted {
		predicted[i] = out.To[p]
	}
	out.Test = len(labels)
	out.Accuracy, err = probe.Accuracy(predicted, labels, taskClasses, o.Task.Measure)
	return out, err
}

// predict is the pretraining class that the network gives each image of a source, the
// first of equal logits, beside the image's own label.
func (o Overlap) predict(c *compute.Context, w train.Weights, s data.Source) (predicted, labels []int, err error) {
	f, err := compute.Get(c, train.Features{Model: o.Model, Data: s})
	if err != nil {
		return nil, nil, err
	}
	z, err := o.Model.Logits(w, f)
	if err != nil {
		return nil, nil, err
	}
	k := w.Classes()
	predicted = make([]int, f.N)
	for i := range predicted {
		row := z[i*k : (i+1)*k]
		for j, v := range row {
			if v > row[predicted[i]] {
				predicted[i] = j
			}
		}
	}
	return predicted, f.Labels, nil
}
