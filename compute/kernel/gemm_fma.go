package kernel

import "math"

// fma32 returns x·y + z rounded once to float32, exactly what a fused multiply-add
// instruction gives, on a CPU that has none.
//
// The product of two float32 is exact in float64. The float64 sum is not, and
// rounding it again to float32 may round twice in the same direction. That can only
// happen where the float64 sum lies exactly on the midpoint of two float32 (or the
// result is subnormal, where midpoints lie elsewhere): there the sum is first rounded
// to odd, which remembers on which side of the midpoint the exact value was (Boldo
// and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
func fma32(x, y, z float32) float32 {
	p := float64(float64(x) * float64(y)) // exact
	s := p + float64(z)
	bits := math.Float64bits(s)
	if bits&(1<<29-1) != 1<<28 && bits&(1<<63-1) >= minNormal32 {
		return float32(s)
	}
	return roundSum(p, float64(z), s)
}

// minNormal32 is the bit pattern, as a float64, of the smallest normal float32, doubled
// so that no rounding can carry a smaller sum across.
const minNormal32 = (1023 - 125) << 52

// roundSum returns p + z rounded once to float32, where s is the sum rounded to
// float64.
func roundSum(p, z, s float64) float32 {
	if math.IsNaN(s) || math.IsInf(s, 0) {
		return float32(s)
	}
	// Two-sum: e is the exact error of s (Knuth).
	t := s - p
	e := (p - (s - t)) + (z - t)
	bits := math.Float64bits(s)
	if e != 0 && bits&1 == 0 {
		// An inexact sum with an even last bit: move to the odd neighbour on the
		// side of the exact value.
		if (e > 0) == (s > 0) {
			bits++
		} else {
			bits--
		}
	}
	return float32(math.Float64frombits(bits))
}
