package main

import "fmt"

// Offsets in winoArgs.
const (
	winoSrc, winoDst, winoU          = 0, 8, 16
	winoRow, winoColumn, winoPoint   = 24, 32, 40
	winoTiles, winoAdd               = 48, 56
	winoDepth, winoStep, winoOutStep = 64, 72, 80
	winoInPoint, winoOutPoint        = 88, 96
	winoRows                         = 104
	winoPoints, winoHalf             = 16, 7
)

// winogradAMD64 writes the pieces of Winograd's F(2×2, 3×3) for 16 channels at a time,
// and the products of its 16 points.
func winogradAMD64(a *asm) {
	for _, i := range []isa{avx512, avx2} {
		winoInput(a, i)
		for _, t := range []struct {
			name string
			body func(w *winoCode)
		}{{"winoOut", winoOutput}, {"winoGrad", winoGradient}} {
			w := &winoCode{asm: a, isa: i}
			w.transform(t.name, t.body)
		}
		for _, vectors := range []int{1, 2} {
			a.winoProduct(i, vectors)
		}
	}
}

// winoCode writes a transform: SI is the source, DI the destination, R8 bytes between
// source or image rows, R9 between columns, R10 between points.
type winoCode struct {
	*asm
	isa
	labels int
}

// transform wraps the body into loops over the tiles of a row, and over the parts of
// 16 channels that the vectors are too narrow for.
func (w *winoCode) transform(name string, body func(w *winoCode)) {
	w.begin(fmt.Sprintf("%s_%s", name, w.name), "winoArgs")
	w.p("\tMOVQ %d(DX), R8\n\tMOVQ %d(DX), R9\n\tMOVQ %d(DX), R10", winoRow, winoColumn, winoPoint)
	w.p("\tXORQ R15, R15")
	w.label("part")
	w.p("\tMOVQ %d(DX), SI\n\tMOVQ %d(DX), DI\n\tMOVQ %d(DX), AX\n\tADDQ R15, SI\n\tADDQ R15, DI", winoSrc, winoDst, winoTiles)
	w.label("tile")
	body(w)
	w.p("\tDECQ AX\n\tJNZ tile\n\tADDQ $%d, R15\n\tCMPQ R15, $%d\n\tJNE part", w.bytes, vectorBytes)
	w.end()
}

// store writes one point and moves the pointer to the next.
func (w *winoCode) store(r string, pointer string) {
	w.p("\tVMOVUPS %s, (%s)\n\tADDQ R10, %[2]s", r, pointer)
}

// winoInput writes the transform of a row of tiles: 4×4 pixels d to V = Bᵀ·d·B, tile
// after tile two columns on. SI, R8, R11 and R12 point to the second column of a tile
// in its four rows; R9 and BX are a column forwards and backwards, R10 a point.
func winoInput(a *asm, i isa) {
	w := &winoCode{asm: a, isa: i}
	w.begin("winoIn_"+w.name, "winoArgs")
	w.p("\tMOVQ %d(DX), R9\n\tMOVQ %d(DX), R10\n\tMOVQ R9, BX\n\tNEGQ BX\n\tXORQ R15, R15", winoColumn, winoPoint)
	w.label("part")
	for k, r := range winoInRows {
		w.p("\tMOVQ %d(DX), %[2]s\n\tADDQ R15, %[2]s", winoRows+8*k, r)
	}
	w.p("\tMOVQ %d(DX), DI\n\tADDQ R15, DI\n\tMOVQ %d(DX), AX\n\tSUBQ $2, AX", winoDst, winoTiles)
	w.inputTile(0)
	w.label("tile")
	w.inputTile(-1)
	w.p("\tDECQ AX\n\tJNZ tile")
	w.inputTile(3)
	w.p("\tADDQ $%d, R15\n\tCMPQ R15, $%d\n\tJNE part", w.bytes, vectorBytes)
	w.end()
}

var winoInRows = [4]string{"SI", "R8", "R11", "R12"}

// inputTile transforms a tile whose column outside is beside the image, -1 for none.
func (w *winoCode) inputTile(outside int) {
	t := func(row, column int) string { return w.v(row*4 + column) }
	for c := 0; c < 4; c++ {
		if c == outside {
			for r := 0; r < 4; r++ {
				w.p("\tVXORPS %[1]s, %[1]s, %[1]s", t(r, c))
			}
			continue
		}
		at := func(row int) string {
			return "(" + winoInRows[row] + ")" + [...]string{"(BX*1)", "", "(R9*1)", "(R9*2)"}[c]
		}
		// Every difference takes one operand from memory: 16 registers suffice.
		w.p("\tVMOVUPS %s, %s\n\tVSUBPS %s, %[2]s, %[2]s", at(0), t(0, c), at(2))
		w.p("\tVMOVUPS %s, %s\n\tVADDPS %s, %[2]s, %[2]s", at(1), t(1, c), at(2))
		w.p("\tVMOVUPS %s, %s\n\tVSUBPS %s, %[2]s, %[2]s", at(2), t(2, c), at(1))
		w.p("\tVMOVUPS %s, %s\n\tVSUBPS %s, %[2]s, %[2]s", at(1), t(3, c), at(3))
	}
	w.p("\tMOVQ DI, CX")
	for r := 0; r < 4; r++ {
		a, b, c, d := t(r, 0), t(r, 1), t(r, 2), t(r, 3)
		w.p("\tVSUBPS %s, %s, %[2]s", c, a)
		w.store(a, "CX")
		w.p("\tVADDPS %s, %s, %s", c, b, a)
		w.store(a, "CX")
		w.p("\tVSUBPS %s, %s, %s", b, c, a)
		w.store(a, "CX")
		w.p("\tVSUBPS %s, %s, %[1]s", d, b)
		w.store(d, "CX")
	}
	for _, r := range winoInRows {
		w.p("\tLEAQ (%s)(R9*2), %[1]s", r)
	}
	w.p("\tADDQ R9, DI")
}

