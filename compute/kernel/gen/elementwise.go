package main

import "fmt"

// Offsets in columnArgs.
const (
	columnP, columnPar, columnSum = 0, 24, 56
	columnRow, columnRows         = 72, 80
)

// columnOp is one element-wise kernel. Register numbers are handed to body: in each
// vector column v of nv, sums are sum(0, v) and sum(1, v), parameters par(k, v),
// temporaries t(0..2).
type columnOp struct {
	name     string
	matrices int
	params   int
	sums     bool
	body     func(c *columnCode, v int)
}

var columnOps = []columnOp{
	{name: "sums", matrices: 1, sums: true, body: func(c *columnCode, v int) {
		c.load(0, v, c.t(0))
		c.p("\tVADDPS %s, %[2]s, %[2]s", c.t(0), c.sum(0, v))
		c.p("\tVFMADD231PS %[1]s, %[1]s, %[2]s", c.t(0), c.sum(1, v))
	}},
	{name: "normRelu", matrices: 2, params: 2, body: func(c *columnCode, v int) {
		c.normalise(v)
		c.relu(v)
	}},
	{name: "normAddRelu", matrices: 3, params: 2, body: func(c *columnCode, v int) {
		c.normalise(v)
		c.p("\tVADDPS %s, %[2]s, %[2]s", c.mem(2, v), c.t(0))
		c.relu(v)
	}},
	{name: "normNormRelu", matrices: 3, params: 3, body: func(c *columnCode, v int) {
		c.normalise(v)
		c.load(2, v, c.t(1))
		c.p("\tVFMADD231PS %s, %s, %s", c.t(1), c.par(2, v), c.t(0))
		c.relu(v)
	}},
	{name: "reduce", matrices: 3, params: 1, sums: true, body: func(c *columnCode, v int) {
		c.mask(v)
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(0, v))
		c.load(2, v, c.t(1))
		c.p("\tVSUBPS %s, %[2]s, %[2]s", c.par(0, v), c.t(1))
		c.p("\tVADDPS %s, %[2]s, %[2]s", c.t(0), c.sum(0, v))
		c.p("\tVFMADD231PS %s, %s, %s", c.t(0), c.t(1), c.sum(1, v))
	}},
	{name: "apply", matrices: 3, params: 3, body: func(c *columnCode, v int) {
		c.load(1, v, c.t(0))
		c.p("\tVFMADD213PS %s, %s, %s", c.par(2, v), c.par(1, v), c.t(0))
		c.load(0, v, c.t(1))
		c.p("\tVFMADD231PS %s, %s, %s", c.t(1), c.par(0, v), c.t(0))
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(2, v))
	}},
	{name: "larger", matrices: 2, body: func(c *columnCode, v int) {
		for k := range 2 {
			c.load(k, v, c.t(k))
			c.p("\tVPSLLD $1, %s, %[1]s", c.t(k))
		}
		c.p("\tVPMAXUD %s, %s, %[1]s", c.t(0), c.t(1))
		c.p("\tVPSRLD $1, %s, %[1]s", c.t(0))
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(1, v))
	}},
	{name: "match", matrices: 3, body: func(c *columnCode, v int) {
		c.load(0, v, c.t(0))
		if c.bytes == 64 {
			c.p("\tVPCMPEQD %s, %s, K1", c.mem(1, v), c.t(0))
			c.p("\tVPTERNLOGD.Z $255, %s, %[1]s, K1, %[1]s", c.t(1))
			c.p("\tVPORD %s, %s, %s", c.mem(1, v), c.t(1), c.t(0))
		} else {
			c.p("\tVPCMPEQD %s, %s, %s", c.mem(1, v), c.t(0), c.t(1))
			c.p("\tVPOR %s, %s, %s", c.mem(1, v), c.t(1), c.t(0))
		}
		c.p("\tVMOVUPS %s, %s", c.t(1), c.mem(2, v))
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(1, v))
	}},
	{name: "route", matrices: 3, body: func(c *columnCode, v int) {
		and := "VPAND"
		if c.bytes == 64 {
			and = "VPANDD"
		}
		c.load(0, v, c.t(0))
		c.p("\t%s %s, %s, %[3]s", and, c.mem(1, v), c.t(0))
		c.p("\tVADDPS %s, %[2]s, %[2]s", c.mem(2, v), c.t(0))
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(2, v))
	}},
	{name: "momentum", matrices: 3, params: 4, body: func(c *columnCode, v int) { c.descend(v, false) }},
	{name: "nesterov", matrices: 3, params: 4, body: func(c *columnCode, v int) { c.descend(v, true) }},
	{name: "average", matrices: 2, params: 1, body: func(c *columnCode, v int) {
		c.load(1, v, c.t(0))
		c.p("\tVSUBPS %s, %[2]s, %[2]s", c.mem(0, v), c.t(0))
		c.p("\tVMULPS %s, %[2]s, %[2]s", c.par(0, v), c.t(0))
		c.p("\tVADDPS %s, %[2]s, %[2]s", c.mem(0, v), c.t(0))
		c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(0, v))
	}},
}

