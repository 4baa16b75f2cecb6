package multilabel

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a network trained for a moment and two labels of the digits.
func small() Attributes {
	source := func(split string, perClass int) data.Source {
		return data.Source{Name: "digits", Split: split, PerClass: perClass}
	}
	return Attributes{
		Model: train.Model{
			Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
			Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 8},
			Objective: objective.Spec{Name: "softmax"}, Seed: 1,
			Schedule: train.Schedule{Passes: 1, Batch: 16, LearningRate: 0.1, Momentum: 0.9, Decay: train.Cosine},
		},
		Task:         data.Task{ID: "digits", Measure: data.Top1, Train: source(data.Train, 6), Validation: source(data.Validation, 4), Test: source(data.Test, 6)},
		Labels:       []Label{{ID: "even", Classes: []int{0, 2, 4, 6, 8}}, {ID: "round", Classes: []int{0, 6, 8, 9}}},
		Small:        25,
		Bins:         1000,
		Regularisers: 3, LogLow: -2, LogHigh: 2,
	}
}

// stored keeps the small networks from test to test: in plain Go they take seconds.
var stored = cache.NewMemory()

func run(t *testing.T, tasks ...Attributes) ([]Result, error) {
	t.Helper()
	p := compute.NewPlan(compute.FixedCode("test"))
	var refs []compute.Ref[Result]
	for _, a := range tasks {
		refs = append(refs, compute.Need(p, a))
	}
	r, err := compute.Pool{Jobs: 2}.Run(context.Background(), p, stored, nil)
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, ref := range refs {
		v, err := compute.Value(r, ref)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out, nil
}

// Nothing but the areas may change with the test images.
func TestNoTestExampleIsSeen(t *testing.T) {
	task, other := small(), small()
	other.Task.Test.Seed, other.Task.Test.PerClass = 99, 5
	both, err := run(t, task, other)
	if err != nil {
		t.Fatal(err)
	}
	a, b := both[0], both[1]
	if a.Train != 60 || a.Val != 40 || len(a.Labels) != 2 {
		t.Errorf("result %+v", a)
	}
	for i := range a.Labels {
		x, y := a.Labels[i], b.Labels[i]
		if !reflect.DeepEqual(x.Selection, y.Selection) || x.FinalConverged != y.FinalConverged {
			t.Errorf("%s: the choice depends on the test split:\n%+v\n%+v", x.ID, x, y)
		}
		if x.Large.N != 60 || y.Large.N != 50 || x.Small.N != 25 || x.Large == y.Large {
			t.Errorf("%s: %+v and %+v", x.ID, x, y)
		}
	}
	if has := a.Labels[1].Large.Has; has != 24 {
		t.Errorf("%d of 60 images have four labels of ten", has)
	}
}

// The task must come to what its parts come to on the model's features.
func TestTaskAgainstFunctions(t *testing.T) {
	task := small()
	results, err := run(t, task)
	if err != nil {
		t.Fatal(err)
	}
	w := tasktest.Result(t, stored, task.Model)
	var e [3]probe.Examples
	for i, s := range task.sources() {
		set, err := s.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.Features(context.Background(), task.Model.Arch, set)
		if err != nil {
			t.Fatal(err)
		}
		e[i] = probe.Widen(f.H, f.N, f.D, f.Labels)
		for j, y := range e[i].Labels {
			e[i].Labels[j] = (y + 1) % 2 // even digits
		}
	}
	got := results[0].Labels[0]
	for i, lambda := range results[0].Regularisers {
		fit, err := FitBinary(e[0], lambda, nil, probe.Tolerances{})
		if err != nil {
			t.Fatal(err)
		}
		area, err := AUC(fit.Scores(e[1].X, e[1].N), positives(e[1].Labels))
		if err != nil || !near(area, got.Validation[i], 0.01) {
			t.Errorf("λ = %v: validation AUC %v, by hand %v, %v", lambda, got.Validation[i], area, err)
		}
		if area > got.Validation[got.Chosen]+0.01 {
			t.Errorf("λ = %v is better than the chosen one", lambda)
		}
	}
	both, err := probe.Join(e[0], e[1])
	if err != nil {
		t.Fatal(err)
	}
	fit, err := FitBinary(both, results[0].Regularisers[got.Chosen], nil, probe.Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	scores, positive := fit.Scores(e[2].X, e[2].N), positives(e[2].Labels)
	large, err1 := AUC(scores, positive)
	few, err2 := BinnedAUC(Probabilities(scores[:25]), positive[:25], 1000)
	if err1 != nil || err2 != nil || !near(large, got.Large.Exact, 1e-9) || !near(few, got.Small.Binned, 1e-9) {
		t.Errorf("%+v, by hand %v and %v, %v, %v", got, large, few, err1, err2)
	}
}

func TestBadSettings(t *testing.T) {
	for want, spoil := range map[string]func(*Attributes){
		"61 of 60 test images":          func(a *Attributes) { a.Small = 61 },
		"label all: probe: all 60":      func(a *Attributes) { a.Labels = []Label{{ID: "all", Classes: []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}} },
		"grid of 0 regularisers":        func(a *Attributes) { a.Regularisers = 0 },
		"area under a curve of 0 bins":  func(a *Attributes) { a.Bins = 0 },
		"a small evaluation on 0 of 60": func(a *Attributes) { a.Small = 0 },
	} {
		task := small()
		spoil(&task)
		if _, err := run(t, task); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestDivergedModel(t *testing.T) {
	task := small()
	task.Model.Schedule.LearningRate = 1e30
	results, err := run(t, task)
	if err != nil || results[0].Diverged == "" || results[0].Labels != nil {
		t.Errorf("%+v, %v", results, err)
	}
}
