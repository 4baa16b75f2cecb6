package train

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"

	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/random"
)

var softmax = objective.Spec{Name: "softmax"}

// trainTiny trains the tiny network and returns the weights' bytes too.
func trainTiny(t *testing.T, n *tiny, spec objective.Spec, s Schedule, seed uint64) (Weights, []byte) {
	t.Helper()
	f, err := newFitting(n, []span{{0, n.NumParams()}}, tinySet(50), spec, s, seed)
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.fit(context.Background(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return w, b
}

// everyObjective is one spec of each objective and some combinations, with numbers for the tiny task.
var everyObjective = []objective.Spec{
	softmax, {Name: "label_smoothing", Alpha: 0.1}, {Name: "sigmoid"}, {Name: "extra_final_layer_l2", LambdaFinal: 1e-3},
	{Name: "dropout", Keep: 0.7}, {Name: "logit_penalty", Beta: 1e-3}, {Name: "logit_normalization", Tau: 0.2},
	{Name: "cosine_softmax", Tau: 0.2}, {Name: "cosine_softmax", Tau: 0.2, TimesTau: true},
	{Name: "squared_error", Kappa: 3, M: 3, Scale: 1},
	{Name: "sigmoid", With: "dropout", Keep: 0.7}, {Name: "label_smoothing", Alpha: 0.1, With: "logit_penalty", Beta: 1e-3},
	{Name: "sigmoid", With: "cosine_softmax", Tau: 0.2}, {Name: "cosine_softmax", Tau: 0.2, With: "logit_normalization", WithTau: 0.2},
}

func TestEveryObjectiveLearns(t *testing.T) {
	s := tinySchedule()
	s.Passes, s.ClipNorm = 12, 5
	for _, spec := range everyObjective {
		w, _ := trainTiny(t, tinyNet(), spec, s, 1)
		first, last := w.Epochs[0], w.Epochs[len(w.Epochs)-1]
		if w.Diverged != "" || !(last.Loss < first.Loss) || last.Top1 < 0.65 {
			t.Errorf("%s: %q, loss %.3f → %.3f, top-1 %.2f", spec.Label(), w.Diverged, first.Loss, last.Loss, last.Top1)
		}
	}
}

// TestSameBits: weights do not depend on the number of cores or on what runs
// beside a run.
func TestSameBits(t *testing.T) {
	want := map[string][]byte{}
	for _, spec := range everyObjective {
		_, want[spec.Label()] = trainTiny(t, tinyNet(), spec, tinySchedule(), 3)
	}
	check := func(when string) {
		var wg sync.WaitGroup
		for _, spec := range everyObjective {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if _, got := trainTiny(t, tinyNet(), spec, tinySchedule(), 3); !bytes.Equal(got, want[spec.Label()]) {
					t.Errorf("%s: other bits %s", spec.Label(), when)
				}
			}()
		}
		wg.Wait()
	}
	check("beside other runs")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	check("on one core")
}

// TestSeedsPair: what a seed decides is the same for every objective, and every
// part of it differs between seeds.
func TestSeedsPair(t *testing.T) {
	start := func(spec objective.Spec, seed uint64) *fitting {
		f, err := newFitting(tinyNet(), nil, tinySet(50), spec, tinySchedule(), seed)
		if err != nil {
			t.Fatal(err)
		}
		f.batches.startPass(1)
		f.batches.fill(0, f.graph.x, f.graph.targets)
		return f
	}
	equal := func(a, b []float32) bool {
		for i := range a {
			if a[i] != b[i] {
				return false
			}
		}
		return true
	}
	first := start(softmax, 1)
	for _, spec := range everyObjective {
		f := start(spec, 1)
		if !equal(f.θ.value, first.θ.value) || !equal(f.w.value, first.w.value) || !equal(f.graph.x, first.graph.x) {
			t.Errorf("%s starts elsewhere than softmax", spec.Label())
		}
	}
	other := start(softmax, 2)
	if equal(other.θ.value, first.θ.value) || equal(other.w.value, first.w.value) || equal(other.graph.x, first.graph.x) {
		t.Error("seeds 1 and 2 share something")
	}
}

func TestDivergence(t *testing.T) {
	n := tinyNet()
	n.spoil = 9 // six steps a pass
	w, _ := trainTiny(t, n, softmax, tinySchedule(), 1)
	if w.Diverged != "the loss is NaN at step 9 of 18" || len(w.Theta) != 0 || len(w.Epochs) != 1 {
		t.Errorf("diverged = %q, %d parameters, %d passes", w.Diverged, len(w.Theta), len(w.Epochs))
	}
	s := tinySchedule()
	s.LearningRate = 1e30
	if w, _ := trainTiny(t, tinyNet(), objective.Spec{Name: "squared_error", Kappa: 3, M: 3, Scale: 1}, s, 1); w.Diverged == "" {
		t.Error("a learning rate of 1e30 did not diverge")
	}
}

func TestCancel(t *testing.T) {
	f, err := newFitting(tinyNet(), nil, tinySet(50), softmax, tinySchedule(), 1)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	last := 0
	_, err = f.fit(ctx, func(done, total int) {
		if total != 18 || done != last+1 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		if last = done; done == 4 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || last != 4 {
		t.Errorf("stopped after %d steps with %v", last, err)
	}
}

func TestFittingErrors(t *testing.T) {
	small := tinySet(5)
	if _, err := newFitting(tinyNet(), nil, small, softmax, tinySchedule(), 1); err == nil || !strings.Contains(err.Error(), "smaller batch") {
		t.Errorf("batch 8 of 5 images: %v", err)
	}
	wrong := tinySet(50)
	wrong.Labels[7] = 3
	if _, err := newFitting(tinyNet(), nil, wrong, softmax, tinySchedule(), 1); err == nil || !strings.Contains(err.Error(), "image 7") {
		t.Errorf("label 3 of 3 classes: %v", err)
	}
	if _, err := newFitting(tinyNet(), nil, tinySet(50), objective.Spec{Name: "cosine_softmax"}, tinySchedule(), 1); err == nil {
		t.Error("cosine softmax without τ was accepted")
	}
}

// TestStepAllocatesNothing: all of a step that is not gorgonia's machine.
func TestStepAllocatesNothing(t *testing.T) {
	s := tinySchedule()
	s.ClipNorm, s.Augment, s.Mixup = 1, AutoAugment, 0.2
	f, err := newFitting(tinyNet(), []span{{0, 5}}, tinySet(50), objective.Spec{Name: "dropout", Keep: 0.7}, s, 1)
	if err != nil {
		t.Fatal(err)
	}
	f.batches.startPass(0)
	f.mask = random.New("test")
	f.watch([]int{1}, nil)
	if _, err := f.step(0, 0); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(20, func() {
		f.feed(1)
		f.update(3)
	}); n != 0 {
		t.Errorf("a step allocates %v times outside the graph", n)
	}
}
