package finetune

import (
	"bytes"
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a choice by the networks of seeds 1 and 2, trained and fine-tuned in
// fractions of a second.
func small() (Choice, data.Task) { return smallAt(0.1) }

// smallAt is small after pretraining at a learning rate.
func smallAt(rate float64) (Choice, data.Task) {
	source := func(split string, perClass int) data.Source {
		return data.Source{Name: "style", Split: split, PerClass: perClass}
	}
	task := data.Task{ID: "style", Measure: data.Top1, Train: source(data.Train, 6), Validation: source(data.Validation, 4), Test: source(data.Test, 10)}
	m := train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 4},
		Objective: objective.Spec{Name: "cosine_softmax", Tau: 0.1},
		Schedule:  train.Schedule{Passes: 1, Batch: 10, LearningRate: rate, Momentum: 0.9, Decay: train.Cosine},
	}
	return Choice{
		Models: []train.Model{seeded(m, 1), seeded(m, 2)}, Learn: LearnOf(task),
		Training: Training{Passes: 1, Batch: 8, Momentum: 0.9, Shift: 1},
		Grid:     Grid{Rates: 2, RateLow: -2, RateHigh: -1, Decays: 1, DecayLow: -4, DecayHigh: -4},
	}, task
}

func seeded(m train.Model, seed int) train.Model {
	m.Seed = seed
	return m
}

func run(t *testing.T, jobs int, need func(p *compute.Plan)) *compute.Results {
	t.Helper()
	return tasktest.Run(t, jobs, cache.NewMemory(), need)
}

// TestNoTestImageIsSeen: no task under the fine-tuned network names a test split, so
// that nothing that tunes or fits can read one.
func TestNoTestImageIsSeen(t *testing.T) {
	choice, task := small()
	p := compute.NewPlan(compute.FixedCode("test"))
	network := compute.Need(p, Retrained{choice.Models[0], choice})
	tested := compute.Need(p, Tested{Retrained{choice.Models[0], choice}, task.Test})
	sources := func(asked compute.Asked) (found []string) {
		for _, b := range p.Behind([]compute.Asked{asked}) {
			if strings.Contains(string(b.Spec), `"`+data.Test+`"`) {
				found = append(found, b.Kind)
			}
		}
		return found
	}
	if found := sources(network.Asked()); len(found) > 0 {
		t.Errorf("before the network is fine-tuned, %v name a test split", found)
	}
	if found := sources(tested.Asked()); len(found) == 0 {
		t.Error("nothing names the test split: the check sees nothing")
	}
}

// TestTable2Number: the tasks come to what the plain functions come to, whatever runs
// beside them.
func TestTable2Number(t *testing.T) {
	choice, task := small()
	final := Retrained{seeded(choice.Models[0], 3), choice}
	var chosen compute.Ref[ChoiceResult]
	var before, after compute.Ref[train.Weights]
	var tested compute.Ref[TestedResult]
	need := func(p *compute.Plan) {
		chosen = compute.Need(p, choice)
		before = compute.Need(p, final.Model)
		after = compute.Need(p, final)
		tested = compute.Need(p, Tested{final, task.Test})
	}
	r := run(t, 2, need)
	c, got := tasktest.Value(t, r, chosen), tasktest.Value(t, r, after)
	if len(c.Points) != 4 || len(c.Validation) != 4 || c.Diverged != "" {
		t.Fatalf("choice %+v", c)
	}
	known, err := task.Train.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	validation, err := task.Validation.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	joined, err := join(known, validation)
	if err != nil || joined.Len() != 40 || !bytes.Equal(joined.Image(24), validation.Image(0)) || joined.Labels[24] != validation.Labels[0] {
		t.Fatalf("joined %d images, %v", joined.Len(), err)
	}
	want, err := tasktest.Value(t, r, before).FineTune(context.Background(), final.Model.Arch, joined, choice.Training.at(c.Point(), 3, "style"), func(int, int) {})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the task's network is not the function's, %v", err)
	}
	test, err := task.Test.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	accuracy, _, err := measured(context.Background(), final.Model, want, test, data.Top1)
	if v := tasktest.Value(t, r, tested); err != nil || v.Accuracy != accuracy || v.N != 40 || v.Measure != data.Top1 || !(accuracy > 0) {
		t.Errorf("result %+v, by hand %v, %v", v, accuracy, err)
	}
	alone := run(t, 1, need)
	if again := tasktest.Value(t, alone, after); !reflect.DeepEqual(again, got) {
		t.Error("another network alone than beside other tasks")
	}
}

// TestPairedBatches: what a run sees depends on the seed and the task alone.
func TestPairedBatches(t *testing.T) {
	h := Training{Passes: 2, Batch: 8, Momentum: 0.9, Shift: 1}
	a := h.at(Point{0.1, 0}, 1, "greek")
	if b := h.at(Point{0.2, 1e-3}, 1, "greek"); a.Seed != b.Seed || b.LearningRate != 0.2 || b.WeightDecay != 1e-3 {
		t.Errorf("settings %+v and %+v", a, b)
	}
	if a.Seed == h.at(Point{0.1, 0}, 2, "greek").Seed || a.Seed == h.at(Point{0.1, 0}, 1, "mnist").Seed {
		t.Error("two seeds or two tasks share their batches")
	}
}

