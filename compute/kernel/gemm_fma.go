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
	if certain(s) {
		return float32(s)
	}
	return roundSum(p, float64(z), s)
}

// certain says that rounding s to float32 gives the same as rounding the exact value
// that s is the float64 of: s is no midpoint and its float32 is normal or zero. A zero
// is always exact, for float64 has room for the smallest product of two float32.
func certain(s float64) bool {
	bits := math.Float64bits(s)
	return bits&(1<<29-1) != 1<<28 && bits&(1<<63-1) >= minNormal32 || s == 0
}

// minNormal32 is the bit pattern, as a float64, of twice the smallest normal float32: no
// rounding can carry a smaller sum across.
const minNormal32 = (1023 - 125) << 52

// roundSum returns p + z rounded once to float32, where s is the sum rounded to
// float64.
func roundSum(p, z, s float64) float32 {
	if math.IsNaN(s) || math.IsInf(s, 0) {
		return float32(s)
	}
	return float32(sumToOdd(p, z))
}
