package main

// Registers of the arm64 element-wise kernels, which take 16 channels a row: four
// vectors of each kind.
const (
	neonSum0, neonSum1 = 0, 4 // results
	neonPar            = 8    // three parameters; four, of operations without sums, from 4
	neonT0, neonT1     = 20, 24
	neonT2             = 28
)

// neonColumn is one vector of a row; the operations are those of columnOps.
func neonColumn(a *asm, op string, v int) {
	t0, t1, t2 := neonT0+v, neonT1+v, neonT2+v
	par := func(k int) int { return neonFirst(op) + 4*k + v }
	normalise := func() {
		a.p("\tVMOV V%d.B16, V%d.B16", par(1), t2)
		a.fmla(par(0), t0, t2)
	}
	relu := func() {
		a.fcmlt(t2, t0)
		a.bic(t0, t2, t2)
	}
	switch op {
	case "sums":
		a.fadd(t0, neonSum0+v, neonSum0+v)
		a.fmla(t0, t0, neonSum1+v)
	case "normRelu":
		normalise()
		relu()
	case "normAddRelu":
		normalise()
		a.fadd(t1, t2, t2)
		relu()
	case "normNormRelu":
		normalise()
		a.fmla(par(2), t1, t2)
		relu()
	case "reduce": // t0 gradient, t1 normalised input, t2 activation
		a.fcmle(t2, t2)
		a.bic(t2, t0, t2)
		a.fsub(par(0), t1, t1)
		a.fadd(t2, neonSum0+v, neonSum0+v)
		a.fmla(t2, t1, neonSum1+v)
	case "apply": // t0 gradient, t1 normalised input
		a.p("\tVMOV V%d.B16, V%d.B16", par(2), t2)
		a.fmla(t1, par(1), t2)
		a.fmla(t0, par(0), t2)
	case "larger":
		a.p("\tVSHL $1, V%d.S4, V%[1]d.S4\n\tVSHL $1, V%[2]d.S4, V%[2]d.S4", t0, t1)
		a.p("\tVUMAX V%d.S4, V%d.S4, V%d.S4\n\tVUSHR $1, V%[3]d.S4, V%[3]d.S4", t0, t1, t2)
	case "match":
		a.p("\tVCMEQ V%d.S4, V%d.S4, V%d.S4\n\tVORR V%[2]d.B16, V%[3]d.B16, V%[2]d.B16", t0, t1, t2)
	case "route":
		a.p("\tVAND V%d.B16, V%d.B16, V%[1]d.B16", t0, t1)
		a.fadd(t0, t2, t2)
	case "momentum", "nesterov": // t0 weights, t1 gradient, t2 velocity
		u := v // free, there being no sums
		a.fmul(par(0), t1, t1)
		a.fmul(par(1), t0, u)
		a.fadd(u, t1, t1)
		a.fmul(par(2), t2, t2)
		a.fadd(t1, t2, t2)
		step := t2
		if op == "nesterov" {
			a.fmul(par(2), t2, u)
			a.fadd(t1, u, u)
			step = u
		}
		a.fmul(par(3), step, u)
		a.fsub(u, t0, t0)
	case "average": // t0 average, t1 value
		a.fsub(t0, t1, t2)
		a.fmul(par(0), t2, t2)
		a.fadd(t0, t2, t2)
	}
}

// neonFirst is the register that an operation's parameters start at.
func neonFirst(op string) int {
	if op == "momentum" || op == "nesterov" {
		return neonSum1
	}
	return neonPar
}

// neonMatrices says for each operation which matrices are loaded into t0, t1 and t2,
// and which one t2 is stored to; -1 is none.
var neonMatrices = map[string][4]int{
	"sums":         {0, -1, -1, -1},
	"normRelu":     {0, -1, -1, 1},
	"normAddRelu":  {0, 2, -1, 1},
	"normNormRelu": {0, 2, -1, 1},
	"reduce":       {0, 2, 1, 0},
	"apply":        {0, 1, -1, 2},
	"larger":       {0, 1, -1, 1},
	"match":        {0, 1, -1, 2}, // and t1 back
	"route":        {0, 1, 2, 2},
	"momentum":     {0, 1, 2, 2}, // and t0 back
	"nesterov":     {0, 1, 2, 2}, // and t0 back
	"average":      {0, 1, -1, 0},
}

func elementwiseARM64(a *asm) {
	for _, op := range columnOps {
		a.neonBegin(op.name+"1", "columnArgs")
		for k := 0; k < op.matrices; k++ {
			a.p("\tMOVD %d(R0), R%d", columnP+8*k, 1+k)
		}
		a.p("\tMOVD %d(R0), R4\n\tMOVD %d(R0), R5", columnRow, columnRows)
		for k := 0; k < op.params; k++ {
			a.p("\tMOVD %d(R0), R6\n\tVLD1 (R6), %s", columnPar+8*k, list(neonFirst(op.name)+4*k, 4))
		}
		if op.sums {
			a.neonZero(neonSum0, 8)
		}
		a.label("row")
		m := neonMatrices[op.name]
		for t, k := range m[:3] {
			if k >= 0 {
				a.p("\tVLD1 (R%d), %s", 1+k, list(neonT0+4*t, 4))
			}
		}
		for v := 0; v < 4; v++ {
			neonColumn(a, op.name, v)
		}
		if m[3] >= 0 {
			a.p("\tVST1 %s, (R%d)", list(neonT2, 4), 1+m[3])
		}
		if op.name == "match" {
			a.p("\tVST1 %s, (R%d)", list(neonT1, 4), 1+m[1])
		}
		if op.params == 4 {
			a.p("\tVST1 %s, (R%d)", list(neonT0, 4), 1+m[0])
		}
		for k := 0; k < op.matrices; k++ {
			a.p("\tADD R4, R%d", 1+k)
		}
		a.p("\tSUBS $1, R5\n\tBNE row")
		for k := 0; k < 2 && op.sums; k++ {
			a.p("\tMOVD %d(R0), R6\n\tVST1 %s, (R6)", columnSum+8*k, list(4*k, 4))
		}
		a.p("\tRET\n")
	}
}
