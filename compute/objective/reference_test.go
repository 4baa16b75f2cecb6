package objective

import (
	"math"
	"slices"
	"testing"

	"gorgonia.org/tensor"
)

// TestPyTorch holds loss and gradients with respect to features, weights and bias
// of every objective and every combination against PyTorch autograd in float64.
func TestPyTorch(t *testing.T) {
	for _, file := range []string{"reference.json", "mixed.json"} {
		t.Run(file, func(t *testing.T) { againstPyTorch(t, readProblem(t, file)) })
	}
}

func againstPyTorch(t *testing.T, p problem) {
	seen := map[string]bool{}
	for _, want := range p.Cases {
		t.Run(want.Spec.Label(), func(t *testing.T) {
			seen[want.Spec.name()] = true
			for _, precision := range []struct {
				dt        tensor.Dtype
				tolerance float64
			}{{tensor.Float64, 5e-14}, {tensor.Float32, 5e-6}} {
				got := p.evaluate(t, want.Spec, precision.dt, 1)
				errors := []float64{
					math.Abs(got.loss-want.Loss) / math.Abs(want.Loss),
					relative(got.dH, want.DH), relative(got.dW, want.DW), relative(got.dB, want.DB),
				}
				t.Logf("%v: relative error of loss, dH, dW, db: %.1e", precision.dt, errors)
				if worst := slices.Max(errors); !(worst <= precision.tolerance) {
					t.Errorf("%v: relative error %.1e, want at most %.0e", precision.dt, worst, precision.tolerance)
				}
			}
		})
	}
	for _, name := range Names() {
		if !seen[name] {
			t.Errorf("no reference for %s", name)
		}
		for _, second := range Names() {
			a, b := definitions[name], definitions[second]
			if c := (Spec{Name: name, With: second}); a.combines && b.second != "" && a != b && !seen[c.name()] {
				t.Errorf("no reference for %s", c.name())
			}
		}
	}
}

// TestFiniteDifferences checks the gradients against central differences of the
// objective's own value, which PyTorch's agreement alone would not: both could
// share a mistake in reading the equation, but not in differentiating it.
func TestFiniteDifferences(t *testing.T) {
	for _, file := range []string{"reference.json", "mixed.json"} {
		t.Run(file, func(t *testing.T) { finiteDifferences(t, readProblem(t, file)) })
	}
}

func finiteDifferences(t *testing.T, p problem) {
	for _, c := range p.Cases {
		t.Run(c.Spec.Label(), func(t *testing.T) {
			got := p.evaluate(t, c.Spec, tensor.Float64, 1)
			for _, wrt := range []struct {
				name  string
				x, dx []float64
			}{{"H", p.H, got.dH}, {"W", p.W, got.dW}, {"b", p.B, got.dB}} {
				numeric := make([]float64, len(wrt.x))
				const step = 1e-5
				for i, v := range wrt.x {
					wrt.x[i] = v + step
					up := p.evaluate(t, c.Spec, tensor.Float64, 1).loss
					wrt.x[i] = v - step
					down := p.evaluate(t, c.Spec, tensor.Float64, 1).loss
					wrt.x[i] = v
					numeric[i] = (up - down) / (2 * step)
				}
				if e := relative(wrt.dx, numeric); !(e <= 1e-6) {
					t.Errorf("gradient with respect to %s: relative error %.1e against finite differences", wrt.name, e)
				} else {
					t.Logf("%s: %.1e", wrt.name, e)
				}
			}
		})
	}
}

// TestLogitsAgree holds the plain-Go logits of evaluation to those in the graph.
func TestLogitsAgree(t *testing.T) {
	p := readReference(t)
	single := func(x []float64) []float32 {
		y := make([]float32, len(x))
		for i := range x {
			y[i] = float32(x[i])
		}
		return y
	}
	for _, c := range p.Cases {
		for i := range p.Mask {
			p.Mask[i] = 1 // evaluation keeps every feature
		}
		want := p.evaluate(t, c.Spec, tensor.Float64, 1).logits
		dst := make([]float32, p.N*p.K)
		zero, err := c.Spec.Logits(dst, single(p.H), p.N, p.D, single(p.W), single(p.B), p.K)
		if err != nil || zero != 0 {
			t.Fatal(c.Spec, zero, err)
		}
		got := make([]float64, len(dst))
		for i := range dst {
			got[i] = float64(dst[i])
		}
		if e := relative(got, want); !(e < 1e-6) {
			t.Errorf("%s: logits differ by %.1e", c.Spec.Label(), e)
		}
	}
}
