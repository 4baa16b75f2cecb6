package train

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
)

// Evaluate is the accuracy of a trained model, with its own final layer, on a
// data set with the classes it was trained on.
type Evaluate struct {
	Model Model
	Data  data.Source
}

// Accuracy is fractions in [0, 1] of N images.
type Accuracy struct {
	Top1 float64 // the largest logit is the image's class
	Top5 float64 // the image's class is among the five largest logits
	N    int
	Zero int `json:",omitempty"` // images whose feature vector is all zero
	// Diverged is the model's Weights.Diverged. If it is not empty there is no
	// accuracy: the numbers above are not measurements.
	Diverged string `json:",omitempty"`
}

// Kind is part of compute.Task.
func (Evaluate) Kind() string { return "train.evaluate" }

// Label names the task for people.
func (e Evaluate) Label() string {
	return fmt.Sprintf("accuracy of %s on %s", e.Model.network(), e.Data)
}

// Depend is part of compute.Task.
func (e Evaluate) Depend(d *compute.Deps) {
	compute.Need(d, e.Model)
	compute.Need(d, Features(e))
}

// Run computes the accuracy through the objective's own logits.
func (e Evaluate) Run(c *compute.Context) (Accuracy, error) {
	w, err := compute.Get(c, e.Model)
	if err != nil {
		return Accuracy{}, err
	}
	if w.Diverged != "" {
		return Accuracy{Diverged: w.Diverged}, nil
	}
	f, err := compute.Get(c, Features(e))
	if err != nil {
		return Accuracy{}, err
	}
	if f.Classes != w.Classes() {
		return Accuracy{}, fmt.Errorf("%s has %d classes, the model was trained on %d: evaluate it on a split of its own data", e.Data, f.Classes, w.Classes())
	}
	logits, err := e.Model.Logits(w, f)
	if err != nil {
		return Accuracy{}, err
	}
	return accuracy(logits, f.Labels, w.Classes(), f.Zero)
}

// Logits is the objective's logits of every row of a feature matrix, N×classes.
func (m Model) Logits(w Weights, f FeatureMatrix) ([]float32, error) {
	logits := make([]float32, f.N*w.Classes())
	_, err := m.Objective.Logits(logits, f.H, f.N, f.D, w.W, w.B, w.Classes())
	return logits, err
}

func accuracy(logits []float32, labels []int, classes, zero int) (Accuracy, error) {
	if len(labels) == 0 {
		return Accuracy{}, fmt.Errorf("accuracy of no images")
	}
	if !finite(logits) {
		return Accuracy{}, fmt.Errorf("logits are not finite")
	}
	first, five := 0, 0
	for i, label := range labels {
		r := rank(logits[i*classes:(i+1)*classes], label)
		if r == 0 {
			first++
		}
		if r < 5 {
			five++
		}
	}
	n := float64(len(labels))
	return Accuracy{Top1: float64(first) / n, Top5: float64(five) / n, N: len(labels), Zero: zero}, nil
}

// rank is the number of classes placed before the given one: larger logits, and
// equal ones of lower index. Equal logits are rare, but all of them are equal for
// an image with a zero feature vector, and such an image must not count as right.
func rank(z []float32, label int) int {
	r := 0
	for k, v := range z {
		if v > z[label] || v == z[label] && k < label {
			r++
		}
	}
	return r
}
