package kernel

// A microKernel computes one tile of C of at most heights[0] rows and widths[0]
// columns in registers.
type microKernel[T float] struct {
	heights []int // rows of the tiles it can do, descending, 1 last
	widths  []int // columns of the tiles it can do, descending
	run     func(h, w int, t *tile[T])
}

// tile is one call of a micro-kernel: C[i][j] = alpha·Σ_p A[i][p]·B[p][j], added to
// what C holds if add is set. A is any strided matrix, so a packed panel (rs = 1) and
// a part of the caller's matrix (cs = 1) are the same to it; rows of B and C are
// contiguous.
type tile[T float] struct {
	a     strided[T]
	b     []T
	bs    int // elements between rows of B
	c     []T
	cs    int // elements between rows of C
	k     int
	alpha T
	add   bool
}

// genericTile is the micro-kernel in plain Go, which the assembly reproduces bit for
// bit: one chain of fused multiply-adds per element of C, in ascending p, from zero.
func genericTile[T float](fma func(x, y, z T) T) func(h, w int, t *tile[T]) {
	return func(h, w int, t *tile[T]) {
		for i := 0; i < h; i++ {
			row := t.c[i*t.cs : i*t.cs+w]
			for j := range row {
				var s T
				for p := 0; p < t.k; p++ {
					s = fma(t.a.v[i*t.a.rs+p*t.a.cs], t.b[p*t.bs+j], s)
				}
				s *= t.alpha
				if t.add {
					s = row[j] + T(s)
				}
				row[j] = s
			}
		}
	}
}
