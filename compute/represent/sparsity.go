package represent

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Sparsity counts the activations that are not zero in every layer of a trained
// network, Figure 3.
type Sparsity struct {
	Model train.Model
	Data  data.Source
	Count int // of images, from the start of the set, where any prefix is balanced
}

// SparsityResult is the share of non-zero activations by layer.
type SparsityResult struct {
	Layers   []string
	NonZero  []float64 // fraction over images and units
	Images   int
	Diverged string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Sparsity) Kind() string { return "represent.sparsity" }

// Label names the task for people.
func (t Sparsity) Label() string {
	return fmt.Sprintf("non-zero activations of %s under %s seed %d", t.Data, t.Model.Objective.Label(), t.Model.Seed)
}

// Depend is part of compute.Task.
func (t Sparsity) Depend(d *compute.Deps) {
	compute.Need(d, t.Model)
	compute.Need(d, t.Data)
}

// countBatch is how many images are looked at together; it changes no count.
const countBatch = 64

// Run counts. A model that diverged gives a result that says so.
func (t Sparsity) Run(c *compute.Context) (SparsityResult, error) {
	w, err := compute.Get(c, t.Model)
	if err != nil {
		return SparsityResult{}, err
	}
	if w.Diverged != "" {
		return SparsityResult{Diverged: w.Diverged}, nil
	}
	set, err := compute.Get(c, t.Data)
	if err != nil {
		return SparsityResult{}, err
	}
	n := min(t.Count, set.Len())
	if n < 1 {
		return SparsityResult{}, fmt.Errorf("represent: activations of %d images: give at least 1", t.Count)
	}
	r, err := newReader(t.Model.Arch, w.Theta, w.Stats, set, countBatch)
	if err != nil {
		return SparsityResult{}, err
	}
	counts := make([]int64, len(r.layers))
	for from := 0; from < n; from += countBatch {
		if err := c.Context().Err(); err != nil {
			return SparsityResult{}, err
		}
		activations, err := r.read(from, min(countBatch, n-from))
		if err != nil {
			return SparsityResult{}, err
		}
		for i, a := range activations {
			counts[i] += nonZero(a)
		}
	}
	result := SparsityResult{Images: n}
	for i, l := range r.layers {
		result.Layers = append(result.Layers, l.Name)
		result.NonZero = append(result.NonZero, float64(counts[i])/float64(n*l.Units))
	}
	return result, nil
}

// nonZero counts exactly: a negative zero is zero, a subnormal number is not.
func nonZero(a []float32) (count int64) {
	for _, v := range a {
		if v != 0 {
			count++
		}
	}
	return count
}
