package kernel

import (
	"fmt"

	"lossxfer-report/compute/elementary"
)

// The float32 functions of this file compute in float64 by package elementary and
// round once, so each is within 0.501 ulp of the exact value; the float64 functions
// are elementary's, bit for bit. dst may be x itself; otherwise the two must not
// overlap, and both must have the same length.

// ExpSlice sets dst[i] = e**x[i].
func ExpSlice(dst, x []float32) {
	sameLength(len(dst), len(x))
	for i := expVectors(dst, x); i < len(x); i++ {
		dst[i] = float32(elementary.Exp(float64(x[i])))
	}
}

// ExpSlice64 sets dst[i] = e**x[i].
func ExpSlice64(dst, x []float64) {
	sameLength(len(dst), len(x))
	for i := expVectors64(dst, x); i < len(x); i++ {
		dst[i] = elementary.Exp(x[i])
	}
}

// LogSlice sets dst[i] = log x[i].
func LogSlice(dst, x []float32) {
	sameLength(len(dst), len(x))
	for i, v := range x {
		dst[i] = float32(elementary.Log(float64(v)))
	}
}

// expChunk is how many exponentials wait on the stack for the next operation.
const expChunk = 256

func sameLength(dst, x int) {
	if dst != x {
		panic(fmt.Sprintf("kernel: destination has %d elements, source %d", dst, x))
	}
}
