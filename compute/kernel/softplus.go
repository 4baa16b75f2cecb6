package kernel

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Softplus sets dst[i] = log(1 + e**x[i]), without overflow or cancellation at either
// end.
func Softplus(dst, x []float32) {
	sameLength(len(dst), len(x))
	for i, v := range x {
		dst[i] = float32(softplus(float64(v)))
	}
}

// softplus is max(x, 0) + log(1 + e**-|x|).
func softplus(x float64) float64 {
	tail := elementary.Log1p(elementary.Exp(-math.Abs(x)))
	if x > 0 {
		return x + tail
	}
	return tail
}

// Sigmoid sets dst[i] = 1/(1 + e**-x[i]), the derivative of Softplus.
func Sigmoid(dst, x []float32) {
	sameLength(len(dst), len(x))
	for i, v := range x {
		dst[i] = float32(sigmoid(float64(v)))
	}
}

// sigmoid uses the exponential that cannot overflow, so that the small end keeps its
// relative accuracy.
func sigmoid(x float64) float64 {
	e := elementary.Exp(-math.Abs(x))
	if x < 0 {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}
