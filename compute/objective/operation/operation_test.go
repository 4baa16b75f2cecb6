package operation

import (
	"math"
	"strings"
	"testing"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// TestShapesAreChecked: a wrong input is an error, when the graph is built or
// when it runs, and names the operation.
func TestShapesAreChecked(t *testing.T) {
	double := func(out []float64, in [][]float64) error { copy(out, in[0]); return nil }
	o := New("copy", 1, []tensor.Shape{{2, 3}}, tensor.Shape{2, 3}, nil, double, nil, nil)
	g := G.NewGraph()
	wrong := G.NewMatrix(g, tensor.Float64, G.WithShape(3, 2), G.WithName("wrong"))
	if _, err := G.ApplyOp(o, wrong); err == nil || !strings.Contains(err.Error(), "copy") {
		t.Errorf("a 3×2 input: %v", err)
	}
	for name, v := range map[string][]G.Value{
		"count":     {},
		"size":      {tensor.New(tensor.WithShape(2), tensor.WithBacking([]float64{1, 2}))},
		"precision": {tensor.New(tensor.WithShape(2, 3), tensor.WithBacking(make([]float32, 6)))},
		"integers":  {tensor.New(tensor.WithShape(2, 3), tensor.WithBacking(make([]int, 6)))},
	} {
		if _, err := o.Do(v...); err == nil || !strings.Contains(err.Error(), "copy") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.SymDiff(nil, nil, nil); err == nil {
		t.Error("an operation without derivative was differentiated")
	}
}

func TestSoftplusKeepsSmallValues(t *testing.T) {
	out := make([]float64, 3)
	if err := softplus(out, [][]float64{{-40, 0, 800}}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{4.248354255291589e-18, math.Ln2, 800} {
		if math.Abs(out[i]/want-1) > 1e-15 {
			t.Errorf("element %d: %v, want %v", i, out[i], want)
		}
	}
}

func TestIsZero(t *testing.T) {
	for _, c := range []struct {
		x    []float32
		want bool
	}{{[]float32{0, 0}, true}, {[]float32{0, 1e-13}, true}, {[]float32{0, 1e-11}, false}, {[]float32{float32(math.NaN())}, false}} {
		if got := IsZero(c.x); got != c.want {
			t.Errorf("IsZero(%v) = %v", c.x, got)
		}
	}
}
