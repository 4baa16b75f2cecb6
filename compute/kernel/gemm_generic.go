package kernel

import "math"

var (
	sgemmGeneric = microKernel[float32]{[]int{4, 2, 1}, []int{16}, genericTile(fma32)}
	dgemmGeneric = microKernel[float64]{[]int{4, 2, 1}, []int{16}, genericTile(math.FMA)}
)

func sgemmKernel() *microKernel[float32] { return &sgemmGeneric }
func dgemmKernel() *microKernel[float64] { return &dgemmGeneric }
