package kernel

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
	sgemmKernels[AVX512] = &microKernel[float32]{heights: tallTiles, widths: []int{32}, masked: true, lanes: 16, assembly: sgemmAVX512}
	dgemmKernels[AVX512] = &microKernel[float64]{heights: tallTiles, widths: []int{16}, masked: true, lanes: 8, assembly: dgemmAVX512}
	sgemmKernels[AVX2] = &microKernel[float32]{heights: lowTiles, widths: []int{16, 8}, lanes: 8, assembly: sgemmAVX2}
	dgemmKernels[AVX2] = &microKernel[float64]{heights: lowTiles, widths: []int{8, 4}, lanes: 4, assembly: dgemmAVX2}
}
