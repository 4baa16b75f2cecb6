package kernel

import "fmt"

type float interface{ float32 | float64 }

// strided is a matrix whose element (i, j) is v[i*rs+j*cs]; a transposed matrix is
// the same memory with the strides swapped.
type strided[T float] struct {
	v      []T
	rs, cs int
}

func view[T float](v []T, ld int, trans bool) strided[T] {
	if trans {
		return strided[T]{v, 1, ld}
	}
	return strided[T]{v, ld, 1}
}

// at returns the matrix whose origin is element (i, j) of s.
func (s strided[T]) at(i, j int) strided[T] {
	return strided[T]{s.v[i*s.rs+j*s.cs:], s.rs, s.cs}
}

// Sizes of the blocks that stay in cache: a block of A of gemmRows × gemmDepth in the
// second level, a block of B of gemmDepth × gemmCols in the third. They do not touch
// the order of operations.
const (
	gemmRows = 168
	gemmCols = 1024
)

// gemm checks the arguments, settles beta and runs over the blocks.
func gemm[T float](kr *microKernel[T], pool *bufferPool[T], transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) {
	if m < 0 || n < 0 || k < 0 {
		panic(fmt.Sprintf("kernel: gemm: negative dimension in m=%d n=%d k=%d", m, n, k))
	}
	checkMatrix("C", len(c), m, n, ldc)
	if transA {
		checkMatrix("A", len(a), k, m, lda)
	} else {
		checkMatrix("A", len(a), m, k, lda)
	}
	if transB {
		checkMatrix("B", len(b), n, k, ldb)
	} else {
		checkMatrix("B", len(b), k, n, ldb)
	}
	if m == 0 || n == 0 {
		return
	}
	if alpha == 0 || k == 0 {
		scale(m, n, beta, c, ldc)
		return
	}
	if beta != 0 && beta != 1 {
		scale(m, n, beta, c, ldc)
	}
	buf := pool.get()
	defer pool.put(buf)
	// Blocks of about equal height, in whole tiles: a low block at the end would
	// read all of B for a few rows.
	count := (m + gemmRows - 1) / gemmRows
	rows := roundUp((m+count-1)/count, kr.heights[0])
	av, bv := view(a, lda, transA), view(b, ldb, transB)
	for k0 := 0; k0 < k; k0 += gemmDepth {
		kk := min(gemmDepth, k-k0)
		t := block[T]{kernel: kr, buf: buf, k: kk, alpha: alpha, add: k0 > 0 || beta != 0, ldc: ldc}
		for n0 := 0; n0 < n; n0 += gemmCols {
			nn := min(gemmCols, n-n0)
			t.takeB(bv.at(k0, n0), nn, m)
			for m0 := 0; m0 < m; m0 += rows {
				mm := min(rows, m-m0)
				t.takeA(av.at(m0, k0), mm)
				t.run(c[m0*ldc+n0:])
			}
		}
	}
}

// scale computes C = beta·C; beta = 0 clears C whatever it held, NaN included.
func scale[T float](m, n int, beta T, c []T, ldc int) {
	for i := 0; i < m; i++ {
		row := c[i*ldc : i*ldc+n]
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}

// roundUp returns the least multiple of unit that is at least n.
func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }
