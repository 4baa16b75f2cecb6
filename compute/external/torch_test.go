package external

import (
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// python is one that has PyTorch; without it the test is skipped.
func python(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: training in PyTorch takes seconds")
	}
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import torch, numpy").Run() == nil {
			return p
		}
	}
	t.Skip("no python3 with PyTorch and NumPy here (Debian: python3-torch): the example trainer is not tested")
	return ""
}

// torch has the example trainer train a model and returns what it gave.
func torch(t *testing.T, python string, m train.Model) (train.Weights, map[string]string, *exchange) {
	t.Helper()
	_, e := exchangeOf(t, m)
	folder := t.TempDir()
	if err := e.write(folder); err != nil {
		t.Fatal(err)
	}
	runner := NewRunner("../../examples/trainer", nil, 0, 1)
	last := 0
	progress := func(done, total int) { last = total - done }
	trainer := Trainer{Command: []string{python, "-B", "train.py"}}
	if err := runner.run(t.Context(), trainer, job{folder: folder, most: e.mostBytes(), progress: progress}); err != nil {
		t.Fatal(err)
	}
	f, err := arrays.Open(filepath.Join(folder, outputFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Metadata()[divergedKey] == "" && last != 0 {
		t.Errorf("%d steps were to come still", last)
	}
	w, err := e.read(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return w, f.Metadata(), e
}

// The weights that the example trainer returns have, evaluated here, the accuracy that
// PyTorch reports of them.
func TestExampleTrainer(t *testing.T) {
	python := python(t)
	m := small()
	m.Data.PerClass, m.Schedule.Passes = 16, 6
	m.Schedule.Flip, m.Schedule.Mixup, m.Schedule.WarmUp, m.Schedule.ClipNorm = true, 0.2, 0.1, 5
	m.Objective = objective.Spec{Name: "dropout", Keep: 0.7}
	m.Checkpoints, m.Monitor = 2, 4
	w, said, e := torch(t, python, m)
	if w.Diverged != "" || len(w.Epochs) != 6 || len(w.Checkpoints) != 2 || w.Epochs[5].Validated != 40 {
		t.Fatalf("%q, %d passes, %d checkpoints", w.Diverged, len(w.Epochs), len(w.Checkpoints))
	}
	f, err := w.Features(t.Context(), m.Arch, e.set)
	if err != nil {
		t.Fatal(err)
	}
	logits, err := m.Logits(w, f)
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i, label := range f.Labels {
		best := 0
		for k, v := range logits[i*10 : i*10+10] {
			if v > logits[i*10+best] {
				best = k
			}
		}
		if best == label {
			hits++
		}
	}
	theirs, err := strconv.ParseFloat(said["train_top1"], 64)
	// Two logits may be equal but for rounding: one image.
	if ours := float64(hits) / float64(f.N); err != nil || math.Abs(ours-theirs) > 1.001/float64(f.N) {
		t.Errorf("top-1 %v here, %v in PyTorch (%v)", ours, theirs, err)
	}
	if w.Epochs[5].Loss >= w.Epochs[0].Loss {
		t.Errorf("it learns nothing: %+v", w.Epochs)
	}
}

// With all images in one batch nothing is left to chance, and the example trainer comes to
// the network that this program does: schedule, averages, statistics and objectives are the same.
func TestExampleTrainerTrainsAsWeDo(t *testing.T) {
	python := python(t)
	base := small()
	base.Schedule = train.Schedule{
		Passes: 4, Batch: 40, LearningRate: 0.05, Momentum: 0.9, WeightDecay: 1e-3, WarmUp: 0.3, Decay: train.Cosine, EMA: 0.4,
	}
	base.Checkpoints, base.Monitor = 1, 2
	exponential := base
	exponential.Arch.Name = "inception"
	exponential.Schedule.Decay, exponential.Schedule.DecayPerPass, exponential.Schedule.EMA, exponential.Schedule.ClipNorm = train.Exponential, 0.5, 0, 0.5
	tried := []train.Model{exponential}
	resnet := base
	resnet.Arch.Name = "miniresnet"
	tried = append(tried, resnet)
	for _, o := range []objective.Spec{
		{Name: "label_smoothing", Alpha: 0.1}, {Name: "sigmoid"}, {Name: "extra_final_layer_l2", LambdaFinal: 1e-3},
		{Name: "dropout", Keep: 1}, {Name: "logit_penalty", Beta: 1e-2}, {Name: "logit_normalization", Tau: 0.1},
		{Name: "cosine_softmax", Tau: 0.1, TimesTau: true}, {Name: "squared_error", Kappa: 3, M: 4, Scale: 2},
		{Name: "label_smoothing", Alpha: 0.1, With: "cosine_softmax", Tau: 0.2},
		{Name: "cosine_softmax", Tau: 0.2, With: "logit_normalization", WithTau: 0.3},
		{Name: "sigmoid", With: "logit_penalty", Beta: 1e-3},
	} {
		m := base
		m.Objective = o
		tried = append(tried, m)
	}
	for _, name := range net.Names() {
		covered := false
		for _, m := range tried {
			covered = covered || m.Arch.Name == name
		}
		if !covered {
			t.Errorf("network %s is not tried", name)
		}
	}
	for _, m := range tried {
		ours := tasktest.Result(t, cache.NewMemory(), m)
		theirs, _, e := torch(t, python, m)
		o := output{exchange: e}
		a, err := o.logits(t.Context(), ours, e.set)
		if err != nil {
			t.Fatal(err)
		}
		b, err := o.logits(t.Context(), theirs, e.set)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s %s %.3g %.3g", m.Arch.Name, m.Objective.Label(), distance(a, b), distance(ours.Checkpoints[0].W, theirs.Checkpoints[0].W))
		if d := distance(a, b); d > 0.01 {
			t.Errorf("%s, %s: logits differ by %.3g of their size", m.Arch.Name, m.Objective.Label(), d)
		}
		if d := distance(ours.Checkpoints[0].W, theirs.Checkpoints[0].W); d > 1e-4 {
			t.Errorf("%s, %s: the checkpoint's final weights differ by %.3g", m.Arch.Name, m.Objective.Label(), d)
		}
		for i, w := range theirs.Epochs {
			if v := ours.Epochs[i]; math.Abs(w.Loss-v.Loss) > 0.005*math.Abs(v.Loss) || math.Abs(w.Top1-v.Top1) > 0.026 ||
				math.Abs(w.ValidationTop1-v.ValidationTop1) > 0.051 {
				t.Errorf("%s, %s: pass %d: %+v here, %+v in PyTorch", m.Arch.Name, m.Objective.Label(), i+1, v, w)
			}
		}
	}
}

// distance is the root mean square difference in units of the root mean square of a.
func distance(a, b []float32) float64 {
	var square, size float64
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		square += d * d
		size += float64(a[i]) * float64(a[i])
	}
	return math.Sqrt(square / size)
}

// A run that diverges in PyTorch says so.
func TestExampleTrainerDiverges(t *testing.T) {
	python := python(t)
	m := small()
	m.Objective = objective.Spec{Name: "squared_error", Kappa: 3, M: 60, Scale: 1000}
	m.Schedule.LearningRate = 50
	w, _, _ := torch(t, python, m)
	if w.Diverged == "" || len(w.Theta) > 0 {
		t.Errorf("%+v", w.Epochs)
	}
}
