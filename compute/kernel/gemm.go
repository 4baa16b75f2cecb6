package kernel

import "fmt"

// gemmDepth is the number of products in one chain of multiply-adds. Every
// implementation cuts the inner dimension at the same multiples of it, because
// where the chain is cut decides how the result is rounded: changing it changes
// bits. A chain of 256 keeps a panel of B (256 × 32 float32) in the first-level
// cache and its rounding error below that of one chain over all of k.
const gemmDepth = 256

// Sgemm computes C = alpha·op(A)·op(B) + beta·C on row-major float32 matrices,
// where op transposes if transA or transB says so; op(A) is m×k, op(B) is k×n and
// C is m×n, with row strides lda, ldb and ldc in elements.
//
// The bits of the result depend on the arguments alone, on no CPU and on no number
// of cores: per element of C and per 256 products one chain of fused multiply-adds
// from zero, in ascending k, times alpha, added to beta·C (rounded); beta = 0
// overwrites C without reading it. Payloads of NaNs are the only exception.
//
// It panics if a dimension is negative, a stride is shorter than a row or a slice is
// shorter than its matrix. It allocates nothing once warm and runs on the calling
// goroutine; concurrent calls are safe.
func Sgemm(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	gemm(pick(&sgemmKernels), &sgemmBuffers, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// Dgemm is Sgemm in float64.
func Dgemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	gemm(pick(&dgemmKernels), &dgemmBuffers, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// checkMatrix panics unless a slice of length have holds a rows×cols matrix of row
// stride ld. The assembly behind Sgemm and Dgemm has no bounds checks of its own.
func checkMatrix(name string, have, rows, cols, ld int) {
	if ld < max(1, cols) {
		panic(fmt.Sprintf("kernel: gemm: row stride of %s is %d, shorter than a row of %d", name, ld, cols))
	}
	if rows > 0 && cols > 0 && have < (rows-1)*ld+cols {
		panic(fmt.Sprintf("kernel: gemm: %s has %d elements, %d×%d with row stride %d needs %d", name, have, rows, cols, ld, (rows-1)*ld+cols))
	}
}
