package main

import "fmt"

// gemmISA describes the micro-kernels of one type and instruction set.
type gemmISA struct {
	name    string
	reg     string // register class: Z or Y
	width   int    // bytes of a register
	suffix  string // element type in mnemonics: S or D
	heights []int  // rows of the tiles
	masked  bool   // AVX-512: masks for the last vector, broadcasts inside a multiply-add
}

// Offsets in the argument structure gemmArgs.
const (
	gemmA       = 0
	gemmARow    = 8
	gemmAStep   = 16
	gemmB       = 24
	gemmBStep   = 32
	gemmC       = 40
	gemmCRow    = 48
	gemmK       = 56
	gemmAlpha   = 64
	gemmAdd     = 72
	gemmHeight  = 80
	gemmVectors = 88
	gemmMask    = 96
)

// gemmAMD64 writes the matrix-product micro-kernels. The accumulators of a tile of
// 14 rows × 2 vectors take 28 of the 32 AVX-512 registers, those of 6 × 2 take 12 of
// AVX2's 16; the rest holds B and one element of A.
func gemmAMD64(a *asm) {
	tall := []int{14, 12, 10, 8, 6, 4, 2, 1}
	low := []int{6, 4, 2, 1}
	for _, s := range []gemmISA{
		{"sgemmAVX512", "Z", 64, "S", tall, true},
		{"dgemmAVX512", "Z", 64, "D", tall, true},
		{"sgemmAVX2", "Y", 32, "S", low, false},
		{"dgemmAVX2", "Y", 32, "D", low, false},
	} {
		s.emit(a)
	}
}

// emit writes one function: a chain of comparisons that leads to the code for the
// tile's height and width, tallest first.
func (s gemmISA) emit(a *asm) {
	a.p("// func %s(a *gemmArgs)", s.name)
	a.p("TEXT ·%s(SB), NOSPLIT, $0-8", s.name)
	a.p("MOVQ a+0(FP), DX")
	a.p("MOVQ %d(DX), SI\nMOVQ %d(DX), R11\nMOVQ %d(DX), R10", gemmA, gemmARow, gemmAStep)
	a.p("MOVQ %d(DX), R8\nMOVQ %d(DX), BX", gemmB, gemmBStep)
	a.p("MOVQ %d(DX), R9\nMOVQ %d(DX), R14\nMOVQ %d(DX), AX", gemmC, gemmCRow, gemmK)
	a.p("LEAQ (R11)(R11*2), R12\nLEAQ (R11)(R11*4), R13")
	if s.masked {
		a.p("KMOVW %d(DX), K1", gemmMask)
	}
	a.p("MOVQ %d(DX), CX\nCMPQ %d(DX), $1\nJEQ narrow", gemmHeight, gemmVectors)
	for _, vectors := range []int{2, 1} {
		if vectors == 1 {
			a.label("narrow")
		}
		for _, h := range s.heights {
			a.p("CMPQ CX, $%d\nJEQ tile%dx%d", h, h, vectors)
		}
		a.p("UNDEF")
	}
	for _, vectors := range []int{2, 1} {
		for _, h := range s.heights {
			s.tile(a, h, vectors)
		}
	}
	a.p("")
}

// row is the address of row i of A: SI points to row 0, DI to row 7, R11 is the rows'
// stride, R12 three and R13 five times it.
func row(i int) string {
	return [...]string{"(SI)", "(DI)"}[i/7] + [...]string{"", "(R11*1)", "(R11*2)", "(R12*1)", "(R11*4)", "(R13*1)", "(R12*2)"}[i%7]
}

// tile writes the code of one tile. Each step of k loads the vectors of B once and
// broadcasts one element of A per row; each accumulator is one chain from zero.
func (s gemmISA) tile(a *asm, h, vectors int) {
	acc := func(i, v int) string { return fmt.Sprintf("%s%d", s.reg, i*vectors+v) }
	vec := func(v int) string { return acc(h, v) }
	one := acc(h, vectors)
	// The last vector of a row may be cut by the edge of the matrix.
	masked := func(v int) bool { return s.masked && v == vectors-1 }
	name := fmt.Sprintf("%dx%d", h, vectors)
	eachRow := func(pointer string, body func(i, v int)) {
		for i := 0; i < h; i++ {
			for v := 0; v < vectors; v++ {
				body(i, v)
			}
			a.p("ADDQ R14, %s", pointer)
		}
	}
	a.label("tile%s", name)
	a.p("MOVQ R9, CX")
	for i := 0; i < h; i++ {
		a.p("PREFETCHT0 (CX)\nADDQ R14, CX")
	}
	if h > 7 {
		a.p("LEAQ (R12)(R11*4), DI\nADDQ SI, DI")
	}
	for i := 0; i < h*vectors; i++ {
		a.p("VXORPS %s, %s, %s", acc(0, i), acc(0, i), acc(0, i))
	}
	a.label("loop%s", name)
	for v := 0; v < vectors; v++ {
		if masked(v) {
			a.p("VMOVUP%s.Z %d(R8), K1, %s", s.suffix, v*s.width, vec(v))
		} else {
			a.p("VMOVUP%s %d(R8), %s", s.suffix, v*s.width, vec(v))
		}
	}
	for i := 0; i < h; i++ {
		if s.masked && vectors == 1 {
			a.p("VFMADD231P%s.BCST %s, %s, %s", s.suffix, row(i), vec(0), acc(i, 0))
			continue
		}
		a.p("VBROADCASTS%s %s, %s", s.suffix, row(i), one)
		for v := 0; v < vectors; v++ {
			a.p("VFMADD231P%s %s, %s, %s", s.suffix, one, vec(v), acc(i, v))
		}
	}
	a.p("ADDQ R10, SI")
	if h > 7 {
		a.p("ADDQ R10, DI")
	}
	a.p("ADDQ BX, R8\nDECQ AX\nJNZ loop%s", name)
	a.p("VBROADCASTS%s %d(DX), %s", s.suffix, gemmAlpha, one)
	for i := 0; i < h*vectors; i++ {
		a.p("VMULP%s %s, %s, %s", s.suffix, one, acc(0, i), acc(0, i))
	}
	a.p("CMPQ %d(DX), $0\nJEQ store%s\nMOVQ R9, CX", gemmAdd, name)
	eachRow("CX", func(i, v int) {
		if masked(v) {
			a.p("VADDP%s.Z %d(CX), %s, K1, %s", s.suffix, v*s.width, acc(i, v), acc(i, v))
		} else {
			a.p("VADDP%s %d(CX), %s, %s", s.suffix, v*s.width, acc(i, v), acc(i, v))
		}
	})
	a.label("store%s", name)
	eachRow("R9", func(i, v int) {
		if masked(v) {
			a.p("VMOVUP%s %s, K1, %d(R9)", s.suffix, acc(i, v), v*s.width)
		} else {
			a.p("VMOVUP%s %s, %d(R9)", s.suffix, acc(i, v), v*s.width)
		}
	})
	a.p("VZEROUPPER\nRET")
}
