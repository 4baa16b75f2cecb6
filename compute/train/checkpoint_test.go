package train

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute"
)

func TestCheckpointPasses(t *testing.T) {
	for _, c := range []struct {
		passes, n int
		want      []int
	}{
		{20, 0, []int{}}, {1, 0, []int{}}, {2, 1, []int{1}}, {30, 1, []int{1}},
		{20, 5, []int{1, 2, 3, 6, 11}}, {146, 7, []int{1, 2, 4, 8, 17, 35, 72}},
		{6, 5, []int{1, 2, 3, 4, 5}}, {7, 5, []int{1, 2, 3, 4, 5}}, {10, 6, []int{1, 2, 3, 4, 5, 7}},
	} {
		m := Model{Schedule: Schedule{Passes: c.passes}, Checkpoints: c.n}
		if got := m.CheckpointPasses(); !slices.Equal(got, c.want) {
			t.Errorf("%d of %d passes: %v, want %v", c.n, c.passes, got, c.want)
		}
	}
	for passes := 2; passes < 40; passes++ {
		for n := 1; n < passes; n++ {
			got := Model{Schedule: Schedule{Passes: passes}, Checkpoints: n}.CheckpointPasses()
			if len(slices.Compact(slices.Clone(got))) != n || !slices.IsSorted(got) || got[0] != 1 || got[n-1] >= passes {
				t.Fatalf("%d of %d passes: %v", n, passes, got)
			}
		}
	}
}

