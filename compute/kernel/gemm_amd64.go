package kernel

import "unsafe"

// gemmArgs is what the assembly reads of a tile; strides are in bytes. The offsets
// are known to gen/gemm.go.
type gemmArgs struct {
	a           unsafe.Pointer
	aRow, aStep uintptr
	b           unsafe.Pointer
	bStep       uintptr
	c           unsafe.Pointer
	cRow        uintptr
	k           uintptr
	alpha       uint64 // bits of a float32 or float64
	add         uintptr
	height      uintptr
	vectors     uintptr
}

//go:noescape
func sgemmAVX512(a *gemmArgs)

//go:noescape
func dgemmAVX512(a *gemmArgs)

//go:noescape
func sgemmAVX2(a *gemmArgs)

//go:noescape
func dgemmAVX2(a *gemmArgs)

var (
	tallTiles = []int{14, 12, 10, 8, 6, 4, 2, 1}
	lowTiles  = []int{6, 4, 2, 1}
)

func init() {
	sgemmKernels[AVX512] = &microKernel[float32]{tallTiles, []int{32, 16}, func(h, w int, t *tile[float32]) {
		g := assemblyArgs(h, w, 16, t)
		sgemmAVX512(&g)
	}}
	dgemmKernels[AVX512] = &microKernel[float64]{tallTiles, []int{16, 8}, func(h, w int, t *tile[float64]) {
		g := assemblyArgs(h, w, 8, t)
		dgemmAVX512(&g)
	}}
	sgemmKernels[AVX2] = &microKernel[float32]{lowTiles, []int{16, 8}, func(h, w int, t *tile[float32]) {
		g := assemblyArgs(h, w, 8, t)
		sgemmAVX2(&g)
	}}
	dgemmKernels[AVX2] = &microKernel[float64]{lowTiles, []int{8, 4}, func(h, w int, t *tile[float64]) {
		g := assemblyArgs(h, w, 4, t)
		dgemmAVX2(&g)
	}}
}
