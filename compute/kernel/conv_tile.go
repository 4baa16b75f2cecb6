package kernel

import "unsafe"

// convArgs is one call of a tile kernel: two halves of per neighbouring pixels, each
// with vectors·16 output channels. The assembly reads this layout.
type convArgs struct {
	x     [2]unsafe.Pointer // first source pixel of each half
	y     [2]unsafe.Pointer // first output pixel of each half
	w     unsafe.Pointer    // panel: [tap][depth][vectors·16]
	xStep int               // bytes between pixels of the source
	yStep int               // bytes between pixels of the output
	depth int               // source channels, a multiple of 4
	taps  unsafe.Pointer    // count taps
	count int
	add   int // 1: start from what the output holds
}

// convGeneric returns the tile kernel in plain Go, the definition that the assembly
// reproduces bit for bit.
func convGeneric(per, vectors int) func(a *convArgs) {
	return func(a *convArgs) {
		for half := 0; half < 2; half++ {
			for i := 0; i < per; i++ {
				convPixel(a, half, i, per, vectors*16)
			}
		}
	}
}

// convPixel computes the channels of one pixel of a tile.
func convPixel(a *convArgs, half, i, per, channels int) {
	y := unsafe.Slice((*float32)(unsafe.Add(a.y[half], i*a.yStep)), channels)
	var acc [48]float32
	if a.add != 0 {
		copy(acc[:], y)
	}
	for _, t := range unsafe.Slice((*tap)(a.taps), a.count) {
		if skipped(t.skip, half, i, per) {
			continue
		}
		x := unsafe.Slice((*float32)(unsafe.Add(a.x[half], i*a.xStep+t.x)), a.depth)
		w := unsafe.Slice((*float32)(unsafe.Add(a.w, t.w)), a.depth*channels)
		for k, v := range x {
			row := w[k*channels : (k+1)*channels]
			for c, u := range row {
				acc[c] = fma32(v, u, acc[c])
			}
		}
	}
	copy(y, acc[:])
}

// skipped says whether a tap leaves out pixel i of a half.
func skipped(skip, half, i, per int) bool {
	switch skip {
	case skipFirst:
		return half == 0 && i == 0
	case skipLast:
		return half == 1 && i == per-1
	case skipBothFirsts:
		return i == 0
	case skipBothLasts:
		return i == per-1
	}
	return false
}
