package kernel

import "fmt"

// gemmFunc is Sgemm or Dgemm.
type gemmFunc[T float] func(transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)

// gemv computes y = alpha·op(A)·x + beta·y for an m×n matrix A: a vector with a positive
// increment is a matrix of one column with that row stride.
func gemv[T float](gemm gemmFunc[T], trans bool, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int) {
	if trans {
		m, n = n, m
	}
	xs, ys := vector(x, n, incX), vector(y, m, incY)
	gemm(trans, false, m, 1, n, alpha, a, lda, xs, max(incX, 1), beta, ys, max(incY, 1))
	if incY < 0 {
		reverseInto(y, ys, incY)
	}
}

// ger computes A += alpha·x·yᵀ for an m×n matrix A.
func ger[T float](gemm gemmFunc[T], m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) {
	ys := vector(y, n, incY)
	if incY > 1 {
		dense := make([]T, n)
		for i := range dense {
			dense[i] = ys[i*incY]
		}
		ys = dense
	}
	gemm(false, false, m, n, 1, alpha, vector(x, m, incX), max(incX, 1), ys, max(n, 1), 1, a, lda)
}

// vector returns the n elements of a BLAS vector so that the first comes first; with a
// negative increment BLAS counts from the end, and it is a reversed, dense copy.
func vector[T float](x []T, n, inc int) []T {
	if inc == 0 {
		panic("kernel: blas: zero increment")
	}
	if n > 0 && len(x) <= (n-1)*max(inc, -inc) {
		panic(fmt.Sprintf("kernel: blas: vector of %d elements, %d with increment %d needs %d", len(x), n, inc, (n-1)*max(inc, -inc)+1))
	}
	if inc > 0 || n <= 0 {
		return x
	}
	dense := make([]T, n)
	for i := range dense {
		dense[i] = x[(i+1-n)*inc]
	}
	return dense
}

// reverseInto writes a dense vector back to where vector took it from.
func reverseInto[T float](y, dense []T, inc int) {
	for i, v := range dense {
		y[(i+1-len(dense))*inc] = v
	}
}