// watched trains the tiny network with checkpoints and monitoring.
func watched(t *testing.T, s Schedule, keep []int) Weights {
	t.Helper()
	n := tinyNet()
	f, err := newFitting(n, []span{{0, n.NumParams()}}, tinySet(50), softmax, s, 1)
	if err != nil {
		t.Fatal(err)
	}
	f.watch(keep, newMonitor(n, softmax, tinySet(70)))
	w, err := f.fit(context.Background(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestLookingChangesNothing: a run that is watched comes to the same weights.
func TestLookingChangesNothing(t *testing.T) {
	for _, ema := range []float64{0, PaperEMA} {
		s := tinySchedule()
		s.Passes, s.EMA = 6, ema
		w := watched(t, s, []int{1, 4})
		plain, want := trainTiny(t, tinyNet(), softmax, s, 1)
		w.Checkpoints = nil
		for i, e := range w.Epochs {
			if e.Validated != 70 {
				t.Errorf("pass %d: %d images of 70 tried", i+1, e.Validated)
			}
			w.Epochs[i].ValidationTop1, w.Epochs[i].Validated = 0, 0
		}
		got, err := w.MarshalBinary()
		if err != nil || !bytes.Equal(got, want) || plain.Checkpoints != nil {
			t.Errorf("average over %v: watching changed the run: %v", ema, err)
		}
	}
}

// TestCheckpointIsTheShorterRun: at a rate that stays, the network after two of
// five passes is the result of two passes, weights and accuracy alike.
func TestCheckpointIsTheShorterRun(t *testing.T) {
	s := tinySchedule()
	s.Passes, s.WarmUp, s.EMA, s.Decay, s.DecayPerPass = 5, 0, 0, Exponential, 1
	long := watched(t, s, []int{2, 3})
	s.Passes = 2
	short := watched(t, s, nil)
	view, err := long.at(2)
	if err != nil || !reflect.DeepEqual(view, short) {
		t.Errorf("after two of five passes %+v, %v; after two %+v", view, err, short)
	}
	if _, err := long.at(1); err == nil {
		t.Error("a checkpoint that was not kept")
	}
}

// TestAverageSoFar: a checkpoint is the average of the weights of all steps before
// it, each weighed as Schedule.MomentumSoFar says; nothing of the initial weights
// is left in it.
func TestAverageSoFar(t *testing.T) {
	s := tinySchedule()
	s.Passes = 4
	w := watched(t, s, []int{1, 3})
	n := tinyNet()
	f, err := newFitting(n, []span{{0, n.NumParams()}}, tinySet(50), softmax, s, 1)
	if err != nil {
		t.Fatal(err)
	}
	var history [][]float32
	for pass := range 3 {
		f.batches.startPass(pass)
		for i := range f.perPass {
			if _, err := f.step(pass*f.perPass+i, i); err != nil {
				t.Fatal(err)
			}
			history = append(history, slices.Clone(f.θ.value))
		}
		if pass == 1 {
			continue
		}
		got := w.Checkpoints[pass/2]
		for j, v := range got.Theta {
			want, rest := 0.0, 1.0
			for step := len(history); step > 0; step-- {
				m := s.MomentumSoFar(step)
				want += rest * (1 - m) * float64(history[step-1][j])
				rest *= m
			}
			if d := float64(v) - want; rest != 0 || !(d*d < 1e-10) {
				t.Fatalf("pass %d: weight %d is %v, want %v; %v of the initial weights left", pass+1, j, v, want, rest)
			}
		}
	}
}

// TestMonitorIsEvaluate: the accuracy after the last pass is that of Evaluate on the
// same images, and the weights are those of a run that was not watched. A view has
// the features of its checkpoint.
func TestMonitorIsEvaluate(t *testing.T) {
	plain := latinModel(softmax, 12, 3)
	m := plain
	m.Monitor, m.Checkpoints = 7, 2
	early := m
	early.At = 1
	var weights, unwatched, view compute.Ref[Weights]
	var end, start compute.Ref[Accuracy]
	r := build(t, 2, func(p *compute.Plan) {
		weights, unwatched, view = compute.Need(p, m), compute.Need(p, plain), compute.Need(p, early)
		end = compute.Need(p, Evaluate{Model: m, Data: m.monitored()})
		start = compute.Need(p, Evaluate{Model: early, Data: m.monitored()})
	})
	get := func(ref compute.Ref[Weights]) Weights {
		w, err := compute.Value(r, ref)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w, v, u := get(weights), get(view), get(unwatched)
	if !slices.Equal(w.Theta, u.Theta) || !slices.Equal(w.Stats, u.Stats) || !slices.Equal(w.W, u.W) || !slices.Equal(w.B, u.B) {
		t.Error("watching changed the weights")
	}
	if len(w.Checkpoints) != 2 || !slices.Equal(v.Theta, w.Checkpoints[0].Theta) || len(v.Epochs) != 1 || v.Checkpoints != nil {
		t.Errorf("%d checkpoints, a view of %d passes", len(w.Checkpoints), len(v.Epochs))
	}
	for name, c := range map[string]struct {
		ref compute.Ref[Accuracy]
		e   Epoch
	}{"the end": {end, w.Epochs[2]}, "pass 1": {start, w.Epochs[0]}} {
		a, err := compute.Value(r, c.ref)
		if err != nil || a.N != 70 || c.e.Validated != 70 || a.Top1 != c.e.ValidationTop1 {
			t.Errorf("%s: accuracy %+v, %v; monitored %+v", name, a, err, c.e)
		}
	}
}

// TestViewOfDivergence: no checkpoint of a run that failed is looked at.
func TestViewOfDivergence(t *testing.T) {
	w, err := Weights{Diverged: "at step 90", Epochs: make([]Epoch, 4)}.at(2)
	if err != nil || w.Diverged != "at step 90" || len(w.Epochs) != 2 || w.check() != nil {
		t.Errorf("%+v, %v", w, err)
	}
	n := tinyNet()
	n.spoil = 15 // in the third pass
	f, err := newFitting(n, nil, tinySet(50), softmax, tinySchedule(), 1)
	if err != nil {
		t.Fatal(err)
	}
	f.watch([]int{1, 2}, nil)
	w, err = f.fit(context.Background(), func(int, int) {})
	if err != nil || w.Diverged == "" || w.Checkpoints != nil || w.check() != nil {
		t.Errorf("%+v, %v", w, err)
	}
}

// TestModelKey: fields that a model does not use are not in its canonical form, and
// models can be compared.
func TestModelKey(t *testing.T) {
	m := latinModel(softmax, 20, 8)
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"Monitor", "Checkpoints", "At", "Augment", "Mixup", "With"} {
		if strings.Contains(string(b), `"`+field) {
			t.Errorf("%s is in %s", field, b)
		}
	}
	view := m
	view.Checkpoints, view.At = 3, 2
	if m.Transient() || !view.Transient() || view.whole() == m || view.ImageSteps() != 0 || view.Label() != "Softmax seed 1 after pass 2" {
		t.Errorf("view %+v", view)
	}
}

func TestCheckpointsValidate(t *testing.T) {
	for says, change := range map[string]func(*Model){
		"want 0 to 7":       func(m *Model) { m.Checkpoints = 8 },
		"checkpoints = -1":  func(m *Model) { m.Checkpoints = -1 },
		"at = 3":            func(m *Model) { m.Checkpoints, m.At = 3, 3 },
		"one of []":         func(m *Model) { m.At = 1 },
		"monitor = -1":      func(m *Model) { m.Monitor = -1 },
		"these very images": func(m *Model) { m.Monitor, m.Data.Split = m.Data.PerClass, "validation" },
		"images per class":  func(m *Model) { m.Monitor = 1 << 30 },
	} {
		m := latinModel(softmax, 20, 8)
		change(&m)
		if err := m.Validate(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v", says, err)
		}
	}
	m := latinModel(softmax, 20, 8)
	m.Monitor, m.Checkpoints, m.At = 5, 3, 4
	if err := m.Validate(); err != nil {
		t.Error(err)
	}
}
