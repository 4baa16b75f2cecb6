package main

import "fmt"

// neonVectors is how many vectors of channels one pass of a tile takes: with 7 pixels
// 14 accumulators, 7 pixels' inputs and 2 weights; with 4 pixels 16, 4 and 4.
func neonVectors(per int) int {
	if per == 7 {
		return 2
	}
	return 4
}

// convARM64 writes the convolution tiles: half by half, as many channels at a time as
// the registers take.
func convARM64(a *asm) {
	for _, t := range convTiles {
		nv := neonVectors(t.per)
		a.neonBegin(fmt.Sprintf("conv%dx%d", t.per, t.vectors), "convArgs")
		for half := 0; half < 2; half++ {
			at := fmt.Sprintf("h%d", half)
			a.p("\tMOVD $0, R15")
			a.label("%s_pass", at)
			a.neonConvPass(t, half, nv, at)
			a.p("\tADD $%d, R15\n\tCMP $%d, R15\n\tBNE %s_pass", nv*neonBytes, t.vectors*vectorBytes, at)
		}
		a.p("\tRET\n")
	}
}

// neonConvPass computes nv vectors of channels of one half. R15 is the channels'
// offset in bytes.
func (a *asm) neonConvPass(t convTile, half, nv int, at string) {
	a.p("\tMOVD %d(R0), R16\n\tADD R15, R16\n\tMOVD %d(R0), R17", convY+8*half, convYStep)
	a.p("\tMOVD %d(R0), R9\n\tCBZ R9, %s_zero\n\tMOVD R16, R9", convAdd, at)
	a.neonMove("VLD1", "R9", "R17", t.per, nv)
	a.p("\tB %s_start", at)
	a.label("%s_zero", at)
	a.neonZero(0, t.per*nv)
	a.label("%s_start", at)
	a.p("\tMOVD %d(R0), R10\n\tMOVD %d(R0), R11\n\tMOVD %d(R0), R12\n\tMOVD $%d, R14", convTaps, convCount, convXStep, t.vectors*vectorBytes)
	a.label("%s_tap", at)
	a.p("\tMOVD %d(R0), R1\n\tMOVD %d(R10), R9\n\tADD R9, R1", convX+8*half, tapX)
	for i := 1; i < t.per; i++ {
		a.p("\tADD R12, R%d, R%d", i, i+1)
	}
	a.p("\tMOVD %d(R0), R8\n\tMOVD %d(R10), R9\n\tADD R9, R8\n\tADD R15, R8\n\tMOVD %d(R0), R13\n\tMOVD %d(R10), R9", convW, tapW, convDepth, tapSkip)
	for skip := 1; skip < skipKinds; skip++ {
		a.p("\tCMP $%d, R9\n\tBEQ %s_skip%d", skip, at, skip)
	}
	for skip := 0; skip < skipKinds; skip++ {
		a.label("%s_skip%d", at, skip)
		a.neonDepth(t.per, nv, func(i int) bool { return skipped(skip, half, i, t.per) })
		a.p("\tSUBS $%d, R13\n\tBNE %s_skip%d", convUnroll, at, skip)
		if skip < skipKinds-1 {
			a.p("\tB %s_next", at)
		}
	}
	a.label("%s_next", at)
	a.p("\tADD $%d, R10\n\tSUBS $1, R11\n\tBNE %s_tap\n\tMOVD R16, R9", tapSize, at)
	a.neonMove("VST1", "R9", "R17", t.per, nv)
}

// neonDepth is the body of the loop over source channels: four channels of each pixel
// in one vector, whose lanes multiply the weights of one channel after the other. R1
// and on point to the pixels, R8 to the weights, R14 bytes apart.
func (a *asm) neonDepth(per, nv int, skip func(i int) bool) {
	x, w := per*nv, per*nv+per
	for i := 0; i < per; i++ {
		if !skip(i) {
			a.p("\tVLD1.P 16(R%d), [V%d.S4]", i+1, x+i)
		}
	}
	for u := 0; u < convUnroll; u++ {
		a.p("\tVLD1.P (R8)(R14), %s", list(w, nv))
		for i := 0; i < per; i++ {
			for v := 0; v < nv && !skip(i); v++ {
				a.fmlaLane(x+i, u, w+v, i*nv+v)
			}
		}
	}
}
