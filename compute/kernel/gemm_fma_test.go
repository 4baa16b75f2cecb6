package kernel

import (
	"math"
	"math/big"
	"testing"

	"lossxfer-report/compute/random"
)

// exactFMA32 rounds the exact x·y + z once.
func exactFMA32(x, y, z float32) float32 {
	wide := func(v float32) *big.Float { return new(big.Float).SetPrec(700).SetFloat64(float64(v)) }
	sum := new(big.Float).SetPrec(700).Mul(wide(x), wide(y))
	r, _ := sum.Add(sum, wide(z)).Float32()
	return r
}

// TestFMA32 checks the multiply-add where double rounding would go wrong: sums near
// the midpoint of two float32, subnormal results, and exponents far apart.
func TestFMA32(t *testing.T) {
	s := random.New("test fma32")
	number := func() float32 {
		bits := uint32(s.Uint64())
		switch s.IntN(4) {
		case 0: // few significant digits: ties
			bits &= 0xffff8000
		case 1:
			bits &= 0xfff00000
		}
		exponent := uint32(64 + s.IntN(110))
		return math.Float32frombits(bits&^(0xff<<23) | exponent<<23)
	}
	wrong := 0
	for range 200000 {
		x, y, z := number(), number(), number()
		switch s.IntN(3) {
		case 0: // z just beside a midpoint of the product
			p := x * y
			z = p * float32(math.Ldexp(1, 24+s.IntN(3)-s.IntN(2)*50))
		case 1: // a subnormal result
			x *= float32(math.Ldexp(1, -40-s.IntN(40)))
			z = math.Float32frombits(uint32(s.Uint64()) & 0x80ffffff)
		}
		if math.IsInf(float64(z), 0) || math.IsInf(float64(x), 0) {
			continue
		}
		want := exactFMA32(x, y, z)
		if got := fma32(x, y, z); got != want {
			t.Fatalf("fma32(%v, %v, %v) = %v, want %v", x, y, z, got, want)
		}
		if float32(float64(x)*float64(y)+float64(z)) != want {
			wrong++
		}
	}
	if wrong < 20 {
		t.Errorf("only %d cases would catch rounding twice", wrong)
	}
}

// TestFMA64 compares the emulation with math.FMA, where the exponents are moderate and
// where they are not.
func TestFMA64(t *testing.T) {
	s := random.New("test fma64")
	number := func(spread int) float64 {
		bits := s.Uint64()
		if s.IntN(2) == 0 {
			bits &= 0xffffffff << 32 // few digits: ties
		}
		return math.Float64frombits(bits&^(0x7ff<<52) | uint64(1023-spread+s.IntN(2*spread))<<52)
	}
	check := func(x, y, z float64) {
		if got, want := fma64(x, y, z), math.FMA(x, y, z); !sameNumber(got, want) {
			t.Fatalf("fma64(%v, %v, %v) = %v, want %v", x, y, z, got, want)
		}
	}
	for range 200000 {
		spread := []int{3, 60, 405, 1022}[s.IntN(4)]
		x, y := number(spread), number(spread)
		check(x, y, number(spread))
		p := x * y
		check(x, y, -p)
		check(x, y, math.Nextafter(-p, 0))
		check(x, y, p*0x1p53)
		check(x, y, p*0x1p-53)
		check(x, y, p*-1.5*0x1p52)
	}
	hard := []float64{0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, 1e-310, 1e308, -1e308}
	for _, x := range hard {
		for _, y := range hard {
			for _, z := range hard {
				check(x, y, z)
			}
		}
	}
}
