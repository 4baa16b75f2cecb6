// Package predict is what trained networks say about images of their own classes,
// and how far one can trust it: calibration, agreement between networks,
// ensembles of networks, and the curves of their training.
//
// The probabilities of every objective are the softmax of its logits, also those
// of sigmoid and squared error, which were trained without it: that is one
// distribution over classes with the network's own prediction as its largest, it
// can be temperature-scaled, and it lets networks of different objectives vote
// together.
package predict

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Logits is the logits of a data set under a trained model, through the
// objective's own final layer. It is transient: what is stored is computed from it.
type Logits struct {
	Model train.Model
	Data  data.Source
}

// LogitMatrix is the logits of a data set, one row per image in the set's order.
type LogitMatrix struct {
	N, Classes int
	Z          []float32 // N×Classes, all finite
	Labels     []int     // class index of each image
	Diverged   string    // the model's Weights.Diverged; without logits if not empty
}

// Kind is part of compute.Task.
func (Logits) Kind() string { return "predict.logits" }

// Transient is part of compute.Transient: logits are cheaper than their storage.
func (Logits) Transient() bool { return true }

// Label names the task for people.
func (l Logits) Label() string { return label("logits", l.Model, l.Data) }

// Depend is part of compute.Task.
func (l Logits) Depend(d *compute.Deps) {
	compute.Need(d, l.Model)
	compute.Need(d, train.Features(l))
}

// Run computes the logits. A model that diverged gives a result that says so.
func (l Logits) Run(c *compute.Context) (LogitMatrix, error) {
	w, err := compute.Get(c, l.Model)
	if err != nil {
		return LogitMatrix{}, err
	}
	if w.Diverged != "" {
		return LogitMatrix{Diverged: w.Diverged}, nil
	}
	f, err := compute.Get(c, train.Features(l))
	if err != nil {
		return LogitMatrix{}, err
	}
	if f.Classes != w.Classes() {
		return LogitMatrix{}, fmt.Errorf("%s has %d classes, the model was trained on %d: take a split of its own data", l.Data, f.Classes, w.Classes())
	}
	z, err := l.Model.Logits(w, f)
	if err != nil {
		return LogitMatrix{}, err
	}
	m := LogitMatrix{N: f.N, Classes: w.Classes(), Z: z, Labels: f.Labels}
	return m, m.check()
}

// check reports logits that cannot be what they should.
func (m LogitMatrix) check() error {
	if m.Classes < 2 || m.N < 1 || len(m.Z) != m.N*m.Classes || len(m.Labels) != m.N {
		return fmt.Errorf("logits: %d numbers and %d labels do not make %d images of %d classes", len(m.Z), len(m.Labels), m.N, m.Classes)
	}
	for _, v := range m.Z {
		if v-v != 0 {
			return fmt.Errorf("logits are not finite")
		}
	}
	for _, k := range m.Labels {
		if k < 0 || k >= m.Classes {
			return fmt.Errorf("logits: label %d among %d classes", k, m.Classes)
		}
	}
	return nil
}

// row is the logits of image i.
func (m LogitMatrix) row(i int) []float32 { return m.Z[i*m.Classes : (i+1)*m.Classes] }

// largest is the index of the largest element, the first of equal ones, as
// accuracies count it.
func largest[T float32 | float64](z []T) int {
	best := 0
	for k, v := range z {
		if v > z[best] {
			best = k
		}
	}
	return best
}

func label(what string, m train.Model, s data.Source) string {
	return fmt.Sprintf("%s of %s seed %d on %s", what, m.Objective.Label(), m.Seed, s)
}
