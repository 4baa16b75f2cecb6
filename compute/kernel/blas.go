package kernel

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gorgonia.org/gorgonia"
)

// BLAS is gonum's implementation with the matrix products replaced by Sgemm and Dgemm.
type BLAS struct{ gonum.Implementation }

// RegisterBLAS makes gonum's blas32 and blas64 (and through them gonum/mat) and
// gorgonia with its tensors use BLAS. Call it once, before anything multiplies.
func RegisterBLAS() {
	blas32.Use(BLAS{})
	blas64.Use(BLAS{})
	gorgonia.Use(BLAS{})
}

// Sgemm is blas.Float32's: see the package's Sgemm.
func (BLAS) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	Sgemm(transposed(tA), transposed(tB), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// Dgemm is blas.Float64's: see the package's Dgemm.
func (BLAS) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	Dgemm(transposed(tA), transposed(tB), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
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
