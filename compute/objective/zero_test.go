package objective

import (
	"math"
	"testing"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// TestZeroFeatures: a zero feature vector has similarity 0 to every class, the
// gradient with respect to it is 0, and nothing becomes NaN. Dividing by the norm
// would give NaN.
func TestZeroFeatures(t *testing.T) {
	for _, s := range []Spec{
		{Name: "cosine_softmax", Tau: 0.05}, {Name: "logit_normalization", Tau: 0.04},
		{Name: "sigmoid", With: "cosine_softmax", Tau: 0.05}, {Name: "cosine_softmax", Tau: 0.05, With: "logit_normalization", WithTau: 0.04},
	} {
		p := readReference(t)
		clear(p.H[:p.D])
		clear(p.B) // so that logit normalisation sees a zero logit vector too
		got := p.evaluate(t, s, tensor.Float32, 2)
		for _, x := range [][]float64{{got.loss}, got.logits, got.dH, got.dW, got.dB} {
			for _, v := range x {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%s: %v", s.Name, x)
				}
			}
		}
		for k, z := range got.logits[:p.K] {
			if z != 0 {
				t.Errorf("%s: logit %d of a zero vector is %v", s.Name, k, z)
			}
		}
		for j, d := range got.dH[:p.D] {
			if d != 0 {
				t.Errorf("%s: gradient %d of a zero vector is %v", s.Name, j, d)
			}
		}
		dst := make([]float32, p.K)
		w := make([]float32, p.D*p.K)
		for i := range w {
			w[i] = float32(p.W[i])
		}
		zero, err := s.Logits(dst, make([]float32, p.D), 1, p.D, w, make([]float32, p.K), p.K)
		if err != nil || zero != 1 {
			t.Errorf("%s: %d zero vectors counted, %v", s.Name, zero, err)
		}
		for _, z := range dst {
			if z != 0 {
				t.Errorf("%s: logits of a zero vector are %v", s.Name, dst)
			}
		}
	}
}

// TestNaNStays: divergence has to reach the loss, whatever comparisons are made.
func TestNaNStays(t *testing.T) {
	for _, c := range readReference(t).Cases {
		p := readReference(t)
		p.H[3] = math.NaN()
		p.Mask[3] = 1
		if got := p.evaluate(t, c.Spec, tensor.Float32, 1); !math.IsNaN(got.loss) {
			t.Errorf("%s: loss %v of features with a NaN", c.Spec.Label(), got.loss)
		}
	}
}

// TestHugeLogits: no exponential overflows.
func TestHugeLogits(t *testing.T) {
	for _, name := range []string{"softmax", "sigmoid"} {
		p := readReference(t)
		for i := range p.W {
			p.W[i] *= 1e6
		}
		got := p.evaluate(t, Spec{Name: name}, tensor.Float32, 1)
		for _, x := range [][]float64{{got.loss}, got.dH, got.dW, got.dB} {
			for _, v := range x {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%s: %v", name, x)
				}
			}
		}
	}
}

// TestBuildErrors: wrong inputs are named when the graph is built.
func TestBuildErrors(t *testing.T) {
	g := G.NewGraph()
	m := func(name string, r, c int) *G.Node { return leaf(g, tensor.Float32, name, r, c, make([]float64, r*c)) }
	good := Inputs{H: m("H", 6, 5), W: m("W", 5, 4), B: m("b", 1, 4), T: m("T", 6, 4)}
	for name, c := range map[string]struct {
		spec Spec
		in   Inputs
	}{
		"unknown":  {Spec{Name: "x"}, good},
		"no H":     {Spec{Name: "softmax"}, Inputs{W: good.W, B: good.B, T: good.T}},
		"no T":     {Spec{Name: "softmax"}, Inputs{H: good.H, W: good.W, B: good.B}},
		"W shape":  {Spec{Name: "softmax"}, Inputs{H: good.H, W: m("W2", 6, 4), B: good.B, T: good.T}},
		"no mask":  {Spec{Name: "dropout", Keep: 0.5}, good},
		"elements": {Spec{Name: "softmax"}, Inputs{H: good.H, W: good.W, B: good.B, T: leaf(g, tensor.Float64, "T64", 6, 4, make([]float64, 24))}},
	} {
		if _, _, err := c.spec.Build(c.in); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			t.Log(err)
		}
	}
}
