package objective

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"lossxfer-report/compute/objective/operation"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// The tests of this file hold what the package relies on of gorgonia. Each is a
// place where gorgonia gives wrong numbers without saying so, if it is used
// differently.

// TestMachineRunsAgain: one graph and one machine serve a whole run. Every run
// gives the same bits, and the inputs, which the caller owns, stay as they were
// although gorgonia works in place.
func TestMachineRunsAgain(t *testing.T) {
	p := readReference(t)
	for _, c := range p.Cases {
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			once, often := p.evaluate(t, c.Spec, dt, 1), p.evaluate(t, c.Spec, dt, 7)
			if fmt.Sprint(once) != fmt.Sprint(often) {
				t.Errorf("%s, %v: the seventh run differs from the first", c.Spec.Label(), dt)
			}
			if e := relative(often.hAfter, p.H) + relative(often.wAfter, p.W); e > 1e-7 {
				t.Errorf("%s, %v: an input was overwritten", c.Spec.Label(), dt)
			}
		}
	}
}

// TestConcurrentGraphs: graphs in many goroutines give the bits of one alone.
func TestConcurrentGraphs(t *testing.T) {
	p := readReference(t)
	var wg sync.WaitGroup
	for _, c := range p.Cases {
		want := fmt.Sprint(p.evaluate(t, c.Spec, tensor.Float32, 3))
		for range 3 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if got := fmt.Sprint(p.evaluate(t, c.Spec, tensor.Float32, 3)); got != want {
					t.Errorf("%s: other bits in a goroutine", c.Spec.Label())
				}
			}()
		}
	}
	wg.Wait()
}

// TestOutputKeptForDerivative: an operation owns its output buffer, and its
// derivative needs the output. A later in-place operation (here + 100) must not
// have changed it by then: the derivative declares it as an input.
func TestOutputKeptForDerivative(t *testing.T) {
	g := G.NewGraph()
	z := leaf(g, tensor.Float64, "z", 1, 3, []float64{1, 2, 3})
	y, err := operation.LogSoftmax(1, z)
	if err != nil {
		t.Fatal(err)
	}
	later := G.Must(G.Add(y, G.NewConstant(100.0)))
	weight := leaf(g, tensor.Float64, "weight", 1, 3, []float64{1, 0, 0})
	loss := G.Must(G.Sum(G.Must(G.HadamardProd(later, weight))))
	grads, err := G.Grad(loss, z)
	if err != nil {
		t.Fatal(err)
	}
	var d G.Value
	G.Read(grads[0], &d)
	if err := G.NewTapeMachine(g).RunAll(); err != nil {
		t.Fatal(err)
	}
	want := []float64{1 - 0.09003057317038046, -0.24472847105479767, -0.6652409557748219}
	if e := relative(floats(d), want); e > 1e-14 {
		t.Errorf("gradient %v, want %v", d.Data(), want)
	}
}

// TestNumbersKeepOperationsApart: gorgonia merges nodes whose operations hash
// alike, so operations of one graph carry different numbers.
func TestNumbersKeepOperationsApart(t *testing.T) {
	g := G.NewGraph()
	z := leaf(g, tensor.Float64, "z", 1, 2, []float64{1, 2})
	a, _ := operation.LogSoftmax(1, z)
	b, _ := operation.LogSoftmax(2, z)
	c, _ := operation.Softplus(1, z)
	if a == b || a == c {
		t.Error("operations were merged")
	}
}

// TestScalarConstantsStayApart: gorgonia merges constants by their printed form,
// which has to tell neighbouring float32 numbers apart.
func TestScalarConstantsStayApart(t *testing.T) {
	g := G.NewGraph()
	x := leaf(g, tensor.Float32, "x", 1, 1, []float64{1})
	f := &formula{Inputs: Inputs{H: x}, element: tensor.Float32}
	const c = 1 + 0x1p-23
	a, b := f.scale(1.5, x), f.scale(c*1.5, x)
	var av, bv G.Value
	G.Read(a, &av)
	G.Read(b, &bv)
	if f.err != nil {
		t.Fatal(f.err)
	}
	if err := G.NewTapeMachine(g).RunAll(); err != nil {
		t.Fatal(err)
	}
	if slices.Equal(floats(av), floats(bv)) {
		t.Errorf("both products are %v", floats(av))
	}
}

// TestColumnSum: the bias gradient is a sum over the first axis of a matrix, the
// only axis sum there is here. gorgonia's sum over an inner axis of a
// 4-dimensional tensor is wrong, so the graph sees matrices only.
func TestColumnSum(t *testing.T) {
	const n, k = 33, 17
	p := problem{N: n, D: 1, K: k, H: make([]float64, n), W: make([]float64, k), B: make([]float64, k), Labels: make([]int, n)}
	for i := range n {
		p.Labels[i] = (i * 7) % k
	}
	// With zero logits dz is 1/K - t, so the gradient of b_k is 1/K - (share of class k).
	got := p.evaluate(t, Spec{Name: "softmax"}, tensor.Float64, 1)
	want := make([]float64, k)
	for j := range want {
		want[j] = 1.0 / k
	}
	for _, l := range p.Labels {
		want[l] -= 1.0 / n
	}
	if e := relative(got.dB, want); e > 1e-14 {
		t.Errorf("bias gradient is off by %v", e)
	}
}
