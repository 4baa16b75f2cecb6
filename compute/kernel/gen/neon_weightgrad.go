package main

import "fmt"

// weightGradARM64 writes the weight-gradient tiles, in blocks of rows weights by nv
// vectors: 16 or 24 accumulators.
func weightGradARM64(a *asm) {
	for _, t := range gradTiles {
		rows, nv := 4, 4
		if t.height%8 == 0 {
			rows, nv = 8, 2
			if t.vectors == 3 {
				nv = 3
			}
		}
		a.neonBegin(fmt.Sprintf("grad%dx%d", t.height, t.vectors), "gradArgs")
		a.p("\tMOVD %d(R0), R3\n\tMOVD %d(R0), R4\n\tMOVD %d(R0), R5", gradXStep, gradDYStep, gradOutRow)
		a.p("\tMOVD %d(R0), R6\n\tMOVD %d(R0), R7\n\tMOVD %d(R0), R8\n\tMOVD %d(R0), R9", gradXRow, gradDYRow, gradXImage, gradDYImage)
		block := 0
		for row := 0; row < t.height; row += rows {
			for at := 0; at < t.vectors*vectorBytes; at += nv * neonBytes {
				a.neonGradBlock(row, at, rows, nv, fmt.Sprintf("b%d", block))
				block++
			}
		}
		a.p("\tRET\n")
	}
}

func (a *asm) neonGradBlock(row, at, rows, nv int, label string) {
	x, dy := rows*nv, rows*nv+rows/neonLanes
	out := func() {
		a.p("\tMOVD %d(R0), R14\n\tADD $%d, R14", gradOut, at)
		if row > 0 {
			a.p("\tMOVD $%d, R13\n\tMUL R5, R13\n\tADD R13, R14", row)
		}
	}
	out()
	a.neonMove("VLD1", "R14", "R5", rows, nv)
	a.p("\tMOVD %d(R0), R1\n\tADD $%d, R1\n\tMOVD %d(R0), R2\n\tADD $%d, R2\n\tMOVD %d(R0), R10", gradX, row*floatBytes, gradDY, at, gradImages)
	a.label("%s_image", label)
	a.p("\tMOVD %d(R0), R11", gradRows)
	a.label("%s_row", label)
	a.p("\tMOVD %d(R0), R12", gradColumns)
	a.label("%s_pixel", label)
	a.p("\tVLD1.P (R1)(R3), %s\n\tVLD1.P (R2)(R4), %s", list(x, rows/neonLanes), list(dy, nv))
	for r := 0; r < rows; r++ {
		for v := 0; v < nv; v++ {
			a.fmlaLane(x+r/neonLanes, r%neonLanes, dy+v, r*nv+v)
		}
	}
	a.p("\tSUBS $1, R12\n\tBNE %s_pixel\n\tADD R6, R1\n\tADD R7, R2", label)
	a.p("\tSUBS $1, R11\n\tBNE %s_row\n\tADD R8, R1\n\tADD R9, R2", label)
	a.p("\tSUBS $1, R10\n\tBNE %s_image", label)
	out()
	a.neonMove("VST1", "R14", "R5", rows, nv)
}
