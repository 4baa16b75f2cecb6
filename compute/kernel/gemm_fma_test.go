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
