package kernel

import "unsafe"

// The element-wise kernels work on a matrix of rows×width floats whose columns have
// parameters (a channel's scale and shift) or sums of their own.
const (
	opSums         = iota // sums += x, squares += x²
	opNormRelu            // p1 = max(0, x·scale + shift)
	opNormAddRelu         // p1 = max(0, x·scale + shift + p2)
	opNormNormRelu        // p1 = max(0, x·scale + shift + p2·scale2)
	opReduce              // x is masked where p1 ≤ 0; sums += x, squares += x·(p2 - mean)
	opApply               // p2 = x·a + (p1·b + c)
	opLarger              // p1 = the larger of |x| and |p1|, NaN the largest
	opMatch               // p2 = where x has the bits of p1: all ones, which p1 becomes there, or zeros
	opRoute               // p2 += x where the bits of p1 are ones
	opMomentum            // a step of Descent on x with gradient p1 and velocity p2
	opNesterov            // the same, looking ahead
	opAverage             // x += par0·(p1 - x)
	columnOps
)

// columnArgs is one call: vectors·16 columns, all rows. The assembly reads this
// layout.
type columnArgs struct {
	p    [3]unsafe.Pointer // matrices
	par  [4]unsafe.Pointer // one value for each column
	sum  [2]unsafe.Pointer // results for each column, overwritten
	row  int               // bytes between rows
	rows int
}

// columns is the shape of such a matrix: pixels×channels, folded so that a row holds
// fold pixels and narrow maps still fill the vectors. Column j belongs to channel
// j mod channels.
type columns struct{ rows, width, channels int }

func newColumns(pixels, channels int) columns {
	fold := 1
	for channels*fold < 64 && pixels%(2*fold) == 0 {
		fold *= 2
	}
	return columns{pixels / fold, channels * fold, channels}
}

// run calls operation op on column blocks as wide as the instruction set has kernels
// for. It leaves the pointers of a advanced to the last block.
func (c columns) run(op int, a *columnArgs) {
	a.row, a.rows = 4*c.width, c.rows
	a.run(op, c.width)
}

// run is columns.run for rows that are set.
func (a *columnArgs) run(op, width int) {
	for left := width / 16; left > 0; {
		kernel, v := columnKernel(op, left)
		kernel(a)
		if left -= v; left > 0 {
			a.advance(64 * v)
		}
	}
}

// advance moves all pointers that are set.
func (a *columnArgs) advance(bytes int) {
	for _, ps := range [][]unsafe.Pointer{a.p[:], a.par[:], a.sum[:]} {
		for i, p := range ps {
			if p != nil {
				ps[i] = unsafe.Add(p, bytes)
			}
		}
	}
}
