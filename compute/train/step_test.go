package train

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
)

// sampled is every Step-th element of a tensor, and its largest magnitude.
type sampled struct {
	Step   int
	Max    float64
	Values []float64
}

// worst is the largest difference, relative to the tensor's largest value.
func (s sampled) worst(got []float32) float64 {
	w := 0.0
	for i, want := range s.Values {
		if d := math.Abs(float64(got[i*s.Step])-want) / s.Max; !(d <= w) {
			w = d
		}
	}
	return w
}

// numbers is the generator of testdata/make_step.py.
type numbers uint32

func (u *numbers) fill(v []float32, scale, shift float64) {
	for i := range v {
		*u = 1664525**u + 1013904223
		v[i] = float32(float64((float64(*u>>8)/(1<<24)-0.5)*scale) + shift)
	}
}

// TestStepAgainstPyTorch: loss and gradients of a whole step, images to trunk to
// objective and back, in float32 against PyTorch in float64, with mixup and without.
func TestStepAgainstPyTorch(t *testing.T) {
	var ref struct {
		N, Size, K int
		Seed       uint32
		Lambda     float64
		Partner    []int
		Cases      []struct {
			Spec  objective.Spec
			Mixed bool
			Loss  float64
			Theta []sampled
			W, B  sampled
		}
	}
	b, err := os.ReadFile("testdata/step.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &ref); err != nil {
		t.Fatal(err)
	}
	for _, c := range ref.Cases {
		trunk, err := net.New(net.Arch{Name: "glyphnet", Height: ref.Size, Width: ref.Size, Channels: 1}, ref.N)
		if err != nil {
			t.Fatal(err)
		}
		theta, w, bias := newParameters(trunk.NumParams(), false), newParameters(trunk.Dim()*ref.K, false), newParameters(ref.K, false)
		u := numbers(ref.Seed)
		for i, p := range trunk.Params() {
			v := theta.value[p.Offset : p.Offset+p.Len]
			switch i % 3 {
			case 0:
				u.fill(v, math.Sqrt(24/float64(p.Shape[0]*p.Shape[1]*p.Shape[2])), 0)
			case 1:
				u.fill(v, 1, 1)
			case 2:
				u.fill(v, 1, 0)
			}
		}
		g, err := newGraph(trunk, c.Spec, shape{ref.N, ref.Size * ref.Size, trunk.Dim(), ref.K}, theta, w, bias)
		if err != nil {
			t.Fatal(err)
		}
		u.fill(g.x, 2, 0)
		u.fill(w.value, 0.25, 0)
		u.fill(bias.value, 0.5, 0)
		for i := range ref.N {
			g.targets[i*ref.K+3*i%ref.K] = 1
		}
		if c.Mixed {
			m := newMixer(0.2, ref.N, len(g.x))
			copy(m.partner, ref.Partner)
			m.blend(ref.Lambda, g.x)
			m.blend(ref.Lambda, g.targets)
		}
		if err := g.run(); err != nil {
			t.Fatal(err)
		}
		worst := math.Max(c.W.worst(w.gradient), c.B.worst(bias.gradient))
		for i, p := range trunk.Params() {
			worst = math.Max(worst, c.Theta[i].worst(theta.gradient[p.Offset:p.Offset+p.Len]))
		}
		loss := math.Abs(g.loss/c.Loss - 1)
		t.Logf("%s: relative error of the loss %.1e, largest of the gradients %.1e", c.Spec.Label(), loss, worst)
		if !(loss <= 1e-5) || !(worst <= 1e-5) {
			t.Errorf("%s: loss %v, want %v; gradients off by %.1e", c.Spec.Label(), g.loss, c.Loss, worst)
		}
	}
}
