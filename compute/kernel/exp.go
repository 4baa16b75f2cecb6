package kernel

import (
	"fmt"

	"lossxfer-report/compute/elementary"
)

// ExpSlice64 sets dst[i] = e**x[i], elementary.Exp bit for bit. dst may be x itself;
// otherwise the two must not overlap, and both must have the same length.
func ExpSlice64(dst, x []float64) {
	if len(dst) != len(x) {
		panic(fmt.Sprintf("kernel: destination has %d elements, source %d", len(dst), len(x)))
	}
	for i := expVectors(dst, x); i < len(x); i++ {
		dst[i] = elementary.Exp(x[i])
	}
}

// expChunk is how many exponentials wait on the stack for the next operation.
const expChunk = 256
