package kernel

// A microKernel computes tiles of C in registers.
type microKernel[T float] struct {
	heights []int // rows of the tiles it can do, descending, 1 last
	widths  []int // columns of the tiles it can do, descending
	masked  bool  // it can do any smaller number of columns too
	lanes   int   // elements of a vector

	// assembly does one tile. If it is nil, chains does a row in plain Go.
	assembly func(*gemmArgs)
	chains   chains[T]
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
	sum   []T // room for genericWidth sums
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
	s.runGeneric(kr.chains)
}
