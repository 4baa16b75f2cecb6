package main

// transposeAMD64 writes the transposition of 8 rows of float32 or 4 rows of float64
// into as many columns, for the packing of a transposed matrix. AVX is enough: wider
// vectors would spend the same time waiting for the shuffle unit.
func transposeAMD64(a *asm) {
	for _, double := range []bool{false, true} {
		name, rows := "transpose32", 8
		if double {
			name, rows = "transpose64", 4
		}
		a.p("// func %s(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)", name)
		a.p("TEXT ·%s(SB), NOSPLIT, $0-40", name)
		a.p("MOVQ dst+0(FP), DI\nMOVQ src+8(FP), SI\nMOVQ dstRow+16(FP), R8\nMOVQ srcRow+24(FP), R9\nMOVQ blocks+32(FP), CX")
		a.p("LEAQ (R9)(R9*2), R10\nLEAQ (R8)(R8*2), R11")
		a.label("loop")
		a.p("LEAQ (SI)(R9*%d), DX", rows/2)
		if double {
			transposeFour(a)
		} else {
			transposeEight(a)
		}
		a.p("ADDQ $32, SI\nDECQ CX\nJNZ loop\nVZEROUPPER\nRET\n")
	}
}

// Four rows from a base register: SI holds the first half of the rows, DX the second.
var quarter = [...]string{"", "(R9*1)", "(R9*2)", "(R10*1)"}

// transposeEight: registers 0 to 3 take columns 0 to 3 of rows i and i+4, registers 4
// to 7 take columns 4 to 7; unpacking and shuffling within the halves does the rest.
func transposeEight(a *asm) {
	for half := 0; half < 2; half++ {
		for i, at := range quarter {
			a.p("VMOVUPS %d(SI)%s, X%d\nVINSERTF128 $1, %d(DX)%s, Y%d, Y%d", half*16, at, half*4+i, half*16, at, half*4+i, half*4+i)
		}
	}
	for half := 0; half < 2; half++ {
		r := half * 4
		a.p("VUNPCKLPS Y%d, Y%d, Y8\nVUNPCKHPS Y%d, Y%d, Y9", r+1, r, r+1, r)
		a.p("VUNPCKLPS Y%d, Y%d, Y10\nVUNPCKHPS Y%d, Y%d, Y11", r+3, r+2, r+3, r+2)
		a.p("VSHUFPS $0x44, Y10, Y8, Y12\nVSHUFPS $0xEE, Y10, Y8, Y13\nVSHUFPS $0x44, Y11, Y9, Y14\nVSHUFPS $0xEE, Y11, Y9, Y15")
		a.p("VMOVUPS Y12, (DI)\nVMOVUPS Y13, (DI)(R8*1)\nVMOVUPS Y14, (DI)(R8*2)\nVMOVUPS Y15, (DI)(R11*1)\nLEAQ (DI)(R8*4), DI")
	}
}

// transposeFour does the same with pairs of float64.
func transposeFour(a *asm) {
	for half := 0; half < 2; half++ {
		for i, at := range quarter[:2] {
			a.p("VMOVUPD %d(SI)%s, X%d\nVINSERTF128 $1, %d(DX)%s, Y%d, Y%d", half*16, at, half*2+i, half*16, at, half*2+i, half*2+i)
		}
	}
	a.p("VUNPCKLPD Y1, Y0, Y4\nVUNPCKHPD Y1, Y0, Y5\nVUNPCKLPD Y3, Y2, Y6\nVUNPCKHPD Y3, Y2, Y7")
	a.p("VMOVUPD Y4, (DI)\nVMOVUPD Y5, (DI)(R8*1)\nVMOVUPD Y6, (DI)(R8*2)\nVMOVUPD Y7, (DI)(R11*1)\nLEAQ (DI)(R8*4), DI")
}
