package kernel

import "math"

// fma64 is math.FMA, several times faster where the CPU has no such instruction.
//
// The product is split exactly into high and low parts (Dekker and Veltkamp), the low
// part is added to z, the high part to that, both with their exact errors; the errors'
// sum, rounded to odd, decides the last rounding (Boldo and Melquiond, "Emulation of
// FMA and correctly rounded sums", 2008). The parts must not leave the exponents'
// range, so numbers far from one are left to math.FMA.
func fma64(x, y, z float64) float64 {
	if x == 0 || y == 0 {
		return float64(x*y) + z
	}
	if !moderate(x, 400) || !moderate(y, 400) || z != 0 && !moderate(z, 900) {
		return math.FMA(x, y, z)
	}
	const splitter = 1<<27 + 1
	t := float64(splitter * x)
	xh := t - (t - x)
	xl := x - xh
	t = float64(splitter * y)
	yh := t - (t - y)
	yl := y - yh
	ph := float64(x * y)
	pl := float64(xl*yl) - (((ph - float64(xh*yh)) - float64(xl*yh)) - float64(xh*yl))
	sh, sl := twoSum(z, pl)
	vh, vl := twoSum(ph, sh)
	return vh + sumToOdd(sl, vl)
}

// moderate says whether 2**-e <= |x| < 2**e.
func moderate(x float64, e uint64) bool {
	return math.Float64bits(x)>>52&0x7ff-(1023-e) < 2*e
}

// twoSum returns the rounded sum and its exact error (Knuth).
func twoSum(x, y float64) (sum, err float64) {
	sum = x + y
	t := sum - x
	return sum, (x - (sum - t)) + (y - t)
}

// sumToOdd returns x + y; if that is inexact, the neighbour of the exact value whose
// last bit is one. It remembers, for one more rounding to fewer digits, that and on
// which side the exact value was.
func sumToOdd(x, y float64) float64 {
	s, e := twoSum(x, y)
	bits := math.Float64bits(s)
	if e != 0 && bits&1 == 0 {
		if (e > 0) == (s > 0) {
			bits++
		} else {
			bits--
		}
	}
	return math.Float64frombits(bits)
}
