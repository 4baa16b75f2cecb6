package kernel

// block is one block of a product on its way through the micro-kernel: A cut into tiles
// of rows, B into panels of columns.
type block[T float] struct {
	kernel *microKernel[T]
	buf    *buffers[T]
	k      int // depth of the block
	alpha  T
	add    bool
	ldc    int

	a    strided[T]
	rows []span
	cols []panel[T]
}

// panel is a part of B for one strip. The strip has width columns: more than size only
// where a copy is padded with zeros.
type panel[T float] struct {
	strided[T]
	span
	width int
}

// run computes the block of C that begins at c[0].
func (t *block[T]) run(c []T) {
	s := strip[T]{a: t.a, rows: t.rows, cs: t.ldc, k: t.k, alpha: t.alpha, add: t.add, sum: t.buf.edge}
	for _, q := range t.cols {
		s.b, s.bs, s.cols, s.c = q.v, q.rs, q.width, c[q.start:]
		if q.size == q.width {
			t.kernel.run(&s, &t.buf.args)
		} else {
			t.runEdge(s, q.size)
		}
	}
}

// runEdge computes a strip of which only the first size columns are C's, for a kernel
// that writes whole vectors: tile by tile into memory of our own, then moved to C by
// the micro-kernel's own rule.
func (t *block[T]) runEdge(s strip[T], size int) {
	edge, tile := t.buf.edge, t.buf.tile[:]
	for _, r := range t.rows {
		tile[0] = span{0, r.size}
		e := s
		e.a, e.rows, e.c, e.cs, e.add = s.a.at(r.start, 0), tile, edge, s.cols, false
		t.kernel.run(&e, &t.buf.args)
		for i := 0; i < r.size; i++ {
			src := edge[i*s.cols : i*s.cols+size]
			dst := s.c[(r.start+i)*t.ldc : (r.start+i)*t.ldc+size]
			if !t.add {
				copy(dst, src)
				continue
			}
			for j, v := range src {
				dst[j] += v
			}
		}
	}
}
