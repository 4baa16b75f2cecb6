package kernel

import (
	"math"
	"unsafe"
)

// expTable holds the constants of elementary.Exp, each filling a vector. The order is
// known to gen/exp.go.
type expTable [15][8]float64

var expConstants = func() (t expTable) {
	for i, c := range [...]float64{
		// Clamping bounds: beyond them the result is infinite or zero, and the
		// exponent of 2 would leave the range of its two factors.
		710, -746,
		math.Copysign(0, -1), 0.5,
		1.44269504088896338700e+00, 6.93147180369123816490e-01, 1.90821492927058770002e-10,
		1, 2, math.Float64frombits(1023),
		1.66666666666666657415e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05, -1.65339022054652515390e-06, 4.13813679705723846039e-08,
	} {
		for j := range t[i] {
			t[i][j] = c
		}
	}
	return t
}()

//go:noescape
func exp64AVX512(dst, x unsafe.Pointer, vectors int, table *expTable)

//go:noescape
func exp64AVX2(dst, x unsafe.Pointer, vectors int, table *expTable)

// expVectors computes the exponentials of as many leading elements as fill vectors and
// returns how many those are. dst and x have the same length.
func expVectors(dst, x []float64) int {
	kernel, lanes := exp64AVX512, 8
	switch level {
	case AVX2:
		kernel, lanes = exp64AVX2, 4
	case Generic:
		return 0
	}
	vectors := len(x) / lanes
	if vectors > 0 {
		kernel(unsafe.Pointer(&dst[0]), unsafe.Pointer(&x[0]), vectors, &expConstants)
	}
	return vectors * lanes
}
