package kernel

import "math"

// The micro-kernels by instruction set; a set without its own uses plain Go.
var (
	sgemmKernels = [AVX512 + 1]*microKernel[float32]{Generic: {[]int{4, 2, 1}, []int{16}, genericTile(fma32)}}
	dgemmKernels = [AVX512 + 1]*microKernel[float64]{Generic: {[]int{4, 2, 1}, []int{16}, genericTile(math.FMA)}}
)

func pick[T float](kernels *[AVX512 + 1]*microKernel[T]) *microKernel[T] {
	if kr := kernels[level]; kr != nil {
		return kr
	}
	return kernels[Generic]
}
