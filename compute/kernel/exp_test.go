package kernel

import (
	"math"
	"testing"

	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// expArguments covers the range densely, with every special value and both ends.
func expArguments() []float64 {
	x := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e-300, -1e-300, 709.78, 709.79, 710.5, 1e300, -745.13, -745.14, -746.5, -1e300, 0.5 * math.Ln2, -0.5 * math.Ln2}
	s := random.New("test exp")
	for i := 0; i < 40000; i++ {
		x = append(x, s.Uniform(-750, 712), s.Uniform(-2, 2), s.Uniform(-110, 95))
	}
	return x
}

// TestExpBits checks that the vectors give elementary.Exp to the bit at every level and
// length.
func TestExpBits(t *testing.T) {
	x := expArguments()
	single := make([]float32, len(x))
	for i, v := range x {
		single[i] = float32(v)
	}
	defer SetLevel(Level())
	for _, l := range Levels() {
		if err := SetLevel(l); err != nil {
			t.Fatal(err)
		}
		got, got32 := make([]float64, len(x)), make([]float32, len(x))
		ExpSlice64(got, x)
		ExpSlice(got32, single)
		for i, v := range x {
			if want := elementary.Exp(v); got[i] != want && !(math.IsNaN(want) && math.IsNaN(got[i])) {
				t.Fatalf("%v: float64 exp(%v) = %v, want %v", l, v, got[i], want)
			}
			if want := float32(elementary.Exp(float64(single[i]))); got32[i] != want && !(want != want && got32[i] != got32[i]) {
				t.Fatalf("%v: float32 exp(%v) = %v, want %v", l, single[i], got32[i], want)
			}
		}
		for n := 0; n < 40; n++ {
			in := append([]float64(nil), x[100:100+n]...)
			ExpSlice64(in, in)
			for i, v := range in {
				if v != elementary.Exp(x[100+i]) {
					t.Fatalf("%v: element %d of %d in place is %v", l, i, n, v)
				}
			}
		}
	}
}
