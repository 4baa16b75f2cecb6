package kernel

// A microKernel computes tiles of C in registers.
type microKernel[T float] struct {
	heights []int // rows of the tiles it can do, descending, 1 last
	widths  []int // columns of the tiles it can do, descending
	masked  bool  // it can do any smaller number of columns too
	lanes   int   // elements of a vector

	// assembly does one tile. If it is nil, fma is the multiply-add of the plain Go.
	assembly func(*gemmArgs)
	fma      func(x, y, z T) T
}

// strip is a block of A times one panel of B: C[i][j] = alpha·Σ_p A[i][p]·B[p][j], added
// to what C holds if add is set. A has any strides, so that a copy, the caller's matrix
// and its transpose are the same to a kernel; rows of B and C are contiguous.
type strip[T float] struct {
	a     strided[T]
	rows  []span // the rows of A and C, cut into tiles
	b     []T
	bs    int // elements between rows of B
	cols  int // columns of B and C
	c     []T
	cs    int // elements between rows of C
	k     int
	alpha T
	add   bool
}

// span is size rows or columns from start.
type span struct{ start, size int }

// height is the number of rows of the strip.
func (s *strip[T]) height() int {
	last := s.rows[len(s.rows)-1]
	return last.start + last.size
}

// run computes the strip with the assembly, or without it in plain Go.
func (kr *microKernel[T]) run(s *strip[T], args *gemmArgs) {
	if kr.assembly != nil {
		kr.runAssembly(s, args)
		return
	}
	s.runGeneric(kr.fma)
}

// runGeneric is the micro-kernel in plain Go, which the assembly reproduces bit for
// bit: one chain of fused multiply-adds per element of C, in ascending p, from zero.
func (s *strip[T]) runGeneric(fma func(x, y, z T) T) {
	for i := range s.height() {
		row := s.c[i*s.cs : i*s.cs+s.cols]
		for j := range row {
			var sum T
			for p := 0; p < s.k; p++ {
				sum = fma(s.a.v[i*s.a.rs+p*s.a.cs], s.b[p*s.bs+j], sum)
			}
			sum *= s.alpha
			if s.add {
				sum = row[j] + T(sum)
			}
			row[j] = sum
		}
	}
}
