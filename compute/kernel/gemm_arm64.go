package kernel

//go:noescape
func sgemmNEON(a *gemmArgs)

//go:noescape
func dgemmNEON(a *gemmArgs)

func init() {
	heights := []int{12, 8, 4, 2, 1}
	sgemmKernels[NEON] = &microKernel[float32]{heights: heights, widths: []int{8, 4}, lanes: 4, assembly: sgemmNEON}
	dgemmKernels[NEON] = &microKernel[float64]{heights: heights, widths: []int{4, 2}, lanes: 2, assembly: dgemmNEON}
}
