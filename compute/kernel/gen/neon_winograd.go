package main

import "fmt"

// winogradARM64 writes the pieces of Winograd's algorithm for arm64.
func winogradARM64(a *asm) {
	a.neonWinoInput()
	a.neonTransform("winoOut", neonWinoOutput)
	a.neonTransform("winoGrad", neonWinoGradient)
	for _, vectors := range []int{1, 2} {
		a.neonWinoProduct(vectors)
	}
}

// neonTransform wraps the body into loops over the tiles of a row and the four vectors
// of 16 channels: R1 source, R2 destination, R3 bytes between rows, R4 between
// columns, R5 between points.
func (a *asm) neonTransform(name string, body func(a *asm)) {
	a.neonBegin(name, "winoArgs")
	a.p("\tMOVD %d(R0), R3\n\tMOVD %d(R0), R4\n\tMOVD %d(R0), R5\n\tMOVD %d(R0), R8\n\tMOVD $0, R15", winoRow, winoColumn, winoPoint, winoAdd)
	a.label("part")
	a.p("\tMOVD %d(R0), R1\n\tMOVD %d(R0), R2\n\tMOVD %d(R0), R6\n\tADD R15, R1\n\tADD R15, R2", winoSrc, winoDst, winoTiles)
	a.label("tile")
	body(a)
	a.p("\tSUBS $1, R6\n\tBNE tile\n\tADD $%d, R15\n\tCMP $%d, R15\n\tBNE part\n\tRET\n", neonBytes, vectorBytes)
}

// neonGrid loads rows×columns vectors into registers first, row by row; R9 and R10
// walk.
func (a *asm) neonGrid(first, rows, columns int, rowStep, columnStep string) {
	a.p("\tMOVD R1, R9")
	for r := 0; r < rows; r++ {
		a.p("\tMOVD R9, R10")
		for c := 0; c < columns; c++ {
			a.p("\tVLD1.P (R10)(%s), %s", columnStep, list(first+r*columns+c, 1))
		}
		if r < rows-1 {
			a.p("\tADD %s, R9", rowStep)
		}
	}
}

// neonWinoInput writes the transform of a row of tiles: R1, R3, R7 and R11 point to
// the second column of a tile in its four rows.
func (a *asm) neonWinoInput() {
	a.neonBegin("winoIn", "winoArgs")
	a.p("\tMOVD %d(R0), R4\n\tMOVD %d(R0), R5\n\tMOVD $0, R15", winoColumn, winoPoint)
	a.label("part")
	for k, r := range neonWinoRows {
		a.p("\tMOVD %d(R0), %[2]s\n\tADD R15, %[2]s", winoRows+8*k, r)
	}
	a.p("\tMOVD %d(R0), R2\n\tADD R15, R2\n\tMOVD %d(R0), R6\n\tSUB $2, R6", winoDst, winoTiles)
	a.neonInputTile(0)
	a.label("tile")
	a.neonInputTile(-1)
	a.p("\tSUBS $1, R6\n\tBNE tile")
	a.neonInputTile(3)
	a.p("\tADD $%d, R15\n\tCMP $%d, R15\n\tBNE part\n\tRET\n", neonBytes, vectorBytes)
}

var neonWinoRows = [4]string{"R1", "R3", "R7", "R11"}

// neonInputTile transforms a tile whose column outside is beside the image, -1 for
// none.
func (a *asm) neonInputTile(outside int) {
	for r, row := range neonWinoRows {
		a.p("\tSUB R4, %s, R9", row)
		for c := 0; c < 4; c++ {
			if c != outside {
				a.p("\tVLD1.P (R9)(R4), %s", list(4*r+c, 1))
				continue
			}
			a.neonZero(4*r+c, 1)
			a.p("\tADD R4, R9")
		}
		a.p("\tADD R4<<1, %s", row)
	}
	spread := func(in, out [4]int) {
		a.fsub(in[2], in[0], out[0])
		a.fadd(in[2], in[1], out[1])
		a.fsub(in[1], in[2], out[2])
		a.fsub(in[3], in[1], out[3])
	}
	for c := 0; c < 4; c++ {
		spread([4]int{c, 4 + c, 8 + c, 12 + c}, [4]int{16 + c, 20 + c, 24 + c, 28 + c})
	}
	a.p("\tMOVD R2, R9")
	for r := 0; r < 4; r++ {
		spread([4]int{16 + 4*r, 17 + 4*r, 18 + 4*r, 19 + 4*r}, [4]int{0, 1, 2, 3})
		for v := 0; v < 4; v++ {
			a.p("\tVST1.P %s, (R9)(R5)", list(v, 1))
		}
	}
	a.p("\tADD R4, R2")
}

