package kernel

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gorgonia.org/gorgonia"
)

// BLAS is gonum's implementation with the products of matrices and vectors replaced by
// ours: faster, on one goroutine, and with bits that depend on the arguments alone.
//
// What was found in gonum v0.17.0, gorgonia v0.9.18, tensor v0.9.24, vecf32 v0.9.0 and
// math32 v1.10.1:
//
//   - gonum's assembly is SSE2 without dispatch, so it does not depend on the CPU. But
//     f32.DotUnitary, f32.Sum and f64.Sum begin with single elements until the address
//     is a multiple of 16 bytes: the order of their additions depends on where the
//     slice lies in memory. Hence our Sdot and Sgemv, and hence: no gonum/floats.Sum
//     and no float32 dot product of gonum on a path to a result.
//   - gonum's Sgemm and Dgemm split large products over GOMAXPROCS goroutines (not over
//     k, so the bits do not change). Ours leave the cores to other models.
//   - On arm64 gonum is plain Go, where the compiler fuses multiplications into
//     additions; whatever is not replaced here has other bits there.
//   - gorgonia and tensor call Gemm, Gemv, Ger, Dot, Axpy and Scal through Use. Their
//     element-wise code (vecf32, vecf64) is plain Go unless built with the tags sse or
//     avx; math32 is scalar SSE; both give the same bits on every x86-64. gorgonia's
//     Softplus and Sigmoid go through package math, which does not: see Softplus.
type BLAS struct{ gonum.Implementation }

// RegisterBLAS makes gonum's blas32 and blas64 (and through them gonum/mat) and
// gorgonia with its tensors use BLAS. Call it once, before anything multiplies.
func RegisterBLAS() {
	blas32.Use(BLAS{})
	blas64.Use(BLAS{})
	gorgonia.Use(BLAS{})
}

// Sgemm is the package's Sgemm.
func (BLAS) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	Sgemm(transposed(tA), transposed(tB), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// Dgemm is the package's Dgemm.
func (BLAS) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	Dgemm(transposed(tA), transposed(tB), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// Sgemv computes y = alpha·op(A)·x + beta·y as the product of op(A) and a matrix of one
// column.
func (BLAS) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	gemv(Sgemm, transposed(tA), m, n, alpha, a, lda, x, incX, beta, y, incY)
}

// Dgemv is Sgemv in float64.
func (BLAS) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	gemv(Dgemm, transposed(tA), m, n, alpha, a, lda, x, incX, beta, y, incY)
}

// Sger computes A += alpha·x·yᵀ as a product of depth one.
func (BLAS) Sger(m, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	ger(Sgemm, m, n, alpha, x, incX, y, incY, a, lda)
}

// Dger is Sger in float64.
func (BLAS) Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	ger(Dgemm, m, n, alpha, x, incX, y, incY, a, lda)
}

func transposed(t blas.Transpose) bool {
	switch t {
	case blas.NoTrans:
		return false
	case blas.Trans, blas.ConjTrans:
		return true
	}
	panic("kernel: gemm: bad transpose flag")
}
