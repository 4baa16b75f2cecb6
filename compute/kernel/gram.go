package kernel

import "fmt"

// Sgram computes the products of every row of A (n×k, row stride lda) with itself and
// with every row after it: C = A·Aᵀ (n×n, row stride ldc) on and above the diagonal. What
// is below is left undefined. The elements that are defined have the bits that Sgemm
// gives them, in little more than half of its time: what is below the diagonal is left
// out, and each block of Aᵀ is gathered once.
//
// It panics like Sgemm.
func Sgram(n, k int, a []float32, lda int, c []float32, ldc int) {
	if n < 0 || k < 0 {
		panic(fmt.Sprintf("kernel: gram: negative dimension in n=%d k=%d", n, k))
	}
	checkMatrix("A", len(a), n, k, lda)
	checkMatrix("C", len(c), n, n, ldc)
	if n == 0 {
		return
	}
	if k == 0 {
		scale(n, n, 0, c, ldc)
		return
	}
	kr := pick(&sgemmKernels)
	buf := sgemmBuffers.get()
	defer sgemmBuffers.put(buf)
	av, bv := view(a, lda, false), view(a, lda, true)
	for k0 := 0; k0 < k; k0 += gemmDepth {
		t := block[float32]{kernel: kr, buf: buf, k: min(gemmDepth, k-k0), alpha: 1, add: k0 > 0, ldc: ldc}
		for n0 := 0; n0 < n; n0 += gemmCols {
			columns := min(gemmCols, n-n0)
			t.takeB(bv.at(k0, n0), columns, n)
			for m0 := 0; m0 < n0+columns; m0 += gemmRows {
				t.takeA(av.at(m0, k0), min(gemmRows, n0+columns-m0))
				t.runAbove(c[m0*ldc+n0:], m0-n0)
			}
		}
	}
}

// runAbove is run for what reaches above the diagonal, which is at column first of row 0
// of the block: of each panel the tiles that begin above it, or, where tiles are tall
// enough to be worth it with one vector, tiles that end with it.
func (t *block[T]) runAbove(c []T, first int) {
	rows, cols := t.rows, t.cols
	for i, q := range cols {
		end := q.start + q.size - first // rows from here on are below the panel's diagonal
		if t.kernel.masked {
			t.runWedge(c, rows, q, end)
			continue
		}
		above := 0
		for above < len(rows) && rows[above].start < end {
			above++
		}
		if above > 0 {
			t.rows, t.cols = rows[:above], cols[i:i+1]
			t.run(c)
		}
	}
	t.rows, t.cols = rows, cols
}

// runWedge runs a panel down to row end of the block: both of its vectors to where the
// diagonal leaves the first, and then the second alone.
func (t *block[T]) runWedge(c []T, rows []span, q panel[T], end int) {
	last, lanes := rows[len(rows)-1], t.kernel.lanes
	all := last.start + last.size
	both := min(max(end-max(q.size-lanes, 0), 0), all)
	end = min(end, all)
	t.runRows(c, q, 0, both)
	if both < end {
		q.strided.v = q.strided.v[lanes:]
		q.start, q.size, q.width = q.start+lanes, q.size-lanes, q.width-lanes
		t.runRows(c, q, both, end)
	}
}

// runRows runs some rows of a panel, in tiles of their own.
func (t *block[T]) runRows(c []T, q panel[T], from, to int) {
	if from >= to {
		return
	}
	t.buf.part, t.buf.one[0] = t.buf.part[:0], q
	for from < to {
		h := t.kernel.height(to - from)
		t.buf.part = append(t.buf.part, span{from, h})
		from += h
	}
	t.rows, t.cols = t.buf.part, t.buf.one[:]
	t.run(c)
}
