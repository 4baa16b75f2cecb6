package main

import (
	"fmt"
	"strings"
)

// neonISA describes the NEON micro-kernels of one type.
type neonISA struct {
	name     string
	lanes    string // arrangement of a vector
	mul, add uint32 // FMUL and FADD of vectors, which Go's assembler does not know
}

// gemmARM64 writes the matrix-product micro-kernels. The accumulators of a tile of 12
// rows × 2 vectors take 24 of the 32 registers; every row of A has its own pointer.
func gemmARM64(a *asm) {
	for _, s := range []neonISA{
		{"sgemmNEON", "S4", 0x6e20dc00, 0x4e20d400},
		{"dgemmNEON", "D2", 0x6e60dc00, 0x4e60d400},
	} {
		s.emit(a)
	}
}

// neonHeights is the rows of the tiles; R0 to R11 point to them.
var neonHeights = []int{12, 8, 4, 2, 1}

func (s neonISA) emit(a *asm) {
	a.p("// func %s(a *gemmArgs)", s.name)
	a.p("TEXT ·%s(SB), NOSPLIT, $0-8", s.name)
	a.p("MOVD a+0(FP), R20")
	a.p("MOVD %d(R20), R0\nMOVD %d(R20), R23\nMOVD %d(R20), R12", gemmA, gemmARow, gemmAStep)
	a.p("MOVD %d(R20), R13\nMOVD %d(R20), R19", gemmB, gemmBStep)
	a.p("MOVD %d(R20), R14\nMOVD %d(R20), R15\nMOVD %d(R20), R21", gemmC, gemmCRow, gemmK)
	a.p("MOVD %d(R20), R24\nMOVD %d(R20), R22\nCMP $1, R24\nBEQ narrow", gemmVectors, gemmHeight)
	for _, vectors := range []int{2, 1} {
		if vectors == 1 {
			a.label("narrow")
		}
		for _, h := range neonHeights {
			a.p("CMP $%d, R22\nBEQ tile%dx%d", h, h, vectors)
		}
		a.p("UNDEF")
	}
	for _, vectors := range []int{2, 1} {
		for _, h := range neonHeights {
			s.tile(a, h, vectors)
		}
	}
	a.p("")
}

// list is a register list from register r.
func (s neonISA) list(r, vectors int) string {
	var regs []string
	for v := range vectors {
		regs = append(regs, fmt.Sprintf("V%d.%s", r+v, s.lanes))
	}
	return "[" + strings.Join(regs, ", ") + "]"
}

// word encodes d = n op m.
func (s neonISA) word(a *asm, op uint32, d, n, m int) {
	a.p("WORD $0x%08x", op|uint32(m)<<16|uint32(n)<<5|uint32(d))
}

// tile writes the code of one tile, step for step what gemmISA.tile does.
func (s neonISA) tile(a *asm, h, vectors int) {
	const b, one = 24, 26 // registers: vectors of B; elements of A, four in turn
	name := fmt.Sprintf("%dx%d", h, vectors)
	a.label("tile%s", name)
	for i := 1; i < h; i++ {
		a.p("ADD R23, R%d, R%d", i-1, i)
	}
	for i := range h * vectors {
		a.p("VEOR V%d.B16, V%d.B16, V%d.B16", i, i, i)
	}
	a.label("loop%s", name)
	a.p("VLD1.P (R13)(R19), %s", s.list(b, vectors))
	for i := range h {
		r := one + i%4
		a.p("VLD1R.P (R%d)(R12), %s", i, s.list(r, 1))
		for v := range vectors {
			a.p("VFMLA V%d.%s, V%d.%s, V%d.%s", r, s.lanes, b+v, s.lanes, i*vectors+v, s.lanes)
		}
	}
	a.p("SUBS $1, R21, R21\nBNE loop%s", name)
	a.p("ADD $%d, R20, R22\nVLD1R (R22), %s", gemmAlpha, s.list(one, 1))
	for i := range h * vectors {
		s.word(a, s.mul, i, i, one)
	}
	a.p("MOVD %d(R20), R22\nCBZ R22, store%s\nMOVD R14, R22", gemmAdd, name)
	for i := range h {
		a.p("VLD1.P (R22)(R15), %s", s.list(b, vectors))
		for v := range vectors {
			s.word(a, s.add, i*vectors+v, b+v, i*vectors+v)
		}
	}
	a.label("store%s", name)
	for i := range h {
		a.p("VST1.P %s, (R14)(R15)", s.list(i*vectors, vectors))
	}
	a.p("RET")
}
