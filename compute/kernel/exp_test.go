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
	atLevels(t, func(t *testing.T, l Instructions) {
		got, got32 := make([]float64, len(x)), make([]float32, len(x))
		ExpSlice64(got, x)
		ExpSlice(got32, single)
		for i, v := range x {
			if want := elementary.Exp(v); !sameNumber(got[i], want) {
				t.Fatalf("%v: float64 exp(%v) = %v, want %v", l, v, got[i], want)
			}
			if want := float32(elementary.Exp(float64(single[i]))); !sameNumber(got32[i], want) {
				t.Fatalf("%v: float32 exp(%v) = %v, want %v", l, single[i], got32[i], want)
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

// TestVectorUlps measures the float32 functions on a dense sample against package math
// in float64, whose error is a billionth of a float32's last digit.
func TestVectorUlps(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(dst, x []float32)
		exact  func(x float64) float64
		lo, hi float64
	}{
		{"exp", ExpSlice, math.Exp, -103.9, 88.7},
		{"log", LogSlice, math.Log, 1e-38, 50},
		{"softplus", Softplus, func(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }, -100, 100},
		{"sigmoid", Sigmoid, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, -87, 20},
	} {
		const n = 50001
		x, got := make([]float32, n), make([]float32, n)
		for i := range x {
			x[i] = float32(c.lo + (c.hi-c.lo)*float64(i)/(n-1))
		}
		c.f(got, x)
		worst, at := 0.0, float32(0)
		for i, v := range x {
			want := c.exact(float64(v))
			up := math.Nextafter32(float32(math.Abs(want)), math.MaxFloat32)
			u := math.Abs(float64(got[i])-want) / float64(up-float32(math.Abs(want)))
			if !(u <= worst) {
				worst, at = u, v
			}
		}
		t.Logf("%s: at most %.4f ulp, at %v", c.name, worst, at)
		if !(worst <= 0.501) {
			t.Errorf("%s: %.4f ulp at %v", c.name, worst, at)
		}
	}
}

func BenchmarkExp(b *testing.B) {
	x, dst := make([]float64, 4096), make([]float64, 4096)
	single, dst32 := make([]float32, 4096), make([]float32, 4096)
	for i := range x {
		x[i] = float64(i-2048) / 100
		single[i] = float32(x[i])
	}
	for name, f := range map[string]func(){
		"exp64":    func() { ExpSlice64(dst, x) },
		"exp32":    func() { ExpSlice(dst32, single) },
		"log32":    func() { LogSlice(dst32, single) },
		"softplus": func() { Softplus(dst32, single) },
		"softmax":  func() { Softmax64(dst, nil, x, 64, 64) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/4096, "ns/element")
		})
	}
}