// winoOutput transforms 16 points m to 2×2 pixels Aᵀ·m·A, or adds these.
func winoOutput(w *winoCode) {
	t := func(row, column int) string { return w.v(row*4 + column) }
	w.p("\tMOVQ SI, CX\n\tLEAQ (R10*4), R13\n\tLEAQ (R13)(R13*2), BX")
	// Point (row, column) is row·4 + column: R13 bytes between rows, BX three rows.
	at := func(row int) string { return "(CX)" + [...]string{"", "(R13*1)", "(R13*2)", "(BX*1)"}[row] }
	for c := 0; c < 4; c++ {
		w.p("\tVMOVUPS %s, %s\n\tVADDPS %s, %[2]s, %[2]s\n\tVADDPS %[4]s, %[2]s, %[2]s", at(0), t(0, c), at(1), at(2))
		w.p("\tVMOVUPS %s, %s\n\tVSUBPS %s, %[2]s, %[2]s\n\tVSUBPS %[4]s, %[2]s, %[2]s", at(1), t(1, c), at(2), at(3))
		if c < 3 {
			w.p("\tADDQ R10, CX")
		}
	}
	w.p("\tMOVQ DI, CX")
	y0, y1 := w.v(8), w.v(9)
	for r := 0; r < 2; r++ {
		w.p("\tVADDPS %s, %s, %s\n\tVADDPS %[4]s, %[3]s, %[3]s", t(r, 1), t(r, 0), y0, t(r, 2))
		w.p("\tVSUBPS %s, %s, %s\n\tVSUBPS %[4]s, %[3]s, %[3]s", t(r, 2), t(r, 1), y1, t(r, 3))
		w.labels++
		w.p("\tCMPQ %d(DX), $0\n\tJEQ set%d", winoAdd, w.labels)
		w.p("\tVADDPS (CX), %s, %[1]s\n\tVADDPS (CX)(R9*1), %[2]s, %[2]s", y0, y1)
		w.label("set%d", w.labels)
		w.p("\tVMOVUPS %s, (CX)\n\tVMOVUPS %s, (CX)(R9*1)", y0, y1)
		if r == 0 {
			w.p("\tADDQ R8, CX")
		}
	}
	w.p("\tLEAQ (DI)(R9*2), DI\n\tADDQ R9, SI")
}

// winoGradient transforms 2×2 pixels of dy to the 16 points that the weight gradient
// multiplies: A·dy·Aᵀ but for the sign of the last row and column.
func winoGradient(w *winoCode) {
	w.p("\tLEAQ (SI)(R8*1), CX")
	w.p("\tVMOVUPS (SI), %s\n\tVMOVUPS (SI)(R9*1), %s\n\tVMOVUPS (CX), %s\n\tVMOVUPS (CX)(R9*1), %s", w.v(0), w.v(1), w.v(6), w.v(7))
	for c := 0; c < 2; c++ {
		w.p("\tVADDPS %s, %s, %s\n\tVSUBPS %[1]s, %[2]s, %[4]s", w.v(6+c), w.v(c), w.v(2+c), w.v(4+c))
	}
	w.p("\tMOVQ DI, CX")
	for r := 0; r < 4; r++ {
		left, right := w.v(2*r), w.v(2*r+1)
		w.p("\tVADDPS %s, %s, %s\n\tVSUBPS %[1]s, %[2]s, %[4]s", right, left, w.v(8), w.v(9))
		for _, v := range []string{left, w.v(8), w.v(9), right} {
			w.store(v, "CX")
		}
	}
	w.p("\tLEAQ (SI)(R9*2), SI\n\tADDQ R9, DI")
}

// winoProduct multiplies 14 tiles by the weights at each of the 16 points.
func (a *asm) winoProduct(i isa, vectors int) {
	nv := vectors
	if i.bytes == 32 {
		nv = 1
	}
	b := block{i, convTile{winoHalf, vectors}, 2, nv}
	a.begin(fmt.Sprintf("winoProduct%d_%s", vectors, i.name), "winoArgs")
	a.p("\tXORQ R15, R15")
	a.label("part")
	a.p("\tMOVQ %d(DX), R8\n\tMOVQ %d(DX), R9\n\tMOVQ %d(DX), R10\n\tADDQ R15, R9\n\tADDQ R15, R10\n\tMOVQ $%d, R14", winoSrc, winoDst, winoU, winoPoints)
	a.label("point")
	a.steps(fmt.Sprintf("%d(DX)", winoStep))
	a.p("\tMOVQ R8, SI\n\tLEAQ (R8)(CX*1), DI\n\tMOVQ %d(DX), AX", winoDepth)
	a.zero(i, 0, b.pixels()*nv)
	a.label("depth")
	a.convLoop(b, 0, 0)
	a.p("\tSUBQ $%d, AX\n\tJNZ depth", convUnroll)
	a.steps(fmt.Sprintf("%d(DX)", winoOutStep))
	a.p("\tMOVQ R9, SI\n\tLEAQ (R9)(CX*1), DI")
	a.each(b, func(p, v int) { a.p("\tVMOVUPS %s, %s", b.acc(p, v), pixel(b.base(p), p%b.per, v*b.bytes)) })
	a.p("\tADDQ %d(DX), R8\n\tADDQ %d(DX), R9\n\tDECQ R14\n\tJNZ point", winoInPoint, winoOutPoint)
	a.p("\tADDQ $%d, R15\n\tCMPQ R15, $%d\n\tJNE part", nv*i.bytes, vectors*vectorBytes)
	a.end()
}
