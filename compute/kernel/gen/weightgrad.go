package main

import "fmt"

// gradTiles are the tiles of weight gradients: height weights by vectors·16.
var gradTiles = []struct{ height, vectors int }{{16, 1}, {12, 1}, {8, 1}, {4, 1}, {8, 2}, {4, 2}, {8, 3}, {4, 3}}

// Offsets in gradArgs.
const (
	gradX, gradDY, gradOut  = 0, 8, 16
	gradXStep, gradDYStep   = 24, 32
	gradXRow, gradDYRow     = 40, 48
	gradXImage, gradDYImage = 56, 64
	gradColumns, gradRows   = 72, 80
	gradImages, gradOutRow  = 88, 96
)

func weightGradAMD64(a *asm) {
	for _, t := range gradTiles {
		a.gradTile(avx512, t.height, t.vectors, t.height, t.vectors)
	}
	for _, t := range gradTiles {
		// What fits into 16 registers: rows·nv accumulators, nv vectors, a scalar.
		rows, nv := min(t.height, 6), 2
		if t.vectors == 3 {
			rows, nv = 4, 3
		}
		if t.height == 16 || t.height == 8 {
			rows = 4
		}
		a.gradTile(avx2, t.height, t.vectors, rows, nv)
	}
}

// gradTile writes one kernel, in blocks of rows weights by nv registers.
func (a *asm) gradTile(i isa, height, vectors, rows, nv int) {
	a.begin(fmt.Sprintf("grad%dx%d_%s", height, vectors, i.name), "gradArgs")
	a.p("\tMOVQ %d(DX), R9\n\tMOVQ %d(DX), R10\n\tMOVQ %d(DX), R11", gradXStep, gradDYStep, gradOutRow)
	block := 0
	for row := 0; row < height; row += rows {
		for at := 0; at < vectors*vectorBytes; at += nv * i.bytes {
			a.gradBlock(i, row, at, rows, nv, fmt.Sprintf("b%d", block))
			block++
		}
	}
	a.end()
}

func (a *asm) gradBlock(i isa, row, at, rows, nv int, label string) {
	acc := func(r, v int) string { return i.v(r*nv + v) }
	dy := func(v int) string { return i.v(rows*nv + v) }
	scalar := i.v(rows*nv + nv)
	tile := func(line func(r, v int)) {
		a.p("\tMOVQ %d(DX), CX", gradOut)
		if row > 0 {
			a.p("\tIMUL3Q $%d, R11, R8\n\tADDQ R8, CX", row)
		}
		for r := 0; r < rows; r++ {
			for v := 0; v < nv; v++ {
				line(r, v)
			}
			if r < rows-1 {
				a.p("\tADDQ R11, CX")
			}
		}
	}
	tile(func(r, v int) { a.p("\tVMOVUPS %d(CX), %s", at+v*i.bytes, acc(r, v)) })
	a.p("\tMOVQ %d(DX), SI\n\tMOVQ %d(DX), DI\n\tMOVQ %d(DX), R14", gradX, gradDY, gradImages)
	a.label("%s_image", label)
	a.p("\tMOVQ %d(DX), BX", gradRows)
	a.label("%s_row", label)
	a.p("\tMOVQ %d(DX), AX", gradColumns)
	a.label("%s_pixel", label)
	for v := 0; v < nv; v++ {
		a.p("\tVMOVUPS %d(DI), %s", at+v*i.bytes, dy(v))
	}
	for r := 0; r < rows; r++ {
		x := fmt.Sprintf("%d(SI)", (row+r)*floatBytes)
		if i.embed && nv == 1 {
			a.p("\tVFMADD231PS.BCST %s, %s, %s", x, dy(0), acc(r, 0))
			continue
		}
		a.p("\tVBROADCASTSS %s, %s", x, scalar)
		for v := 0; v < nv; v++ {
			a.p("\tVFMADD231PS %s, %s, %s", scalar, dy(v), acc(r, v))
		}
	}
	a.p("\tADDQ R9, SI\n\tADDQ R10, DI\n\tDECQ AX\n\tJNZ %s_pixel", label)
	a.p("\tADDQ %d(DX), SI\n\tADDQ %d(DX), DI\n\tDECQ BX\n\tJNZ %s_row", gradXRow, gradDYRow, label)
	a.p("\tADDQ %d(DX), SI\n\tADDQ %d(DX), DI\n\tDECQ R14\n\tJNZ %s_image", gradXImage, gradDYImage, label)
	tile(func(r, v int) { a.p("\tVMOVUPS %s, %d(CX)", acc(r, v), at+v*i.bytes) })
}