func neonWinoOutput(a *asm) {
	a.p("\tLSL $2, R5, R7")
	a.neonGrid(0, 4, 4, "R7", "R5")
	collect := func(in [4]int, y0, y1 int) {
		a.fadd(in[1], in[0], y0)
		a.fadd(in[2], y0, y0)
		a.fsub(in[2], in[1], y1)
		a.fsub(in[3], y1, y1)
	}
	for c := 0; c < 4; c++ {
		collect([4]int{c, 4 + c, 8 + c, 12 + c}, 16+c, 20+c)
	}
	a.p("\tMOVD R2, R9")
	for r := 0; r < 2; r++ {
		collect([4]int{16 + 4*r, 17 + 4*r, 18 + 4*r, 19 + 4*r}, 24, 25)
		a.p("\tADD R4, R9, R10\n\tCBZ R8, set%d\n\tVLD1 (R9), %s\n\tVLD1 (R10), %s", r, list(26, 1), list(27, 1))
		a.fadd(26, 24, 24)
		a.fadd(27, 25, 25)
		a.label("set%d", r)
		a.p("\tVST1 %s, (R9)\n\tVST1 %s, (R10)\n\tADD R3, R9", list(24, 1), list(25, 1))
	}
	a.p("\tADD R4<<1, R2\n\tADD R4, R1")
}

func neonWinoGradient(a *asm) {
	a.neonGrid(0, 2, 2, "R3", "R4")
	expand := func(left, right int, out [4]int) {
		a.p("\tVMOV V%d.B16, V%d.B16\n\tVMOV V%d.B16, V%d.B16", left, out[0], right, out[3])
		a.fadd(right, left, out[1])
		a.fsub(right, left, out[2])
	}
	for c := 0; c < 2; c++ {
		expand(c, 2+c, [4]int{4 + c, 6 + c, 8 + c, 10 + c})
	}
	a.p("\tMOVD R2, R9")
	for r := 0; r < 4; r++ {
		expand(4+2*r, 5+2*r, [4]int{16, 17, 18, 19})
		for v := 0; v < 4; v++ {
			a.p("\tVST1.P %s, (R9)(R5)", list(16+v, 1))
		}
	}
	a.p("\tADD R4<<1, R1\n\tADD R4, R2")
}

// neonWinoProduct multiplies 14 tiles, seven at a time, by the weights at each point.
func (a *asm) neonWinoProduct(vectors int) {
	nv := neonVectors(winoHalf)
	a.neonBegin(fmt.Sprintf("winoProduct%d", vectors), "winoArgs")
	a.p("\tMOVD %d(R0), R12\n\tMOVD %d(R0), R17\n\tMOVD $%d, R14", winoStep, winoOutStep, vectors*vectorBytes)
	for half := 0; half < 2; half++ {
		at := fmt.Sprintf("h%d", half)
		a.p("\tMOVD $0, R15")
		a.label("%s_part", at)
		a.p("\tMOVD %d(R0), R10\n\tMOVD %d(R0), R16\n\tMOVD %d(R0), R8\n\tADD R15, R16\n\tADD R15, R8\n\tMOVD $%d, R11", winoSrc, winoDst, winoU, winoPoints)
		if half == 1 {
			a.p("\tMOVD $%d, R9\n\tMADD R12, R10, R9, R10\n\tMADD R17, R16, R9, R16", winoHalf)
		}
		a.label("%s_point", at)
		a.p("\tMOVD R10, R1\n\tMOVD %d(R0), R13", winoDepth)
		for i := 1; i < winoHalf; i++ {
			a.p("\tADD R12, R%d, R%d", i, i+1)
		}
		a.neonZero(0, winoHalf*nv)
		a.label("%s_depth", at)
		a.neonDepth(winoHalf, nv, func(int) bool { return false })
		a.p("\tSUBS $%d, R13\n\tBNE %s_depth\n\tMOVD R16, R9", convUnroll, at)
		a.neonMove("VST1", "R9", "R17", winoHalf, nv)
		a.p("\tMOVD %d(R0), R9\n\tADD R9, R10\n\tMOVD %d(R0), R9\n\tADD R9, R16\n\tSUBS $1, R11\n\tBNE %s_point", winoInPoint, winoOutPoint, at)
		a.p("\tADD $%d, R15\n\tCMP $%d, R15\n\tBNE %s_part", nv*neonBytes, vectors*vectorBytes, at)
	}
	a.p("\tRET\n")
}
