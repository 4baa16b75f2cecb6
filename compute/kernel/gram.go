package kernel

import "fmt"

// Sgram computes the products of every row of A (n×k, row stride lda) with itself and
// with every row after it: C = A·Aᵀ (n×n, row stride ldc) on and above the diagonal. What
// is below is left undefined. The elements that are defined have the bits that Sgemm
// gives them, in little more than half of its time: tiles below the diagonal are left
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

// runAbove is run for those tiles that reach above the diagonal, which is at column
// first of row 0 of the block.
func (t *block[T]) runAbove(c []T, first int) {
	rows, cols := t.rows, t.cols
	for i, q := range cols {
		end := q.start + q.size - first // rows from here on are below the panel's diagonal
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