func TestDivergedNetwork(t *testing.T) {
	choice, task := smallAt(1e30)
	var chosen compute.Ref[ChoiceResult]
	var tested compute.Ref[TestedResult]
	r := run(t, 2, func(p *compute.Plan) {
		chosen = compute.Need(p, choice)
		tested = compute.Need(p, Tested{Retrained{choice.Models[0], choice}, task.Test})
	})
	if c := tasktest.Value(t, r, chosen); c.Diverged == "" {
		t.Errorf("choice %+v", c)
	}
	if v := tasktest.Value(t, r, tested); v.Diverged == "" || v.Measure != "" {
		t.Errorf("result %+v", v)
	}
}

func TestChoose(t *testing.T) {
	points := []Point{{0.1, 0}, {0.1, 1}, {0.2, 0}, {0.2, 1}, {0.4, 0}, {0.4, 1}}
	of := func(values ...float64) (trials [][]TrialResult) {
		for _, v := range values {
			trial := TrialResult{Accuracy: v}
			if v < 0 {
				trial = TrialResult{Diverged: "so"}
			}
			// A second network that is 0.1 better.
			trials = append(trials, []TrialResult{trial, {Accuracy: max(v, 0) + 0.1}})
		}
		return trials
	}
	for _, c := range []struct {
		values      []float64
		chosen      int
		rate, decay bool
		diverged    string
	}{
		{[]float64{1, 2, 3, 4, 5, 6}, 5, true, true, ""},
		{[]float64{6, 2, 3, 4, 5, 6}, 0, true, false, ""}, // of equals the first
		{[]float64{1, 2, 7, 4, 5, 6}, 2, false, false, ""},
		{[]float64{1, 2, 3, 7, 5, 6}, 3, false, true, ""},
		{[]float64{-1, 2, 3, 4, 5, -1}, 4, true, false, ""},
		{[]float64{-1, -1, -1, -1, -1, -1}, 0, false, false, "so"},
	} {
		r := choose(points, of(c.values...))
		if r.Chosen != c.chosen || r.RateBorder != c.rate || r.DecayBorder != c.decay || r.Diverged != c.diverged {
			t.Errorf("%v: %+v", c.values, r)
		}
		for i, v := range r.Validation {
			if (v == nil) != (c.values[i] < 0) || v != nil && math.Abs(*v-c.values[i]-0.05) > 1e-12 {
				t.Errorf("%v: mean of point %d is %v", c.values, i, v)
			}
		}
	}
	if r := choose([]Point{{0.1, 0}, {0.1, 1}}, of(2, 1)); r.RateBorder {
		t.Error("the only rate is no border")
	}
}

// TestOnePoint: nothing is tried where there is nothing to choose.
func TestOnePoint(t *testing.T) {
	choice, _ := small()
	choice.Grid = Grid{Rates: 1, RateLow: -1}
	p := compute.NewPlan(compute.FixedCode("test"))
	ref := compute.Need(p, choice)
	if n := p.Len(); n != 1 {
		t.Errorf("%d tasks for a grid of one point", n)
	}
	r, err := compute.Pool{Jobs: 1}.Run(context.Background(), p, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := tasktest.Value(t, r, ref); math.Abs(c.Point().LearningRate-0.1) > 1e-15 || c.RateBorder || c.DecayBorder || c.Validation[0] != nil {
		t.Errorf("choice %+v", c)
	}
}

func TestErrors(t *testing.T) {
	for name, change := range map[string]func(*Choice){
		"no rates":    func(c *Choice) { c.Grid.Rates = 0 },
		"decays":      func(c *Choice) { c.Grid.Decays, c.Grid.DecayHigh = 2, -5 },
		"no networks": func(c *Choice) { c.Models = nil },
	} {
		choice, _ := small()
		change(&choice)
		p := compute.NewPlan(compute.FixedCode("test"))
		ref := compute.Need(p, choice)
		r, err := compute.Pool{Jobs: 1}.Run(context.Background(), p, cache.NewMemory(), nil)
		if r == nil {
			t.Fatal(err)
		}
		if _, err := compute.Value(r, ref); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			t.Log(err)
		}
	}
	if _, err := join(&data.Set{H: 28}, &data.Set{H: 32}); err == nil {
		t.Error("images of two sizes were joined")
	}
}

// TestGrid: rates by decays, none first.
func TestGrid(t *testing.T) {
	points, err := Grid{Rates: 2, RateLow: -2, RateHigh: -1, Decays: 2, DecayLow: -4, DecayHigh: -3}.Points()
	want := []Point{{0.01, 0}, {0.01, 1e-4}, {0.01, 1e-3}, {0.1, 0}, {0.1, 1e-4}, {0.1, 1e-3}}
	if err != nil || len(points) != len(want) {
		t.Fatal(points, err)
	}
	for i, p := range points {
		if math.Abs(p.LearningRate/want[i].LearningRate-1) > 1e-12 || math.Abs(p.WeightDecay-want[i].WeightDecay) > 1e-15 {
			t.Errorf("point %d is %v, want %v", i, p, want[i])
		}
	}
}
