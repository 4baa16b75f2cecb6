package probe

import (
	"context"
	"math"
	"reflect"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a network trained for seconds' fractions, and a downstream task for it.
func small() (train.Model, data.Task) {
	m := train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 8},
		Objective: objective.Spec{Name: "softmax"}, Seed: 1,
		Schedule: train.Schedule{Passes: 1, Batch: 16, LearningRate: 0.1, Momentum: 0.9, Decay: train.Cosine},
	}
	source := func(split string, perClass int) data.Source {
		return data.Source{Name: "style", Split: split, PerClass: perClass}
	}
	return m, data.Task{ID: "style", Measure: data.Top1, Train: source(data.Train, 12), Validation: source(data.Validation, 8), Test: source(data.Test, 20)}
}

// stored keeps the small networks from test to test: in plain Go they take seconds.
var stored = cache.NewMemory()

func run(t *testing.T, need func(p *compute.Plan)) *compute.Results {
	t.Helper()
	return tasktest.Run(t, 2, stored, need)
}

// Everything but the test accuracy must be the same whatever the test split is: no
// test example has a part in tuning or fitting.
func TestNoTestExampleIsSeen(t *testing.T) {
	m, task := small()
	other := task
	other.Test.Seed = 99
	other.Test.PerClass = 7
	var a, b compute.Ref[LinearResult]
	r := run(t, func(p *compute.Plan) {
		a = compute.Need(p, Linear{Model: m, Task: task, Regularisers: 4, LogLow: -2, LogHigh: 2})
		b = compute.Need(p, Linear{Model: m, Task: other, Regularisers: 4, LogLow: -2, LogHigh: 2})
	})
	x, y := tasktest.Value(t, r, a), tasktest.Value(t, r, b)
	if x.Test != 80 || y.Test != 28 || x.Train != 48 || x.Val != 32 {
		t.Errorf("%d training, %d validation, %d and %d test examples", x.Train, x.Val, x.Test, y.Test)
	}
	if !reflect.DeepEqual(x.Selection, y.Selection) || x.Final != y.Final {
		t.Errorf("the fit depends on the test split:\n%+v\n%+v", x, y)
	}
	if !(x.Accuracy > 0 && x.Accuracy <= 1) || x.Measure != data.Top1 || x.Diverged != "" {
		t.Errorf("result %+v", x)
	}
	if !x.AllConverged() || len(x.Iterations) != 4 || x.Final.Regulariser != x.Regularisers[x.Chosen] {
		t.Errorf("result %+v", x)
	}
}

// The tasks must come to what the plain functions come to on the model's features.
func TestTasksAgainstFunctions(t *testing.T) {
	m, task := small()
	var linear compute.Ref[LinearResult]
	var knn compute.Ref[KNNResult]
	var weights compute.Ref[train.Weights]
	r := run(t, func(p *compute.Plan) {
		weights = compute.Need(p, m)
		linear = compute.Need(p, Linear{Model: m, Task: task, Regularisers: 3, LogLow: -2, LogHigh: 2})
		knn = compute.Need(p, KNN{Model: m, Task: task, K: 3, Metric: Euclidean})
	})
	w := tasktest.Value(t, r, weights)
	load := func(s data.Source) Examples {
		set, err := s.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.Features(context.Background(), m.Arch, set)
		if err != nil {
			t.Fatal(err)
		}
		return Widen(f.H, f.N, f.D, f.Labels)
	}
	known, err := Join(load(task.Train), load(task.Validation))
	if err != nil {
		t.Fatal(err)
	}
	test := load(task.Test)
	got := tasktest.Value(t, r, linear)
	fit, err := FitLogistic(known.X, known.N, known.D, known.Labels, 4, got.Final.Regulariser, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err := Accuracy(fit.Predict(test.X, test.N), test.Labels, 4, Top1)
	if err != nil || got.Accuracy != accuracy {
		t.Errorf("linear probe %v, by hand %v, %v", got.Accuracy, accuracy, err)
	}
	if math.Abs(got.Final.Objective-fit.Objective) > 1e-6*fit.Objective {
		t.Errorf("final objective %v, by hand %v", got.Final.Objective, fit.Objective)
	}
	predictions, err := Neighbours(known.X, known.N, known.D, known.Labels, 4, test.X, test.N, Voting{K: 3, Metric: Euclidean})
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err = Accuracy(predictions, test.Labels, 4, Top1)
	near := tasktest.Value(t, r, knn)
	if err != nil || near.Accuracy != accuracy {
		t.Errorf("nearest neighbours %v, by hand %v, %v", near.Accuracy, accuracy, err)
	}
	if near.K != 3 || near.Metric != Euclidean || near.Weighting != Uniform || near.Train != known.N {
		t.Errorf("result %+v", near)
	}
}

// A model that diverged has no accuracy, and the result says why.
func TestDivergedModel(t *testing.T) {
	m, task := small()
	m.Schedule.LearningRate = 1e30
	var linear compute.Ref[LinearResult]
	var knn compute.Ref[KNNResult]
	r := run(t, func(p *compute.Plan) {
		linear = compute.Need(p, Linear{Model: m, Task: task, Regularisers: 3, LogLow: -2, LogHigh: 2})
		knn = compute.Need(p, KNN{Model: m, Task: task})
	})
	if v := tasktest.Value(t, r, linear); v.Diverged == "" || v.Measure != "" || v.Validation != nil {
		t.Errorf("linear probe of a diverged model: %+v", v)
	}
	if v := tasktest.Value(t, r, knn); v.Diverged == "" || v.Measure != "" {
		t.Errorf("nearest neighbours of a diverged model: %+v", v)
	}
}
