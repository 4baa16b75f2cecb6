package shifted

import (
	"bytes"
	"context"
	"crypto/sha256"
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

var trainingSet = data.Source{Name: "latin10", Split: data.Train, PerClass: 6}

// network is a small run; one of rate 1e30 diverges.
func network(seed int, rate float64) train.Model {
	return train.Model{
		Arch: net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1}, Data: trainingSet,
		Objective: objective.Spec{Name: "softmax"}, Seed: seed,
		Schedule: train.Schedule{Passes: 2, Batch: 12, LearningRate: rate, Momentum: 0.9, Decay: train.Cosine},
	}
}

func run(t *testing.T, p *compute.Plan) *compute.Results {
	t.Helper()
	return tasktest.RunPlan(t, 2, cache.NewMemory(), p)
}

// right counts, by the plain way over a whole set, the images whose largest logit is
// their class.
func right(t *testing.T, w train.Weights, m train.Model, set *data.Set) (hit []bool) {
	t.Helper()
	f, err := w.Features(context.Background(), m.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	z, err := m.Logits(w, f)
	if err != nil {
		t.Fatal(err)
	}
	n := w.Classes()
	for i, class := range set.Labels {
		row := z[i*n : (i+1)*n]
		hit = append(hit, slices.Index(row, slices.Max(row)) == class)
	}
	return hit
}

func load(t *testing.T, s data.Source) *data.Set {
	t.Helper()
	set, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// The hard images are those of the pool, and all of those, that the reference gets
// wrong; more than one part of the pool is looked at.
func TestHardImagesAreTheMistakesOfTheReference(t *testing.T) {
	reference, other := network(9, 0.02), network(1, 0.02)
	pool := data.Source{Name: "latin10", Split: data.Test, PerClass: (poolPart + 300) / 10, Seed: 3}
	p := tasktest.Plan()
	weights := compute.Need(p, reference)
	theirs := compute.Need(p, other)
	list := compute.Need(p, Mistakes{reference, pool})
	hard := compute.Need(p, Hard{reference, pool})
	own := compute.Need(p, OnHard{reference, Hard{reference, pool}})
	accuracy := compute.Need(p, OnHard{other, Hard{reference, pool}})
	r := run(t, p)

	all := load(t, pool)
	var want []int
	for i, hit := range right(t, tasktest.Value(t, r, weights), reference, all) {
		if !hit {
			want = append(want, i)
		}
	}
	got := tasktest.Value(t, r, list)
	if !slices.Equal(got.Images, want) || got.N != all.Len() || len(want) == 0 || want[len(want)-1] < poolPart {
		t.Fatalf("%d mistakes of %d images, by hand %d of %d", len(got.Images), got.N, len(want), all.Len())
	}
	set := tasktest.Value(t, r, hard).Set
	if set.Len() != len(want) {
		t.Fatalf("%d images for %d mistakes", set.Len(), len(want))
	}
	for k, i := range want {
		if !bytes.Equal(set.Image(k), all.Image(i)) || set.Labels[k] != all.Labels[i] {
			t.Fatalf("hard image %d is not image %d of the pool", k, i)
		}
	}
	if v := tasktest.Value(t, r, own); v.Top1 != 0 || v.N != len(want) {
		t.Errorf("the reference itself: %+v, want no image right", v)
	}
	hits := 0
	for _, hit := range right(t, tasktest.Value(t, r, theirs), other, set) {
		if hit {
			hits++
		}
	}
	if v := tasktest.Value(t, r, accuracy); v.Top1 != float64(hits)/float64(len(want)) || hits == 0 {
		t.Errorf("another network: %+v, by hand %d of %d", v, hits, len(want))
	}
}

// No image that networks are trained on is in a pool, whatever the draw.
func TestPoolsHoldNoTrainingImage(t *testing.T) {
	seen := map[[32]byte]bool{}
	training := load(t, data.Source{Name: "latin43", Split: data.Train, PerClass: 60})
	for i := range training.Labels {
		seen[sha256.Sum256(training.Image(i))] = true
	}
	for _, src := range []data.Source{
		{Seed: 2}, {Seed: 3}, {Seed: 4, Outline: true}, {Seed: 5, HeldOut: true},
	} {
		src.Name, src.Split, src.PerClass = "latin43", data.Test, 40
		set := load(t, src)
		for i := range set.Labels {
			if seen[sha256.Sum256(set.Image(i))] {
				t.Fatalf("image %d of %s is one of training or of another set", i, set.Name)
			}
			seen[sha256.Sum256(set.Image(i))] = true
		}
	}
}

// A network without weights has no accuracy, and says whose they are.
func TestDivergedNetworks(t *testing.T) {
	good, bad := network(1, 0.02), network(2, 1e30)
	pool := data.Source{Name: "latin10", Split: data.Test, PerClass: 5, Seed: 3}
	p := tasktest.Plan()
	list := compute.Need(p, Mistakes{bad, pool})
	on := compute.Need(p, OnHard{bad, Hard{good, pool}})
	of := compute.Need(p, OnHard{good, Hard{bad, pool}})
	r := run(t, p)
	if v := tasktest.Value(t, r, list); v.Diverged == "" || v.Images != nil {
		t.Errorf("mistakes %+v", v)
	}
	if v := tasktest.Value(t, r, on); v.Diverged == "" || v.N != 0 {
		t.Errorf("accuracy %+v", v)
	}
	if v := tasktest.Value(t, r, of); v.Diverged == "" || v.N != 0 || v.Diverged[:len("the reference network: ")] != "the reference network: " {
		t.Errorf("accuracy beside a reference without weights %+v", v)
	}
}

// A reference that makes no mistakes leaves nothing to measure, which is not zero.
func TestNoHardImages(t *testing.T) {
	hard := Hard{network(1, 0.02), data.Source{Name: "latin10", Split: data.Test, PerClass: 1, Seed: 3}}
	set, err := hard.Pool.Pick(context.Background(), nil)
	if err != nil || set.Len() != 0 {
		t.Fatalf("%v, %v", set, err)
	}
	if HardSet(HardSet{Set: set}).Digest() == (HardSet{Diverged: "x"}).Digest() {
		t.Error("an empty set and none have one digest")
	}
}

func TestAnswersRefuseOtherClasses(t *testing.T) {
	m := network(1, 0.02)
	p := tasktest.Plan()
	ref := compute.Need(p, m)
	w := tasktest.Value(t, run(t, p), ref)
	if _, err := answers(context.Background(), m, w, load(t, data.Source{Name: "greek", Split: data.Test, PerClass: 1})); err == nil {
		t.Error("a network of ten letters answered for twenty others")
	}
}
