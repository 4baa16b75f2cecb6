package train

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// TestOptimiserAgainstPyTorch: steps of SGD with Nesterov momentum, weight decay
// on some parameters only, gradient clipping and an average of the weights.
func TestOptimiserAgainstPyTorch(t *testing.T) {
	var ref struct {
		Rates                           []float64
		Momentum, WeightDecay, ClipNorm float64
		AverageMomentum                 float64
		Start, Plain                    []float64 // with and without weight decay
		Gradients, PlainGradients       [][]float64
		End, PlainEnd, Average          []float64
	}
	b, err := os.ReadFile("testdata/optimiser.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &ref); err != nil {
		t.Fatal(err)
	}
	decayed, plain := newParameters(len(ref.Start), true), newParameters(len(ref.Plain), false)
	set := func(dst []float32, src []float64) {
		for i := range dst {
			dst[i] = float32(src[i])
		}
	}
	set(decayed.value, ref.Start)
	set(plain.value, ref.Plain)
	decayed.startAverage()
	decayed.decay = []span{{0, 2}, {2, len(ref.Start)}}
	for i, rate := range ref.Rates {
		set(decayed.gradient, ref.Gradients[i])
		set(plain.gradient, ref.PlainGradients[i])
		scale := clipScale(ref.ClipNorm, []*parameters{decayed, plain})
		decayed.step(rate, ref.Momentum, ref.WeightDecay, scale)
		plain.step(rate, ref.Momentum, ref.WeightDecay, scale)
		updateAverage(&decayed.descent, decayed.average, decayed.value, ref.AverageMomentum)
	}
	for name, c := range map[string]struct {
		got  []float32
		want []float64
	}{"decayed": {decayed.value, ref.End}, "plain": {plain.value, ref.PlainEnd}, "average": {decayed.average, ref.Average}} {
		for i, v := range c.got {
			if math.Abs(float64(v)-c.want[i]) > 2e-6*(1+math.Abs(c.want[i])) {
				t.Errorf("%s[%d] = %v, want %v", name, i, v, c.want[i])
			}
		}
	}
}

// TestDecaySpans: weight decay touches the spans and nothing between them.
func TestDecaySpans(t *testing.T) {
	p := newParameters(6, false)
	for i := range p.value {
		p.value[i] = 1
	}
	p.decay = []span{{1, 2}, {4, 6}}
	p.step(1, 0, 0.5, 1)
	for i, want := range []float32{1, 0.5, 1, 1, 0.5, 0.5} {
		if p.value[i] != want {
			t.Errorf("element %d is %v, want %v", i, p.value[i], want)
		}
	}
}

func TestFinite(t *testing.T) {
	if !finite([]float32{0, -1, math.MaxFloat32}) || finite([]float32{1, float32(math.NaN())}) || finite([]float32{float32(math.Inf(-1))}) {
		t.Error("finite is wrong")
	}
}
