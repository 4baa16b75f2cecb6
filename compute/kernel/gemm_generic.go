package kernel

import "math"

// The micro-kernels by instruction set; a set without its own uses plain Go.
var (
	sgemmKernels = [AVX512 + 1]*microKernel[float32]{Generic: {heights: []int{1}, widths: []int{16}, masked: true, fma: fma32}}
	dgemmKernels = [AVX512 + 1]*microKernel[float64]{Generic: {heights: []int{1}, widths: []int{16}, masked: true, fma: math.FMA}}
)

func pick[T float](kernels *[AVX512 + 1]*microKernel[T]) *microKernel[T] {
	if kr := kernels[level]; kr != nil {
		return kr
	}
	return kernels[Generic]
}
