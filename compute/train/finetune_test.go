package train

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
)

// TestFineTuneAgainstPyTorch: a run of several steps, from weights and images to
// weights, in float32 against PyTorch in float64.
func TestFineTuneAgainstPyTorch(t *testing.T) {
	var ref struct {
		N, Size, K, Steps      int
		Seed                   uint32
		Rate, Decay, Mean, Std float64
		Losses                 []float64
		Theta, Stats           []sampled
		W, B                   sampled
	}
	b, err := os.ReadFile("testdata/finetune.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &ref); err != nil {
		t.Fatal(err)
	}
	arch := net.Arch{Name: "glyphnet", Height: ref.Size, Width: ref.Size, Channels: 1}
	trunk, err := net.New(arch, ref.N)
	if err != nil {
		t.Fatal(err)
	}
	// What the final layer and the statistics were before must not matter.
	before := Weights{Theta: make([]float32, trunk.NumParams()), Stats: make([]float32, trunk.NumStats()), W: make([]float32, trunk.Dim()*5), B: make([]float32, 5)}
	for _, v := range [][]float32{before.Stats, before.W, before.B} {
		for i := range v {
			v[i] = 7
		}
	}
	u := numbers(ref.Seed)
	for i, p := range trunk.Params() {
		v := before.Theta[p.Offset : p.Offset+p.Len]
		switch i % 3 {
		case 0:
			u.fill(v, math.Sqrt(24/float64(p.Shape[0]*p.Shape[1]*p.Shape[2])), 0)
		case 1:
			u.fill(v, 1, 1)
		case 2:
			u.fill(v, 1, 0)
		}
	}
	set := &data.Set{
		Name: "noise", H: ref.Size, W: ref.Size, C: 1, Pixels: make([]uint8, ref.N*ref.Size*ref.Size),
		Classes: []string{"a", "b", "c"}, Norm: data.Norm{Mean: float32(ref.Mean), Std: float32(ref.Std)},
	}
	for i := range set.Pixels {
		u = 1664525*u + 1013904223
		set.Pixels[i] = uint8(u >> 24)
	}
	for i := range ref.N {
		set.Labels = append(set.Labels, i%ref.K)
	}
	theta := slices.Clone(before.Theta)
	after, err := before.FineTune(context.Background(), arch, set, FineTuning{
		Passes: ref.Steps, Batch: ref.N, LearningRate: ref.Rate, Momentum: 0.9, WeightDecay: ref.Decay, Seed: 3,
	}, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before.Theta, theta) {
		t.Error("the network before was changed")
	}
	worst := math.Max(ref.W.worst(after.W), ref.B.worst(after.B))
	for i, p := range trunk.Params() {
		worst = math.Max(worst, ref.Theta[i].worst(after.Theta[p.Offset:p.Offset+p.Len]))
	}
	at := 0
	for i, p := range trunk.Params() {
		if i%3 == 0 {
			continue // a convolution has no statistics, its normalisation's scale and shift are followed by them
		}
		s := ref.Stats[i/3*2+i%3-1]
		worst = math.Max(worst, s.worst(after.Stats[at:at+p.Len]))
		at += p.Len
	}
	for i, e := range after.Epochs {
		worst = math.Max(worst, math.Abs(e.Loss-ref.Losses[i]))
	}
	t.Logf("losses %v; largest difference %.1e", ref.Losses, worst)
	if !(worst <= 2e-5) || len(after.Epochs) != ref.Steps {
		t.Errorf("off by %.1e after %d passes", worst, len(after.Epochs))
	}
}

