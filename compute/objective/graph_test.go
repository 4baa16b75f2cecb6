package objective

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// problem is one batch for an objective, in float64; without T, targets are one-hot
// from Labels.
type problem struct {
	N, D, K       int
	H, W, B, Mask []float64
	T             []float64
	Labels        []int
	Cases         []reference
}

// reference is what PyTorch computed for one spec.
type reference struct {
	Spec       Spec
	Loss       float64
	DH, DW, DB []float64
}

func readReference(t *testing.T) problem {
	t.Helper()
	return readProblem(t, "reference.json")
}

func readProblem(t *testing.T, name string) problem {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var p problem
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p problem) targets() []float64 {
	if p.T != nil {
		return p.T
	}
	t := make([]float64, p.N*p.K)
	for i, k := range p.Labels {
		t[i*p.K+k] = 1
	}
	return t
}

// leaf is an input node holding a copy of values in the given precision.
func leaf(g *G.ExprGraph, dt tensor.Dtype, name string, rows, columns int, values []float64) *G.Node {
	var backing any = append([]float64(nil), values...)
	if dt == tensor.Float32 {
		f := make([]float32, len(values))
		for i, v := range values {
			f[i] = float32(v)
		}
		backing = f
	}
	v := tensor.New(tensor.WithShape(rows, columns), tensor.WithBacking(backing))
	return G.NewMatrix(g, dt, G.WithShape(rows, columns), G.WithName(name), G.WithValue(v))
}

func floats(v G.Value) []float64 {
	switch d := v.Data().(type) {
	case []float64:
		return append([]float64(nil), d...)
	case []float32:
		out := make([]float64, len(d))
		for i := range d {
			out[i] = float64(d[i])
		}
		return out
	case float64:
		return []float64{d}
	case float32:
		return []float64{float64(d)}
	}
	panic("not floats")
}

// result is what one run of a graph gives.
type result struct {
	loss           float64
	logits         []float64
	dH, dW, dB     []float64
	hAfter, wAfter []float64 // the inputs as the run left them
}

// evaluate builds the objective, runs it `runs` times on one machine and returns
// the last run's loss, logits and gradients.
func (p problem) evaluate(t *testing.T, s Spec, dt tensor.Dtype, runs int) result {
	t.Helper()
	g := G.NewGraph()
	in := Inputs{
		H: leaf(g, dt, "H", p.N, p.D, p.H), W: leaf(g, dt, "W", p.D, p.K, p.W),
		B: leaf(g, dt, "b", 1, p.K, p.B), T: leaf(g, dt, "T", p.N, p.K, p.targets()),
	}
	if s.Keep > 0 {
		in.Mask = leaf(g, dt, "mask", p.N, p.D, p.Mask)
	}
	loss, logits, err := s.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	var lossValue, logitsValue G.Value
	G.Read(loss, &lossValue)
	G.Read(logits, &logitsValue)
	grads, err := G.Grad(loss, in.H, in.W, in.B)
	if err != nil {
		t.Fatal(err)
	}
	values := make([]G.Value, 3)
	for i, d := range grads {
		G.Read(d, &values[i])
	}
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	for range runs {
		if err := vm.RunAll(); err != nil {
			t.Fatal(err)
		}
		vm.Reset()
	}
	return result{
		loss: floats(lossValue)[0], logits: floats(logitsValue),
		dH: floats(values[0]), dW: floats(values[1]), dB: floats(values[2]),
		hAfter: floats(in.H.Value()), wAfter: floats(in.W.Value()),
	}
}

// relative is ‖got - want‖ / ‖want‖, infinite if shapes differ or a value is NaN.
func relative(got, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	num, den := 0.0, 0.0
	for i := range got {
		if math.IsNaN(got[i]) {
			return math.Inf(1)
		}
		num += (got[i] - want[i]) * (got[i] - want[i])
		den += want[i] * want[i]
	}
	if den == 0 {
		return math.Sqrt(num)
	}
	return math.Sqrt(num / den)
}
