package represent

import (
	"context"
	"math"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// results runs both tasks on a small network.
func results(t *testing.T, rate float64) (Distances, train.Weights, SeparationResult, DistancesResult) {
	t.Helper()
	m := train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 6},
		Objective: objective.Spec{Name: "softmax"}, Seed: 1,
		Schedule: train.Schedule{Passes: 1, Batch: 12, LearningRate: rate, Momentum: 0.9, Decay: train.Cosine},
	}
	task := Distances{Model: m, Data: m.Data, Examples: 40, Points: 21, Bandwidth: 0.05}
	p := tasktest.Plan()
	weights := compute.Need(p, m)
	separation := compute.Need(p, Separation{Model: m, Data: m.Data})
	distances := compute.Need(p, task)
	r := tasktest.RunPlan(t, 2, cache.NewMemory(), p)
	return task, tasktest.Value(t, r, weights), tasktest.Value(t, r, separation), tasktest.Value(t, r, distances)
}

// The tasks must come to what the plain functions come to on the model's features.
func TestTasksAgainstFunctions(t *testing.T) {
	task, w, separation, distances := results(t, 0.1)
	set, err := task.Data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Features(context.Background(), task.Model.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	want, err := ClassSeparation(f.H, f.N, f.D, f.Labels)
	if err != nil || separation != want {
		t.Errorf("class separation %+v, by hand %+v, %v", separation, want, err)
	}
	if distances.Examples != 40 || len(distances.Within) != 21 || distances.Bandwidth != 0.05 {
		t.Errorf("%d examples, %d points, bandwidth %v", distances.Examples, len(distances.Within), distances.Bandwidth)
	}
	byHand, err := CosineDistances(f.H[:40*f.D], 40, f.D, f.Labels[:40], 21, 0.05)
	if err != nil || byHand.MeanWithin != distances.MeanWithin || byHand.MeanBetween != distances.MeanBetween {
		t.Errorf("mean distances %v and %v, by hand %v and %v, %v", distances.MeanWithin, distances.MeanBetween, byHand.MeanWithin, byHand.MeanBetween, err)
	}
}

// A model that diverged has no separation, and the result says why.
func TestDivergedModel(t *testing.T) {
	_, _, separation, distances := results(t, 1e30)
	if separation.Diverged == "" || separation.Examples != 0 {
		t.Errorf("class separation of a diverged model: %+v", separation)
	}
	if distances.Diverged == "" || distances.Grid != nil {
		t.Errorf("cosine distances of a diverged model: %+v", distances)
	}
}

// The same bits on every instruction set.
func TestBitsDoNotDependOnTheCPU(t *testing.T) {
	before := kernel.Level()
	defer kernel.SetLevel(before)
	const d = 33
	h, labels := examples("cpu", d, 90, 110, 100)
	digest := func(r DistancesResult) (sum uint64) {
		for _, v := range append(append([]float64{r.MeanWithin, r.MeanBetween}, r.Within...), r.Between...) {
			sum = sum*1099511628211 ^ math.Float64bits(v)
		}
		return sum
	}
	for _, level := range kernel.Levels() {
		if err := kernel.SetLevel(level); err != nil {
			t.Fatal(err)
		}
		r, err := CosineDistances(h, len(labels), d, labels, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ClassSeparation(h, len(labels), d, labels)
		if err != nil {
			t.Fatal(err)
		}
		const golden, goldenR2 = 0x2343bb2f50e61e98, 0x3fd86069c5a1ba44
		if got := digest(r); got != golden {
			t.Errorf("%v: digest of the densities is %#x, want %#x", level, got, uint64(golden))
		}
		if got := math.Float64bits(s.R2); got != goldenR2 {
			t.Errorf("%v: bits of R² are %#x, want %#x", level, got, uint64(goldenR2))
		}
	}
}