// descend is a step of gradient descent on weights, gradient and velocity; parameters
// are scale, decay, momentum and rate. Products and sums round apart.
func (c *columnCode) descend(v int, ahead bool) {
	d, m := c.t(0), c.t(1)
	c.load(1, v, d)
	c.p("\tVMULPS %s, %[2]s, %[2]s", c.par(0, v), d)
	c.p("\tVMULPS %s, %s, %s", c.mem(0, v), c.par(1, v), m)
	c.p("\tVADDPS %s, %[2]s, %[2]s", m, d)
	c.p("\tVMULPS %s, %s, %s", c.mem(2, v), c.par(2, v), m)
	c.p("\tVADDPS %s, %[2]s, %[2]s", d, m)
	c.p("\tVMOVUPS %s, %s", m, c.mem(2, v))
	if ahead {
		c.p("\tVMULPS %s, %[2]s, %[2]s", c.par(2, v), m)
		c.p("\tVADDPS %s, %[2]s, %[2]s", d, m)
	}
	c.p("\tVMULPS %s, %[2]s, %[2]s", c.par(3, v), m)
	c.load(0, v, d)
	c.p("\tVSUBPS %s, %[2]s, %[2]s", m, d)
	c.p("\tVMOVUPS %s, %s", d, c.mem(0, v))
}

func elementwiseAMD64(a *asm) {
	for _, i := range []isa{avx512, avx2} {
		for _, op := range columnOps {
			for _, vectors := range columnVectors(i) {
				(&columnCode{asm: a, isa: i, op: op, nv: vectors * vectorBytes / i.bytes}).emit(vectors)
			}
		}
	}
}

// columnVectors lists the widths that fit into the registers, in 16-channel vectors.
func columnVectors(i isa) []int {
	if i.bytes == 64 {
		return []int{1, 2, 4}
	}
	return []int{1}
}

// columnCode writes one element-wise kernel of nv registers a row.
type columnCode struct {
	*asm
	isa
	op columnOp
	nv int
}

// Registers: zero, sums, parameters, and temporaries by column so that columns do not
// wait for each other.
func (c *columnCode) zeroReg() string     { return c.v(0) }
func (c *columnCode) sum(k, v int) string { return c.v(1 + k*c.nv + v) }
func (c *columnCode) first() int {
	if c.op.sums {
		return 1 + 2*c.nv
	}
	return 1
}
func (c *columnCode) par(k, v int) string { return c.v(c.first() + k*c.nv + v) }
func (c *columnCode) t(k int) string      { return c.v(c.first() + c.op.params*c.nv + k) }
func (c *columnCode) mem(k, v int) string {
	return fmt.Sprintf("%d(%s)", v*c.bytes, []string{"SI", "DI", "R8"}[k])
}
func (c *columnCode) load(k, v int, r string) { c.p("\tVMOVUPS %s, %s", c.mem(k, v), r) }

// normalise leaves x·scale + shift in t(0).
func (c *columnCode) normalise(v int) {
	c.load(0, v, c.t(0))
	c.p("\tVFMADD213PS %s, %s, %s", c.par(1, v), c.par(0, v), c.t(0))
}

// relu stores max(0, t(0)). VMAXPS returns its second source for a NaN, which must be
// the value and not the zero.
func (c *columnCode) relu(v int) {
	c.p("\tVMAXPS %s, %s, %s", c.t(0), c.zeroReg(), c.t(0))
	c.p("\tVMOVUPS %s, %s", c.t(0), c.mem(1, v))
}

// mask leaves in t(0) the gradient, zero where the activation is at most zero. The
// comparison is "not less or equal", which holds for NaN.
func (c *columnCode) mask(v int) {
	const notLessOrEqual = 22 // NLE_UQ
	c.load(1, v, c.t(0))
	if c.bytes == 64 {
		c.p("\tVCMPPS $%d, %s, %s, K1", notLessOrEqual, c.zeroReg(), c.t(0))
		c.p("\tVMOVUPS.Z %s, K1, %s", c.mem(0, v), c.t(0))
		return
	}
	c.p("\tVCMPPS $%d, %s, %[3]s, %[3]s", notLessOrEqual, c.zeroReg(), c.t(0))
	c.p("\tVANDPS %s, %[2]s, %[2]s", c.mem(0, v), c.t(0))
}

func (c *columnCode) emit(vectors int) {
	c.begin(fmt.Sprintf("%s%d_%s", c.op.name, vectors, c.name), "columnArgs")
	pointers := []string{"SI", "DI", "R8"}[:c.op.matrices]
	for k, r := range pointers {
		c.p("\tMOVQ %d(DX), %s", columnP+8*k, r)
	}
	c.p("\tMOVQ %d(DX), R9\n\tMOVQ %d(DX), AX", columnRow, columnRows)
	for k := 0; k < c.op.params; k++ {
		c.p("\tMOVQ %d(DX), R10", columnPar+8*k)
		for v := 0; v < c.nv; v++ {
			c.p("\tVMOVUPS %d(R10), %s", v*c.bytes, c.par(k, v))
		}
	}
	c.zero(c.isa, 0, c.first())
	c.label("row")
	for v := 0; v < c.nv; v++ {
		c.op.body(c, v)
	}
	for _, r := range pointers {
		c.p("\tADDQ R9, %s", r)
	}
	c.p("\tDECQ AX\n\tJNZ row")
	if c.op.sums {
		for k := 0; k < 2; k++ {
			c.p("\tMOVQ %d(DX), R10", columnSum+8*k)
			for v := 0; v < c.nv; v++ {
				c.p("\tVMOVUPS %s, %d(R10)", c.sum(k, v), v*c.bytes)
			}
		}
	}
	c.end()
}
