package kernel

import (
	"fmt"
	"unsafe"
)

// Descent moves vectors of weights: the part of a training step that is as long as the
// network has weights and does next to nothing with each. A Descent is for one
// goroutine; it keeps memory between calls, so that they take none.
type Descent struct {
	args columnArgs
	par  [4][64]float32
}

// Momentum is one step of stochastic gradient descent on weights w with momentum μ:
//
//	d = scale·g + decay·w,  v ← μ v + d,  w ← w - rate·v
//
// Nesterov's looks ahead, w ← w - rate·(d + μ v). Every product and every sum is
// rounded on its own.
type Momentum struct {
	Rate, Momentum, Scale float32
	Nesterov              bool
}

// Step moves w and the velocity v by the gradient g under a weight decay.
func (d *Descent) Step(m Momentum, w, g, v []float32, decay float32) {
	d.need(len(w), g, v)
	op := opMomentum
	if m.Nesterov {
		op = opNesterov
	}
	d.run(op, w, g, v, m.Scale, decay, m.Momentum, m.Rate)
}

// Average moves an average towards a value: average ← average + towards·(value - average).
func (d *Descent) Average(average, value []float32, towards float32) {
	d.need(len(average), value)
	d.run(opAverage, average, value, nil, towards)
}

func (d *Descent) need(n int, vs ...[]float32) {
	for _, v := range vs {
		if len(v) != n {
			panic(fmt.Sprintf("kernel: a vector of %d numbers beside one of %d", len(v), n))
		}
	}
}

// run walks the vectors as rows of 64, the rest as one row of 16, 32 or 48, and what
// then is left number by number.
func (d *Descent) run(op int, p0, p1, p2 []float32, par ...float32) {
	for k, v := range par {
		for j := range d.par[k] {
			d.par[k][j] = v
		}
	}
	n := len(p0)
	// A row must not be wider than a kernel, which would walk the vectors several times.
	_, widest := columnKernel(op, 4)
	row := 16 * widest
	whole, sixteens := n/row*row, n/16*16
	d.columns(op, p0, p1, p2, 0, columns{rows: whole / row, width: row})
	d.columns(op, p0, p1, p2, whole, columns{rows: 1, width: sixteens - whole})
	if sixteens == n {
		return
	}
	rest := [3][]float32{p0[sixteens:], p1[sixteens:]}
	if p2 != nil {
		rest[2] = p2[sixteens:]
	}
	d.args.par = d.parameters()
	columnRow(op)(&d.args, rest)
}

// columns runs the operation on a part of the vectors from an offset.
func (d *Descent) columns(op int, p0, p1, p2 []float32, from int, c columns) {
	if c.rows == 0 || c.width == 0 {
		return
	}
	d.args = columnArgs{p: [3]unsafe.Pointer{ptr(p0, from), ptr(p1, from)}, par: d.parameters()}
	if p2 != nil {
		d.args.p[2] = ptr(p2, from)
	}
	c.run(op, &d.args)
}

func (d *Descent) parameters() (p [4]unsafe.Pointer) {
	for k := range p {
		p[k] = unsafe.Pointer(&d.par[k][0])
	}
	return p
}

func momentumRow(a *columnArgs, p [3][]float32) { descendRow(a, p, false) }

func nesterovRow(a *columnArgs, p [3][]float32) { descendRow(a, p, true) }

// descendRow is the definition of a step.
func descendRow(a *columnArgs, p [3][]float32, ahead bool) {
	par := func(k int) float32 { return *(*float32)(a.par[k]) }
	scale, decay, momentum, rate := par(0), par(1), par(2), par(3)
	w, g, v := p[0], p[1][:len(p[0])], p[2][:len(p[0])]
	for i, x := range w {
		d := float32(scale*g[i]) + float32(decay*x)
		m := float32(momentum*v[i]) + d
		v[i] = m
		if ahead {
			m = d + float32(momentum*m)
		}
		w[i] = x - float32(rate*m)
	}
}

func averageRow(a *columnArgs, p [3][]float32) {
	towards := *(*float32)(a.par[0])
	value := p[1][:len(p[0])]
	for i, x := range p[0] {
		p[0][i] = x + float32(towards*(value[i]-x))
	}
}
