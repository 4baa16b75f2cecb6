package represent

import (
	"context"
	"math"
	"slices"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a run of a second.
func small(seed int, rate float64) train.Model {
	return train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 6},
		Objective: objective.Spec{Name: "softmax"}, Seed: seed,
		Schedule: train.Schedule{Passes: 1, Batch: 12, LearningRate: rate, Momentum: 0.9, Decay: train.Cosine},
	}
}

// run needs a task and everything under it.
func run[T any](t *testing.T, task compute.Task[T]) T {
	t.Helper()
	return tasktest.Result(t, cache.NewMemory(), task)
}

// The last layer that the reader gives is the features that everything else uses, for
// any number of images at once, and the layers are in the network's order.
func TestReaderEndsInTheFeatures(t *testing.T) {
	m := small(1, 0.1)
	w := run(t, compute.Task[train.Weights](m))
	set, err := m.Data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Features(context.Background(), m.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newReader(m.Arch, w.Theta, w.Stats, set, 40)
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.read(3, 37)
	if err != nil {
		t.Fatal(err)
	}
	if last := len(a) - 1; !slices.Equal(a[last], f.H[3*f.D:40*f.D]) {
		t.Error("the last layer is not the penultimate features")
	}
	layers, err := Layers(m.Arch)
	if err != nil || !slices.Equal(layers, r.layers) {
		t.Errorf("layers %v, reader's %v, %v", layers, r.layers, err)
	}
	for i, l := range layers {
		if len(a[i]) != 37*l.Units {
			t.Errorf("%d activations of %s for 37 images of %d", len(a[i]), l.Name, l.Units)
		}
	}
	if _, err := newReader(net.Arch{Name: "glyphnet", Height: 32, Width: 32, Channels: 1}, w.Theta, w.Stats, set, 4); err == nil {
		t.Error("images of another size are accepted")
	}
}

func TestSparsityTask(t *testing.T) {
	m := small(1, 0.1)
	got := run(t, compute.Task[SparsityResult](Sparsity{Model: m, Data: m.Data, Count: 50}))
	w := run(t, compute.Task[train.Weights](m))
	set, err := m.Data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Features(context.Background(), m.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, v := range f.H[:50*f.D] {
		if v != 0 {
			count++
		}
	}
	last := len(got.Layers) - 1
	if got.Layers[last] != PenultimateLayer || got.NonZero[last] != float64(count)/float64(50*f.D) || got.Images != 50 {
		t.Errorf("%+v; %d of %d features are not zero", got, count, 50*f.D)
	}
	for i, v := range got.NonZero {
		if !(v > 0 && v < 1) && i != last {
			t.Errorf("%s: %v non-zero; a ReLU of normalised numbers leaves some", got.Layers[i], v)
		}
	}
	if gone := run(t, compute.Task[SparsityResult](Sparsity{Model: small(1, 1e30), Data: m.Data, Count: 5})); gone.Diverged == "" || gone.Layers != nil {
		t.Errorf("sparsity of a diverged model: %+v", gone)
	}
}

// A network agrees with itself entirely, with its untrained self less, and the untrained
// network is that which every objective starts from.
func TestSimilarityTask(t *testing.T) {
	a := small(1, 0.1)
	images := Images{Data: a.Data, Count: 45, Minibatch: 20}
	self := run(t, compute.Task[SimilarityResult](Similarity{A: Trained(a), B: Trained(a), Images: images}))
	if self.Batches != 2 || self.Minibatch != 20 {
		t.Errorf("%d minibatches of %d", self.Batches, self.Minibatch)
	}
	for i, row := range self.Values {
		near(t, "CKA of a layer with itself", *row[i], 1, 1e-12)
		for j, v := range row {
			near(t, "symmetry", *v, *self.Values[j][i], 1e-12)
		}
	}
	other := a
	other.Objective = objective.Spec{Name: "sigmoid"}
	other.Schedule.LearningRate = 0.3
	if Before(a) != Before(other) {
		t.Error("two runs of one seed start from different networks")
	}
	control := run(t, compute.Task[SimilarityResult](Similarity{A: Trained(a), B: Before(a), Images: images}))
	last := len(control.Values) - 1
	if v := *control.Values[last][last]; !(v < 0.99) || math.IsNaN(v) {
		t.Errorf("CKA of the features with those before training is %v", v)
	}
	gone := run(t, compute.Task[SimilarityResult](Similarity{A: Trained(a), B: Trained(small(2, 1e30)), Images: images}))
	if gone.Diverged == "" || gone.Values != nil {
		t.Errorf("similarity with a diverged model: %+v", gone)
	}
}
