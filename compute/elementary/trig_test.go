package elementary_test

import (
	"math"
	"math/big"
	"testing"

	. "lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// exactSinCos sums the Taylor series with 400 bits after reducing by π with as
// many, so that it can judge the last bit.
func exactSinCos(x float64) (sin, cos *big.Float) {
	const prec = 400
	pi, _, _ := big.ParseFloat("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651328230664709384460955058223172535940812848111745", 10, prec, big.ToNearestEven)
	r := new(big.Float).SetPrec(prec).SetFloat64(x)
	two := new(big.Float).SetPrec(prec).Mul(pi, big.NewFloat(2))
	n, _ := new(big.Float).Quo(r, two).Int(nil)
	r.Sub(r, new(big.Float).SetPrec(prec).Mul(two, new(big.Float).SetInt(n)))
	term := new(big.Float).SetPrec(prec).SetInt64(1)
	sin, cos = new(big.Float).SetPrec(prec), new(big.Float).SetPrec(prec).SetInt64(1)
	for k := int64(1); k < 60; k++ {
		term.Mul(term, r).Quo(term, new(big.Float).SetInt64(k))
		signed := new(big.Float).Set(term)
		if k%4 >= 2 {
			signed.Neg(signed)
		}
		if k%2 == 1 {
			sin.Add(sin, signed)
		} else {
			cos.Add(cos, signed)
		}
	}
	return sin, cos
}

// ulps is the distance of got from want in units of got's last place.
func ulps(got float64, want *big.Float) float64 {
	d := new(big.Float).Sub(want, new(big.Float).SetFloat64(got))
	u := math.Nextafter(math.Abs(got), math.Inf(1)) - math.Abs(got)
	v, _ := d.Quo(d, big.NewFloat(u)).Float64()
	return math.Abs(v)
}

func TestSinCosAgainstExactValues(t *testing.T) {
	s := random.New("test/trig")
	check := func(x float64) {
		sin, cos := exactSinCos(x)
		if d := ulps(Sin(x), sin); d > 1 {
			t.Errorf("Sin(%v) = %v is %.2f ulp off", x, Sin(x), d)
		}
		if d := ulps(Cos(x), cos); d > 1 {
			t.Errorf("Cos(%v) = %v is %.2f ulp off", x, Cos(x), d)
		}
	}
	for i := 0; i < 2000; i++ {
		check(s.Uniform(-10, 10))
		check(s.Uniform(-MaxAngle, MaxAngle))
	}
	// The floats nearest to multiples of π/2 lose most digits in the reduction.
	for k := -200; k <= 200; k++ {
		x := float64(k) * (math.Pi / 2)
		check(x)
		check(math.Nextafter(x, math.Inf(1)))
		check(math.Nextafter(x, math.Inf(-1)))
	}
}

func TestSinCosAgainstMath(t *testing.T) {
	s := random.New("test/trig/math")
	for i := 0; i < 20000; i++ {
		x := s.Uniform(-7, 7)
		// The library is itself up to 1 ulp off, hence 2 between the two; the test
		// above judges the absolute error.
		for _, p := range [][2]float64{{Sin(x), math.Sin(x)}, {Cos(x), math.Cos(x)}} {
			u := math.Nextafter(math.Abs(p[1]), math.Inf(1)) - math.Abs(p[1])
			if math.Abs(p[0]-p[1]) > 2*u && math.Abs(p[0]-p[1]) > 0x1p-53 {
				t.Fatalf("at %v: %v, math says %v", x, p[0], p[1])
			}
		}
	}
}

func TestSinCosEdges(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 2 * MaxAngle} {
		if !math.IsNaN(Sin(x)) || !math.IsNaN(Cos(x)) {
			t.Errorf("Sin and Cos of %v should be NaN", x)
		}
	}
	if Sin(0) != 0 || Cos(0) != 1 {
		t.Error("Sin(0) = 0 and Cos(0) = 1")
	}
}
