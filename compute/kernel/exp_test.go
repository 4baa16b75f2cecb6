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
	atLevels(t, func(t *testing.T, l Instructions) {
		got := make([]float64, len(x))
		ExpSlice64(got, x)
		for i, v := range x {
			if want := elementary.Exp(v); !sameNumber(got[i], want) {
				t.Fatalf("%v: exp(%v) = %v, want %v", l, v, got[i], want)
			}
		}
		for n := range 40 {
			in := append([]float64(nil), x[100:100+n]...)
			ExpSlice64(in, in)
			for i, v := range in {
				if v != elementary.Exp(x[100+i]) {
					t.Fatalf("%v: element %d of %d in place is %v", l, i, n, v)
				}
			}
		}
	})
}

func BenchmarkExp(b *testing.B) {
	x, dst := make([]float64, 4096), make([]float64, 4096)
	for i := range x {
		x[i] = float64(i-2048) / 100
	}
	for name, f := range map[string]func(){
		"exp":     func() { ExpSlice64(dst, x) },
		"softmax": func() { Softmax64(dst, nil, x, 64, 64) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/4096, "ns/element")
		})
	}
}
