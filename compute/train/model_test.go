package train

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"runtime"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
)

// latinModel is a short run of the real network on ten Latin characters.
func latinModel(spec objective.Spec, perClass, passes int) Model {
	return Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: perClass},
		Objective: spec, Seed: 1,
		Schedule: Schedule{Passes: passes, Batch: 32, LearningRate: 0.1, Momentum: 0.9, WeightDecay: 5e-5, WarmUp: 0.1, Decay: Cosine, EMA: PaperEMA, Shift: 1},
	}
}

// build runs tasks in a plan with the given number of workers.
func build(t *testing.T, jobs int, need func(p *compute.Plan)) *compute.Results {
	t.Helper()
	return tasktest.Run(t, jobs, cache.NewMemory(), need)
}

// TestManyLettersWideNetwork trains a little on the largest set with the widest network:
// every class and every feature is there, and the final layer is as wide.
func TestManyLettersWideNetwork(t *testing.T) {
	m := latinModel(objective.Spec{Name: "softmax"}, 2, 2)
	m.Data.Name, m.Arch.Features, m.Schedule.Batch = "latin_cyrillic200", 512, 64
	test := data.Source{Name: m.Data.Name, Split: data.Test, PerClass: 1}
	var weights compute.Ref[Weights]
	var features compute.Ref[FeatureMatrix]
	r := build(t, 1, func(p *compute.Plan) {
		weights = compute.Need(p, m)
		features = compute.Need(p, Features{Model: m, Data: test})
	})
	w, err := compute.Value(r, weights)
	if err != nil {
		t.Fatal(err)
	}
	f, err := compute.Value(r, features)
	if err != nil {
		t.Fatal(err)
	}
	if w.Diverged != "" || len(w.B) != 200 || len(w.W) != 512*200 || f.D != 512 || f.N != 200 || f.Classes != 200 {
		t.Errorf("diverged %q; %d biases, %d final weights, %d features of %d images of %d classes", w.Diverged, len(w.B), len(w.W), f.D, f.N, f.Classes)
	}
	if first, last := w.Epochs[0].Loss, w.Epochs[1].Loss; !(last < first) {
		t.Errorf("loss %v, then %v", first, last)
	}
}

// TestLatin trains the real network on real images through a plan: the loss
// falls, the accuracy on other images is far above chance, and features and
// accuracy come from the same weights.
func TestLatin(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for seconds")
	}
	m := latinModel(objective.Spec{Name: "softmax"}, 60, 8)
	test := data.Source{Name: "latin10", Split: data.Test, PerClass: 10}
	var weights compute.Ref[Weights]
	var top compute.Ref[Accuracy]
	r := build(t, 2, func(p *compute.Plan) {
		weights = compute.Need(p, m)
		top = compute.Need(p, Evaluate{Model: m, Data: test})
	})
	w, err := compute.Value(r, weights)
	if err != nil {
		t.Fatal(err)
	}
	first, last := w.Epochs[0], w.Epochs[len(w.Epochs)-1]
	a, err := compute.Value(r, top)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loss %.3f → %.3f, training top-1 %.2f → %.2f, test top-1 %.2f, top-5 %.2f", first.Loss, last.Loss, first.Top1, last.Top1, a.Top1, a.Top5)
	if len(w.Epochs) != 8 || !(last.Loss < 0.7*first.Loss) || a.Top1 < 0.3 || a.Top5 < a.Top1 || a.N != 100 {
		t.Errorf("loss %v → %v, accuracy %+v", first.Loss, last.Loss, a)
	}

	set, err := test.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Features(context.Background(), m.Arch, set)
	if err != nil {
		t.Fatal(err)
	}
	logits, err := m.Logits(w, f)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := accuracy(logits, f.Labels, w.Classes(), f.Zero); err != nil || again != a {
		t.Errorf("accuracy %+v outside the plan, %+v inside", again, a)
	}
	// Features in evaluation do not depend on what else is in the batch.
	one := *set
	one.Pixels, one.Labels = set.Image(70), set.Labels[70:71]
	alone, err := w.Features(context.Background(), m.Arch, &one)
	if err != nil {
		t.Fatal(err)
	}
	for j, v := range alone.H {
		if v != f.H[70*f.D+j] {
			t.Fatalf("feature %d of image 70 is %v alone and %v among others", j, v, f.H[70*f.D+j])
		}
	}
}

