package shifted

import (
	"crypto/sha256"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Hard is the images of a pool that a reference network gets wrong, as a set: what
// ImageNet-A is to a ResNet-50. It is transient, being rendered from the list of
// mistakes. Classes have as many images as the reference confuses.
type Hard struct {
	Reference train.Model
	Pool      data.Source
}

// HardSet is the set, or why there is none.
type HardSet struct {
	Set      *data.Set // nil if Diverged
	Diverged string    // the reference's Weights.Diverged
}

// Digest is that of the set, so that a result records the images it was made from.
func (h HardSet) Digest() [32]byte {
	if h.Set == nil {
		return sha256.Sum256([]byte(h.Diverged))
	}
	return h.Set.Digest()
}

// Kind is part of compute.Task.
func (Hard) Kind() string { return "shifted.hard" }

// Transient is part of compute.Transient.
func (Hard) Transient() bool { return true }

// Label names the task for people.
func (t Hard) Label() string { return "hard images of " + t.Pool.String() }

// Depend is part of compute.Task.
func (t Hard) Depend(d *compute.Deps) { compute.Need(d, Mistakes(t)) }

// Run renders the images.
func (t Hard) Run(c *compute.Context) (HardSet, error) {
	list, err := compute.Get(c, Mistakes(t))
	if err != nil || list.Diverged != "" {
		return HardSet{Diverged: list.Diverged}, err
	}
	set, err := t.Pool.Pick(c.Context(), list.Images)
	return HardSet{Set: set}, err
}

// OnHard is the accuracy of a trained model on the images that a reference network
// gets wrong. The reference should be no network that is evaluated: its own accuracy
// on them is zero.
type OnHard struct {
	Model train.Model
	Hard  Hard
}

// Accuracy is the share of N images of which the largest logit is their class.
type Accuracy struct {
	Top1 float64 // in [0, 1]; means nothing if N is 0
	N    int     // 0: the reference makes no mistakes in its pool
	// Diverged says which network has no weights, and why; there is no accuracy then.
	Diverged string `json:",omitempty"`
}

// Kind is part of compute.Task.
func (OnHard) Kind() string { return "shifted.on_hard" }

// Label names the task for people.
func (t OnHard) Label() string { return label("accuracy", t.Model, t.Hard.Label()) }

// Depend is part of compute.Task.
func (t OnHard) Depend(d *compute.Deps) {
	compute.Need(d, t.Model)
	compute.Need(d, t.Hard)
}

// Run counts right answers.
func (t OnHard) Run(c *compute.Context) (Accuracy, error) {
	w, err := compute.Get(c, t.Model)
	if err != nil {
		return Accuracy{}, err
	}
	if w.Diverged != "" {
		return Accuracy{Diverged: w.Diverged}, nil
	}
	hard, err := compute.Get(c, t.Hard)
	if err != nil {
		return Accuracy{}, err
	}
	if hard.Diverged != "" {
		return Accuracy{Diverged: "the reference network: " + hard.Diverged}, nil
	}
	set := hard.Set
	if set.Len() == 0 {
		return Accuracy{}, nil
	}
	given, err := answers(c.Context(), t.Model, w, set)
	if err != nil {
		return Accuracy{}, err
	}
	wrong := mistakes(given, set.Labels)
	return Accuracy{Top1: float64(len(given)-wrong) / float64(len(given)), N: len(given)}, nil
}

// mistakes counts the answers that are not the truth.
func mistakes(given, truth []int) int {
	n := 0
	for i, k := range given {
		if k != truth[i] {
			n++
		}
	}
	return n
}
