package main

import "fmt"

// convTile is a tile of two halves of per pixels and vectors·16 channels.
type convTile struct{ per, vectors int }

// convTiles is every tile the convolutions need: halves of 7 pixels for maps of 28, 14
// and 7, of 4 for maps of 32, 16, 8 and 4, of 3 for the odd columns of maps of 7.
var convTiles = []convTile{{7, 1}, {7, 2}, {4, 1}, {4, 2}, {4, 3}, {3, 1}, {3, 2}}

// Offsets in convArgs and tap.
const (
	convX, convY, convW     = 0, 16, 32
	convXStep, convYStep    = 40, 48
	convDepth, convTaps     = 56, 64
	convCount, convAdd      = 72, 80
	tapX, tapW, tapSkip     = 0, 8, 16
	tapSize                 = 24
	convUnroll, skipKinds   = 4, 5
	floatBytes, vectorBytes = 4, 64 // a 16-channel vector
)

// block is the part of a tile that one pass over the taps computes: some halves and
// width bytes of channels in nv registers. A tile that does not fit into the
// registers takes several passes; an output element does not notice.
type block struct {
	isa
	convTile
	halves, nv int
}

func convAMD64(a *asm) {
	for _, t := range convTiles {
		a.convTile(block{avx512, t, 2, t.vectors})
	}
	for _, t := range convTiles {
		b := block{avx2, t, 2, 1}
		switch {
		case t.per == 4 && t.vectors == 3:
			b.halves, b.nv = 1, 3
		case t.per == 4:
			b.halves, b.nv = 1, 2
		case t.per == 3:
			b.nv = 2
		}
		a.convTile(b)
	}
}

func (b block) pixels() int { return b.halves * b.per }

// acc is the accumulator of vector v of pixel i.
func (b block) acc(i, v int) string { return b.v(i*b.nv + v) }

// base is the register that points to the half of pixel i.
func (b block) base(i int) string { return []string{"SI", "DI"}[i/b.per] }

func (a *asm) convTile(b block) {
	name := fmt.Sprintf("conv%dx%d_%s", b.per, b.vectors, b.name)
	passes := b.vectors * vectorBytes / (b.nv * b.bytes)
	a.begin(name, "convArgs")
	for half := 0; half < 2; half += b.halves {
		at := fmt.Sprintf("h%d", half)
		if passes > 1 {
			a.p("\tXORQ R15, R15")
			a.label("%s_pass", at)
		}
		a.convPass(b, half, at, passes > 1)
		if passes > 1 {
			a.p("\tADDQ $%d, R15\n\tCMPQ R15, $%d\n\tJNE %s_pass", b.nv*b.bytes, b.vectors*vectorBytes, at)
		}
	}
	a.end()
}

// convPass computes one block. R15 holds the channels' offset in bytes if there are
// several passes.
func (a *asm) convPass(b block, half int, at string, offset bool) {
	outputs := func() {
		a.steps(fmt.Sprintf("%d(DX)", convYStep))
		for h := 0; h < b.halves; h++ {
			a.p("\tMOVQ %d(DX), %s", convY+8*(half+h), b.base(h*b.per))
			if offset {
				a.p("\tADDQ R15, %s", b.base(h*b.per))
			}
		}
	}
	a.p("\tCMPQ %d(DX), $0\n\tJNE %s_load", convAdd, at)
	a.zero(b.isa, 0, b.pixels()*b.nv)
	a.p("\tJMP %s_start", at)
	a.label("%s_load", at)
	outputs()
	a.each(b, func(i, v int) { a.p("\tVMOVUPS %s, %s", pixel(b.base(i), i%b.per, v*b.bytes), b.acc(i, v)) })
	a.label("%s_start", at)
	a.steps(fmt.Sprintf("%d(DX)", convXStep))
	a.p("\tMOVQ %d(DX), BX\n\tMOVQ %d(DX), R14", convTaps, convCount)
	a.label("%s_tap", at)
	a.p("\tMOVQ %d(BX), AX", tapX)
	for h := 0; h < b.halves; h++ {
		a.p("\tMOVQ %d(DX), %[2]s\n\tADDQ AX, %[2]s", convX+8*(half+h), b.base(h*b.per))
	}
	a.p("\tMOVQ %d(DX), R10\n\tADDQ %d(BX), R10", convW, tapW)
	if offset {
		a.p("\tADDQ R15, R10")
	}
	a.p("\tMOVQ %d(BX), R8\n\tMOVQ %d(DX), AX", tapSkip, convDepth)
	for skip := 1; skip < skipKinds; skip++ {
		a.p("\tCMPQ R8, $%d\n\tJEQ %s_skip%d", skip, at, skip)
	}
	for skip := 0; skip < skipKinds; skip++ {
		a.label("%s_skip%d", at, skip)
		a.convLoop(b, half, skip)
		a.p("\tSUBQ $%d, AX\n\tJNZ %s_skip%d", convUnroll, at, skip)
		if skip < skipKinds-1 {
			a.p("\tJMP %s_next", at)
		}
	}
	a.label("%s_next", at)
	a.p("\tADDQ $%d, BX\n\tDECQ R14\n\tJNZ %s_tap", tapSize, at)
	outputs()
	a.each(b, func(i, v int) { a.p("\tVMOVUPS %s, %s", b.acc(i, v), pixel(b.base(i), i%b.per, v*b.bytes)) })
}

// each calls f for every accumulator.
func (a *asm) each(b block, f func(i, v int)) {
	for i := 0; i < b.pixels(); i++ {
		for v := 0; v < b.nv; v++ {
			f(i, v)
		}
	}
}

// convLoop is the body of the loop over source channels for one kind of tap.
func (a *asm) convLoop(b block, half, skip int) {
	weight := func(v int) string { return b.v(b.pixels()*b.nv + v) }
	scalar := b.v(b.pixels()*b.nv + b.nv)
	for u := 0; u < convUnroll; u++ {
		for v := 0; v < b.nv; v++ {
			a.p("\tVMOVUPS %d(R10), %s", u*b.vectors*vectorBytes+v*b.bytes, weight(v))
		}
		for i := 0; i < b.pixels(); i++ {
			if skipped(skip, half+i/b.per, i%b.per, b.per) {
				continue
			}
			x := pixel(b.base(i), i%b.per, u*floatBytes)
			if b.embed && b.nv == 1 {
				a.p("\tVFMADD231PS.BCST %s, %s, %s", x, weight(0), b.acc(i, 0))
				continue
			}
			a.p("\tVBROADCASTSS %s, %s", x, scalar)
			for v := 0; v < b.nv; v++ {
				a.p("\tVFMADD231PS %s, %s, %s", scalar, weight(v), b.acc(i, v))
			}
		}
	}
	a.p("\tADDQ $%d, R10", convUnroll*b.vectors*vectorBytes)
	for h := 0; h < b.halves; h++ {
		a.p("\tADDQ $%d, %s", convUnroll*floatBytes, b.base(h*b.per))
	}
}

// skipped says whether a tap leaves out pixel i of a half; the kinds are those of
// conv_sweep.go.
func skipped(skip, half, i, per int) bool {
	switch skip {
	case 1:
		return half == 0 && i == 0
	case 2:
		return half == 1 && i == per-1
	case 3:
		return i == 0
	case 4:
		return i == per-1
	}
	return false
}
