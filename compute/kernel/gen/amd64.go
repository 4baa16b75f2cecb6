package main

import "fmt"

// isa is what differs between the vector instruction sets of x86-64.
type isa struct {
	name  string // suffix of function names
	reg   string // register letter
	bytes int    // of a vector
	embed bool   // arithmetic can broadcast a float from memory
}

var (
	avx512 = isa{"512", "Z", 64, true}
	avx2   = isa{"256", "Y", 32, false}
)

// v names a vector register.
func (i isa) v(n int) string { return fmt.Sprintf("%s%d", i.reg, n) }

// begin opens a function of one pointer argument, which is put into DX.
func (a *asm) begin(name, args string) {
	a.p("// func %s(a *%s)", name, args)
	a.p("TEXT ·%s(SB), NOSPLIT, $0-8\n\tMOVQ a+0(FP), DX", name)
}

// end returns to Go, which expects the upper halves of the vectors clean.
func (a *asm) end() { a.p("\tVZEROUPPER\n\tRET\n") }

// zero clears n vector registers from the first.
func (a *asm) zero(i isa, first, n int) {
	for r := first; r < first+n; r++ {
		a.p("\tVXORPS %[1]s, %[1]s, %[1]s", i.v(r))
	}
}

// steps loads the multiples 3, 5 and 7 of the step in R11 that pixel addresses up to
// the seventh are made of.
func (a *asm) steps(from string) {
	a.p("\tMOVQ %s, R11\n\tLEAQ (R11)(R11*2), R12\n\tLEAQ (R11)(R11*4), R13\n\tLEAQ (R12)(R11*4), CX", from)
}

// pixel is the address of byte disp of pixel i after base, in steps of R11.
func pixel(base string, i, disp int) string {
	index := [...]string{"", "(R11*1)", "(R11*2)", "(R12*1)", "(R11*4)", "(R13*1)", "(R12*2)"}
	return fmt.Sprintf("%d(%s)%s", disp, base, index[i])
}
