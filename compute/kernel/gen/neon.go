package main

import (
	"fmt"
	"strings"
)

// The arm64 kernels use 32 vector registers of four floats. Go's assembler lacks most
// of their float arithmetic, so it is written as machine words.

// neonLanes is the channels of a vector, neonBytes its size.
const neonLanes, neonBytes = 4, 16

// word writes an instruction of three registers as a machine word.
func (a *asm) word(name string, base uint32, m, n, d int) {
	a.p("\tWORD $0x%08x // %s V%d.S4, V%d.S4, V%d.S4", base|uint32(m)<<16|uint32(n)<<5|uint32(d), name, m, n, d)
}

// fadd is d = n + m, fsub d = n - m, fmul d = n·m, fmla d += n·m rounded once, bic d = n
// without the bits of m.
func (a *asm) fadd(m, n, d int) { a.word("FADD", 0x4e20d400, m, n, d) }
func (a *asm) fsub(m, n, d int) { a.word("FSUB", 0x4ea0d400, m, n, d) }
func (a *asm) fmul(m, n, d int) { a.word("FMUL", 0x6e20dc00, m, n, d) }
func (a *asm) fmla(m, n, d int) { a.word("FMLA", 0x4e20cc00, m, n, d) }
func (a *asm) bic(m, n, d int)  { a.word("BIC", 0x4e601c00, m, n, d) }

// fcmlt sets d to ones where n < 0, fcmle where n ≤ 0; not for NaN.
func (a *asm) fcmlt(n, d int) { a.word("FCMLT0", 0x4ea0e800, 0, n, d) }
func (a *asm) fcmle(n, d int) { a.word("FCMLE0", 0x6ea0d800, 0, n, d) }

// fmlaLane is d += n·m[lane] rounded once.
func (a *asm) fmlaLane(m, lane, n, d int) {
	bits := uint32(0x4f801000) | uint32(lane&1)<<21 | uint32(m)<<16 | uint32(lane>>1)<<11 | uint32(n)<<5 | uint32(d)
	a.p("\tWORD $0x%08x // FMLA V%d.S[%d], V%d.S4, V%d.S4", bits, m, lane, n, d)
}

// list names count registers from the first, as loads and stores want them.
func list(first, count int) string {
	var names []string
	for r := first; r < first+count; r++ {
		names = append(names, fmt.Sprintf("V%d.S4", r))
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// neonBegin opens a function of one pointer argument, which is put into R0.
func (a *asm) neonBegin(name, args string) {
	a.p("// func %s_neon(a *%s)", name, args)
	a.p("TEXT ·%s_neon(SB), NOSPLIT, $0-8\n\tMOVD a+0(FP), R0", name)
}

func (a *asm) neonZero(first, count int) {
	for r := first; r < first+count; r++ {
		a.p("\tVEOR V%[1]d.B16, V%[1]d.B16, V%[1]d.B16", r)
	}
}

// neonMove copies or, with a pointer walking by the register step, loads and stores
// count groups of n registers.
func (a *asm) neonMove(op, pointer, step string, count, n int) {
	for i := 0; i < count; i++ {
		if op == "VLD1" {
			a.p("\tVLD1 (%s), %s", pointer, list(i*n, n))
		} else {
			a.p("\tVST1 %s, (%s)", list(i*n, n), pointer)
		}
		if i < count-1 {
			a.p("\tADD %s, %[2]s, %[2]s", step, pointer)
		}
	}
}