// tuneTiny fine-tunes the tiny network, trained before, with plain momentum.
func tuneTiny(t *testing.T, before Weights, how FineTuning) (Weights, []byte) {
	t.Helper()
	n := tinyNet()
	f, err := before.tuning(n, []span{{0, n.NumParams()}}, tinySet(40), how)
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

func tinyTuning() FineTuning {
	return FineTuning{Passes: 6, Batch: 8, LearningRate: 0.1, Momentum: 0.9, WeightDecay: 1e-4, Shift: 1, Seed: 2}
}

// TestFineTuning: it learns from where the network was, the same way each time, and
// differently with another seed, rate or weight decay.
func TestFineTuning(t *testing.T) {
	before, _ := trainTiny(t, tinyNet(), softmax, tinySchedule(), 1)
	w, want := tuneTiny(t, before, tinyTuning())
	first, last := w.Epochs[0], w.Epochs[len(w.Epochs)-1]
	if !(last.Loss < first.Loss) || last.Top1 < 0.65 {
		t.Errorf("loss %.3f → %.3f, top-1 %.2f", first.Loss, last.Loss, last.Top1)
	}
	if _, again := tuneTiny(t, before, tinyTuning()); !bytes.Equal(again, want) {
		t.Error("other bits the second time")
	}
	other, _ := trainTiny(t, tinyNet(), softmax, tinySchedule(), 2)
	if _, got := tuneTiny(t, other, tinyTuning()); bytes.Equal(got, want) {
		t.Error("another network before gives the same network after")
	}
	for name, change := range map[string]func(*FineTuning){
		"seed":  func(h *FineTuning) { h.Seed++ },
		"rate":  func(h *FineTuning) { h.LearningRate *= 2 },
		"decay": func(h *FineTuning) { h.WeightDecay = 0 },
		"shift": func(h *FineTuning) { h.Shift = 0 },
	} {
		how := tinyTuning()
		change(&how)
		if _, got := tuneTiny(t, before, how); bytes.Equal(got, want) {
			t.Errorf("another %s gives the same network", name)
		}
	}
}

// TestWeightDecayByTheRate: what is applied is the quotient, so that the first step
// shrinks weights by the same share at any rate.
func TestWeightDecayByTheRate(t *testing.T) {
	for _, rate := range []float64{0.1, 0.5} {
		s := FineTuning{LearningRate: rate, WeightDecay: 0.01}.Schedule()
		p := newParameters(1, false)
		p.plain, p.decay, p.value[0] = true, []span{{0, 1}}, 1
		s.Passes = 1
		p.step(s.Rate(0, 10), 0.9, s.WeightDecay, 1)
		if d := math.Abs(float64(p.value[0]) - 0.99); !(d < 1e-6) {
			t.Errorf("rate %v: a weight of 1 becomes %v", rate, p.value[0])
		}
	}
}

func TestFineTuneErrors(t *testing.T) {
	arch := net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1}
	set := &data.Set{Name: "s", H: 28, W: 28, C: 1, Pixels: make([]uint8, 2*784), Labels: []int{0, 1}, Classes: []string{"a", "b"}, Norm: data.GlyphNorm}
	tune := func(w Weights, change func(*FineTuning)) (Weights, error) {
		how := FineTuning{Passes: 1, Batch: 2, LearningRate: 0.1, Momentum: 0.9}
		change(&how)
		return w.FineTune(context.Background(), arch, set, how, func(int, int) {})
	}
	none := func(*FineTuning) {}
	if w, err := tune(Weights{Diverged: "so"}, none); err != nil || w.Diverged != "so" || w.Theta != nil {
		t.Errorf("a network that diverged before: %+v, %v", w, err)
	}
	if _, err := tune(Weights{Theta: make([]float32, 3)}, none); err == nil || !strings.Contains(err.Error(), "3 parameters") {
		t.Errorf("weights of another network: %v", err)
	}
	if _, err := tune(Weights{}, func(h *FineTuning) { h.LearningRate = 0 }); err == nil || !strings.Contains(err.Error(), "learning_rate") {
		t.Errorf("no learning rate: %v", err)
	}
	arch.Height = 32
	if _, err := tune(Weights{}, none); err == nil || !strings.Contains(err.Error(), "32×28") {
		t.Errorf("images of another size: %v", err)
	}
}
