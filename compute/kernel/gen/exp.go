package main

import "fmt"

// expISA describes the vector exponential of one instruction set.
type expISA struct {
	name       string
	full, half string // register classes: of float64 and of as many int32
	suffix     string // what the assembler appends to a conversion from 256 bits
	width      int    // bytes of a full register
}

// Rows of the table of constants, each eight times the same number.
const (
	expTop = iota
	expBottom
	expSign
	expHalf
	expLog2e
	expLn2Hi
	expLn2Lo
	expOne
	expTwo
	expBias
	expP1 // to expP1+4: the polynomial
)

// expAMD64 writes the vector exponential: the operations of elementary.Exp, one by
// one, on 8 or 4 numbers.
func expAMD64(a *asm) {
	for _, s := range []expISA{
		{"exp64AVX512", "Z", "Y", "", 64},
		{"exp64AVX2", "Y", "X", "Y", 32},
	} {
		s.emit(a)
	}
}

func (s expISA) emit(a *asm) {
	// op writes dst = x op y on full registers; y may be a row of the table.
	reg := func(r int) string { return fmt.Sprintf("%s%d", s.full, r) }
	row := func(i int) string { return fmt.Sprintf("%d(R8)", i*64) }
	op := func(name string, x int, y string, dst int) { a.p("%s %s, %s, %s", name, y, reg(x), reg(dst)) }
	load := func(i, dst int) { a.p("VMOVUPD %s, %s", row(i), reg(dst)) }

	a.p("// func %s(dst, x unsafe.Pointer, vectors int, table *expTable)", s.name)
	a.p("TEXT ·%s(SB), NOSPLIT, $0-32", s.name)
	a.p("MOVQ dst+0(FP), DI\nMOVQ x+8(FP), SI\nMOVQ vectors+16(FP), CX\nMOVQ table+24(FP), R8")
	a.label("loop")
	a.p("VMOVUPD (SI), %s", reg(0))
	// Clamped; the operand order of minimum and maximum lets a NaN through.
	load(expTop, 1)
	op("VMINPD", 1, reg(0), 0)
	load(expBottom, 1)
	op("VMAXPD", 1, reg(0), 0)
	// k = trunc(x·log2e ± 1/2) in register 3 as integers, in 4 as numbers.
	op("VANDPD", 0, row(expSign), 1)
	op("VORPD", 1, row(expHalf), 1)
	op("VMULPD", 0, row(expLog2e), 2)
	op("VADDPD", 2, reg(1), 2)
	a.p("VCVTTPD2DQ%s %s, %s3\nVCVTDQ2PD %s3, %s", s.suffix, reg(2), s.half, s.half, reg(4))
	// hi in 5, lo in 6, r in 7, t = r² in 8.
	op("VMULPD", 4, row(expLn2Hi), 5)
	op("VSUBPD", 0, reg(5), 5)
	op("VMULPD", 4, row(expLn2Lo), 6)
	op("VSUBPD", 5, reg(6), 7)
	op("VMULPD", 7, reg(7), 8)
	// c = r - t·(p1 + t·(p2 + ...)) in 9.
	op("VMULPD", 8, row(expP1+4), 9)
	for i := 3; i >= 0; i-- {
		op("VADDPD", 9, row(expP1+i), 9)
		op("VMULPD", 9, reg(8), 9)
	}
	op("VSUBPD", 7, reg(9), 9)
	// y = 1 - ((lo - r·c/(2-c)) - hi) in 0.
	op("VMULPD", 7, reg(9), 10)
	load(expTwo, 11)
	op("VSUBPD", 11, reg(9), 11)
	op("VDIVPD", 10, reg(11), 10)
	op("VSUBPD", 6, reg(10), 10)
	op("VSUBPD", 10, reg(5), 10)
	load(expOne, 11)
	op("VSUBPD", 11, reg(10), 0)
	// Times 2**(k>>1), times the rest of 2**k.
	a.p("VPSRAD $1, %s3, %s12\nVPSUBD %s12, %s3, %s13", s.half, s.half, s.half, s.half, s.half)
	for _, r := range []int{12, 13} {
		a.p("VPMOVSXDQ %s%d, %s", s.half, r, reg(r))
		op("VPADDQ", r, row(expBias), r)
		a.p("VPSLLQ $52, %s, %s", reg(r), reg(r))
		op("VMULPD", 0, reg(r), 0)
	}
	a.p("VMOVUPD %s, (DI)", reg(0))
	a.p("ADDQ $%d, SI\nADDQ $%d, DI\nDECQ CX\nJNZ loop\nVZEROUPPER\nRET\n", s.width, s.width)
}
