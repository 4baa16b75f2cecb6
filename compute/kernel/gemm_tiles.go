package kernel

// tiles is one block of a product on its way through the micro-kernel: A in panels of
// rows, B in panels of columns.
type tiles[T float] struct {
	kernel *microKernel[T]
	buf    *buffers[T]
	k      int // depth of the block
	alpha  T
	add    bool
	ldc    int

	rows, cols []panel[T]
}

// panel is a slice of A (size rows) or B (size columns, width of the tile). Packed
// panels are padded with zeros up to width.
type panel[T float] struct {
	strided[T]
	start, size, width int
}

// run computes the block of C that begins at c[0].
func (t *tiles[T]) run(c []T) {
	call := tile[T]{k: t.k, alpha: t.alpha}
	for _, q := range t.cols {
		call.b, call.bs = q.v, q.rs
		for _, p := range t.rows {
			call.a = p.strided
			out := c[p.start*t.ldc+q.start:]
			if q.size == q.width {
				call.c, call.cs, call.add = out, t.ldc, t.add
				t.kernel.run(p.size, q.width, &call)
				continue
			}
			// The last columns: into a tile of our own first, for the kernel
			// writes whole vectors.
			call.c, call.cs, call.add = t.buf.edge, q.width, false
			t.kernel.run(p.size, q.width, &call)
			t.spill(out, p.size, q.size, q.width)
		}
	}
}

// spill moves the h×w corner of the edge tile to C, by the micro-kernel's own rule.
func (t *tiles[T]) spill(c []T, h, w, width int) {
	for i := 0; i < h; i++ {
		src := t.buf.edge[i*width : i*width+w]
		dst := c[i*t.ldc : i*t.ldc+w]
		if !t.add {
			copy(dst, src)
			continue
		}
		for j, v := range src {
			dst[j] += v
		}
	}
}
