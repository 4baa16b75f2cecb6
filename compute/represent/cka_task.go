package represent

import (
	"context"
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
)

// Images says which images networks are compared on: as many minibatches of
// Minibatch images as fit into the first Count of Data, in the set's order, in which
// every prefix is balanced.
type Images struct {
	Data      data.Source
	Count     int
	Minibatch int
}

// GramsOf is the centred Gram matrices of all layers of a network. Transient: they
// take megabytes and are made again in less time than it takes to train for a pass.
type GramsOf struct {
	Network Network
	Images  Images
}

// Kind is part of compute.Task.
func (GramsOf) Kind() string { return "represent.grams" }

// Transient is part of compute.Transient.
func (GramsOf) Transient() bool { return true }

// Label names the task for people.
func (t GramsOf) Label() string {
	return fmt.Sprintf("similarity of images in %s", t.Network)
}

// Depend is part of compute.Task.
func (t GramsOf) Depend(d *compute.Deps) {
	t.Network.need(d)
	compute.Need(d, t.Images.Data)
}

// Run computes the matrices, or says why the model diverged.
func (t GramsOf) Run(c *compute.Context) (*Grams, error) {
	theta, stats, diverged, err := t.Network.weights(c)
	if err != nil {
		return nil, err
	}
	if diverged != "" {
		return &Grams{Diverged: diverged}, nil
	}
	set, err := compute.Get(c, t.Images.Data)
	if err != nil {
		return nil, err
	}
	return t.Images.Grams(c.Context(), t.Network.Model.Arch, theta, stats, set)
}

// Grams computes the matrices of a network of architecture a on a set that was loaded
// from Data.
func (t Images) Grams(ctx context.Context, a net.Arch, theta, stats []float32, set *data.Set) (*Grams, error) {
	n := t.Minibatch
	batches := min(t.Count, set.Len()) / max(n, 1)
	if n < leastMinibatch || batches == 0 {
		return nil, fmt.Errorf("represent: minibatches of %d images of the first %d of %d: give at least %d images and one minibatch", n, t.Count, set.Len(), leastMinibatch)
	}
	r, err := newReader(a, theta, stats, set, n)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(r.layers))
	for i, l := range r.layers {
		names[i] = l.Name
	}
	g, err := NewGrams(names, n)
	if err != nil {
		return nil, err
	}
	for b := range batches {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		activations, err := r.read(b*n, n)
		if err != nil {
			return nil, err
		}
		if err := g.Add(activations); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Similarity is CKA between all layers of two networks, Figure 2.
type Similarity struct {
	A, B   Network
	Images Images
}

// SimilarityResult is one heat map.
type SimilarityResult struct {
	A, B      []string     // layers of the two networks, first to last
	Values    [][]*float64 // rows A, columns B; nil where CKA is undefined
	Minibatch int
	Batches   int
	Diverged  string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Kind is part of compute.Task.
func (Similarity) Kind() string { return "represent.cka" }

// Label names the task for people.
func (t Similarity) Label() string { return fmt.Sprintf("CKA of %s and %s", t.A, t.B) }

// Depend is part of compute.Task.
func (t Similarity) Depend(d *compute.Deps) {
	compute.Need(d, GramsOf{t.A, t.Images})
	compute.Need(d, GramsOf{t.B, t.Images})
}

// Run computes the heat map. A model that diverged gives a result that says so.
func (t Similarity) Run(c *compute.Context) (SimilarityResult, error) {
	a, err := compute.Get(c, GramsOf{t.A, t.Images})
	if err != nil {
		return SimilarityResult{}, err
	}
	b, err := compute.Get(c, GramsOf{t.B, t.Images})
	if err != nil {
		return SimilarityResult{}, err
	}
	return Compare(a, b)
}

// Compare is CKA between all layers of two networks, from their matrices.
func Compare(a, b *Grams) (SimilarityResult, error) {
	if a.Diverged != "" || b.Diverged != "" {
		return SimilarityResult{Diverged: first(a.Diverged, b.Diverged)}, nil
	}
	values, err := CKA(a, b)
	if err != nil {
		return SimilarityResult{}, err
	}
	return SimilarityResult{A: a.Layers, B: b.Layers, Values: values, Minibatch: a.Minibatch, Batches: len(a.Centred)}, nil
}

// first is the first reason that is not empty.
func first(reasons ...string) string {
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}
