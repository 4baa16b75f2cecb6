package kernel

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Softplus sets dst[i] = log(1 + e**x[i]), without overflow or cancellation at either
// end: max(x, 0) + log(1 + e**-|x|).
func Softplus(dst, x []float32) {
	overExp(dst, x, func(v, e float64) float64 { return max(v, 0) + elementary.Log1p(e) })
}

// Sigmoid sets dst[i] = 1/(1 + e**-x[i]), the derivative of Softplus. It divides by way
// of the exponential that cannot overflow, so that the small end keeps its digits.
func Sigmoid(dst, x []float32) {
	overExp(dst, x, func(v, e float64) float64 {
		if v < 0 {
			return e / (1 + e)
		}
		return 1 / (1 + e)
	})
}

// overExp sets dst[i] = f(x[i], e**-|x[i]|), with the exponentials computed many at a
// time.
func overExp(dst, x []float32, f func(v, e float64) float64) {
	sameLength(len(dst), len(x))
	var e [expChunk]float64
	for i := 0; i < len(x); i += expChunk {
		n := min(expChunk, len(x)-i)
		for j, v := range x[i : i+n] {
			e[j] = -math.Abs(float64(v))
		}
		ExpSlice64(e[:n], e[:n])
		for j := range n {
			dst[i+j] = float32(f(float64(x[i+j]), e[j]))
		}
	}
}
