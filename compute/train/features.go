package train

import (
	"context"
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
)

// Features is the penultimate features of a data set under a trained model: the
// trunk's output with its running statistics, no dropout and no augmentation. It
// is transient: recomputed from the weights when something wants it.
type Features struct {
	Model Model
	Data  data.Source
}

// FeatureMatrix is the features of a data set, one row per image in the set's order.
type FeatureMatrix struct {
	N, D   int       // images, features of each
	H      []float32 // N×D
	Labels []int     // class index of each image
	// Classes is the number of classes of the data set.
	Classes int
	// Zero counts images whose features are all zero: their cosine similarity to
	// everything is taken as 0.
	Zero int
	// Diverged is the model's Weights.Diverged. If it is not empty there are no
	// features, and whatever is computed from them is missing for that reason.
	Diverged string
}

// Kind is part of compute.Task.
func (Features) Kind() string { return "train.features" }

// Transient is part of compute.Transient: features are cheaper than their storage.
func (Features) Transient() bool { return true }

// Label names the task for people.
func (f Features) Label() string {
	return fmt.Sprintf("features of %s under %s", f.Data, f.Model.network())
}

// Depend is part of compute.Task.
func (f Features) Depend(d *compute.Deps) {
	compute.Need(d, f.Model)
	compute.Need(d, f.Data)
}

// Run computes the features.
func (f Features) Run(c *compute.Context) (FeatureMatrix, error) {
	w, err := compute.Get(c, f.Model)
	if err != nil {
		return FeatureMatrix{}, err
	}
	if w.Diverged != "" {
		return FeatureMatrix{Diverged: w.Diverged}, nil
	}
	set, err := compute.Get(c, f.Data)
	if err != nil {
		return FeatureMatrix{}, err
	}
	return w.Features(c.Context(), f.Model.Arch, set)
}

// featureBatch is how many images go through the trunk at once. Running
// statistics make each image's features independent of the others'.
const featureBatch = 64

// networkBatch is how many of them the trunk has buffers for. In evaluation it never
// takes more at once, and memory for more would be cleared in vain.
const networkBatch = 8

// Features computes the penultimate features of every image of a set under the
// weights of a network of architecture a.
func (w Weights) Features(ctx context.Context, a net.Arch, set *data.Set) (FeatureMatrix, error) {
	if w.Diverged != "" {
		return FeatureMatrix{Diverged: w.Diverged}, nil
	}
	if err := fits(a, set); err != nil {
		return FeatureMatrix{}, err
	}
	t, err := net.New(a, min(networkBatch, set.Len()))
	if err != nil {
		return FeatureMatrix{}, err
	}
	if len(w.Theta) != t.NumParams() || len(w.Stats) != t.NumStats() || len(w.W) != t.Dim()*w.Classes() {
		return FeatureMatrix{}, fmt.Errorf("weights of %d parameters, %d statistics and %d final weights are not of network %s (%d, %d, %d × %d classes)",
			len(w.Theta), len(w.Stats), len(w.W), a.Name, t.NumParams(), t.NumStats(), t.Dim(), w.Classes())
	}
	m := FeatureMatrix{N: set.Len(), D: t.Dim(), H: make([]float32, set.Len()*t.Dim()), Labels: set.Labels, Classes: len(set.Classes)}
	x := make([]float32, featureBatch*set.H*set.W*set.C)
	index := make([]int, featureBatch)
	for from := 0; from < m.N; from += featureBatch {
		if err := ctx.Err(); err != nil {
			return FeatureMatrix{}, err
		}
		n := min(featureBatch, m.N-from)
		for i := range n {
			index[i] = from + i
		}
		set.Floats(x, index[:n])
		h := m.H[from*m.D : (from+n)*m.D]
		if err := t.Features(x[:n*set.H*set.W*set.C], n, w.Theta, w.Stats, h); err != nil {
			return FeatureMatrix{}, err
		}
	}
	if !finite(m.H) {
		return FeatureMatrix{}, fmt.Errorf("features of %s are not finite", set.Name)
	}
	m.Zero = zeroRows(m.H, m.D)
	return m, nil
}