// TestLatinSameBits: the real network gives the same weights alone on one core
// and beside others on two.
func TestLatinSameBits(t *testing.T) {
	models := []Model{
		latinModel(objective.Spec{Name: "softmax"}, 20, 1),
		latinModel(objective.Spec{Name: "cosine_softmax", Tau: 0.1}, 20, 1),
		latinModel(objective.Spec{Name: "dropout", Keep: 0.7}, 20, 1),
	}
	run := func(jobs int) (all [][]byte) {
		refs := make([]compute.Ref[Weights], len(models))
		r := build(t, jobs, func(p *compute.Plan) {
			for i, m := range models {
				refs[i] = compute.Need(p, m)
			}
		})
		for _, ref := range refs {
			w, err := compute.Value(r, ref)
			if err != nil {
				t.Fatal(err)
			}
			b, err := w.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, b)
		}
		return all
	}
	beside := run(3)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	alone := run(1)
	for i := range models {
		if !bytes.Equal(beside[i], alone[i]) {
			t.Errorf("%s: other bits beside other runs", models[i].Label())
		}
	}
	if bytes.Equal(alone[0], alone[1]) {
		t.Error("two objectives gave the same weights")
	}
}

// TestDivergedDownstream: what is computed from a diverged model says so, and
// has no numbers.
func TestDivergedDownstream(t *testing.T) {
	m := latinModel(objective.Spec{Name: "squared_error", Kappa: 9, M: 60, Scale: 10}, 20, 1)
	m.Schedule.LearningRate = 1e10
	var weights compute.Ref[Weights]
	var top compute.Ref[Accuracy]
	r := build(t, 1, func(p *compute.Plan) {
		weights = compute.Need(p, m)
		top = compute.Need(p, Evaluate{Model: m, Data: m.Data})
	})
	w, err := compute.Value(r, weights)
	if err != nil || w.Diverged == "" || w.Theta != nil {
		t.Fatalf("diverged = %q, %d parameters, %v", w.Diverged, len(w.Theta), err)
	}
	a, err := compute.Value(r, top)
	if err != nil || a != (Accuracy{Diverged: w.Diverged}) {
		t.Errorf("accuracy %+v, %v", a, err)
	}
	f, err := w.Features(context.Background(), m.Arch, nil)
	if err != nil || f.Diverged != w.Diverged || f.H != nil {
		t.Errorf("features %+v, %v", f, err)
	}
}

func TestModelValidate(t *testing.T) {
	for name, change := range map[string]func(*Model){
		"seed":         func(m *Model) { m.Seed = 0 },
		"architecture": func(m *Model) { m.Arch.Name = "vgg" },
		"objective":    func(m *Model) { m.Objective.Name = "focal" },
		"schedule":     func(m *Model) { m.Schedule.Passes = 0 },
		"data":         func(m *Model) { m.Data.Name = "imagenet" },
	} {
		m := latinModel(softmax, 20, 1)
		if err := m.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&m)
		if err := m.Validate(); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			t.Log(err)
		}
	}
	m := latinModel(softmax, 20, 1)
	m.Arch.Height = 32
	if _, err := m.fitting(tinySet(50)); err == nil {
		t.Error("32-pixel network on 4-pixel images: no error")
	}
	if m := latinModel(softmax, 20, 3); m.ImageSteps() != 3*192 {
		t.Errorf("%d image steps, want 576", m.ImageSteps())
	}
}

// TestEveryLevelSameBits: whatever instructions the kernels use, a run gives the
// same weights and the same features.
func TestEveryLevelSameBits(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for seconds")
	}
	m := latinModel(objective.Spec{Name: "cosine_softmax", Tau: 0.1}, 2, 1)
	m.Schedule.Batch, m.Schedule.ClipNorm, m.Schedule.Augment, m.Schedule.Mixup = 8, 1, AutoAugment, 0.2
	set, err := m.Data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	chosen := kernel.Level()
	defer func() {
		if err := kernel.SetLevel(chosen); err != nil {
			t.Error(err)
		}
	}()
	var want []byte
	for _, level := range kernel.Levels() {
		if err := kernel.SetLevel(level); err != nil {
			t.Fatal(err)
		}
		f, err := m.fitting(set)
		if err != nil {
			t.Fatal(err)
		}
		w, err := f.fit(context.Background(), func(int, int) {})
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		features, err := w.Features(context.Background(), m.Arch, set)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range features.H {
			got = binary.LittleEndian.AppendUint32(got, math.Float32bits(v))
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%v: other bits than %v", level, kernel.Levels()[0])
		}
	}
}
