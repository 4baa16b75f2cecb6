package probe

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/tasktest"
)

func relearn() Relearn {
	m, _ := small()
	return Relearn{
		Model: m, Known: data.Source{Name: "latin10", Split: data.Validation, PerClass: 8}, Choose: 3,
		Test: data.Source{Name: "latin10", Split: data.Test, PerClass: 9}, Regularisers: 3, LogLow: -2, LogHigh: 2,
	}
}

// Nothing but the accuracy may change with the test images.
func TestRelearnSeesNoTestExample(t *testing.T) {
	task, other := relearn(), relearn()
	other.Test.Seed, other.Test.PerClass = 99, 4
	var a, b compute.Ref[LinearResult]
	r := run(t, func(p *compute.Plan) { a, b = compute.Need(p, task), compute.Need(p, other) })
	x, y := tasktest.Value(t, r, a), tasktest.Value(t, r, b)
	if x.Train != 50 || x.Val != 30 || x.Test != 90 || y.Test != 40 {
		t.Errorf("%d training, %d validation, %d and %d test examples", x.Train, x.Val, x.Test, y.Test)
	}
	if !reflect.DeepEqual(x.Selection, y.Selection) || x.Final != y.Final {
		t.Errorf("the fit depends on the test split:\n%+v\n%+v", x, y)
	}
	if !(x.Accuracy > 0 && x.Accuracy <= 1) || !x.AllConverged() {
		t.Errorf("result %+v", x)
	}
}

// The task must come to what the plain functions come to on the same images, the last
// rounds of which are those that the regulariser is chosen on.
func TestRelearnAgainstFunctions(t *testing.T) {
	task := relearn()
	var ref compute.Ref[LinearResult]
	r := run(t, func(p *compute.Plan) { ref = compute.Need(p, task) })
	got := tasktest.Value(t, r, ref)

	w := tasktest.Result(t, stored, task.Model)
	load := func(s data.Source) Examples {
		set, err := s.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.Features(context.Background(), task.Model.Arch, set)
		if err != nil {
			t.Fatal(err)
		}
		return Widen(f.H, f.N, f.D, f.Labels)
	}
	all, test := load(task.Known), load(task.Test)
	first := Examples{N: 50, D: all.D, X: all.X[:50*all.D], Labels: all.Labels[:50]}
	last := Examples{N: 30, D: all.D, X: all.X[50*all.D:], Labels: all.Labels[50:]}
	s, _, err := Tune(first, last, 10, got.Regularisers, Top1, Tolerances{Gradient: 1e-5}, nil)
	if err != nil || !reflect.DeepEqual(s, got.Selection) {
		t.Errorf("chosen %+v, by hand %+v, %v", got.Selection, s, err)
	}
	fit, err := FitLogistic(all.X, all.N, all.D, all.Labels, 10, got.Final.Regulariser, nil, Tolerances{})
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err := Accuracy(fit.Predict(test.X, test.N), test.Labels, 10, Top1)
	if err != nil || accuracy != got.Accuracy {
		t.Errorf("accuracy %v, by hand %v, %v", got.Accuracy, accuracy, err)
	}
}

func TestRelearnRefusesLeaks(t *testing.T) {
	for want, spoil := range map[string]func(*Relearn){
		"tested on the split it is learned from": func(r *Relearn) { r.Test.Split = data.Validation },
		"splits of its own set":                  func(r *Relearn) { r.Known.Name = "greek" },
		"leave some to learn from":               func(r *Relearn) { r.Choose = 8 },
	} {
		task := relearn()
		spoil(&task)
		p := compute.NewPlan(compute.FixedCode("test"))
		compute.Need(p, task)
		_, err := compute.Pool{Jobs: 1}.Run(context.Background(), p, stored, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestRelearnOfADivergedModel(t *testing.T) {
	task := relearn()
	task.Model.Schedule.LearningRate = 1e30
	var ref compute.Ref[LinearResult]
	r := run(t, func(p *compute.Plan) { ref = compute.Need(p, task) })
	if v := tasktest.Value(t, r, ref); v.Diverged == "" || v.Measure != "" {
		t.Errorf("result %+v", v)
	}
}
