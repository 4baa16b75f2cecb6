package probe

import (
	"math"

	"lossxfer-report/compute/kernel"
)

// invertPositive replaces the symmetric positive definite m×m matrix a by its
// inverse and reports whether it could: Cholesky A = L·Lᵀ, then L⁻¹, then L⁻ᵀ·L⁻¹.
// Blocked, so that nearly all of the arithmetic is matrix products.
func invertPositive(a []float64, m int) bool {
	if !choleskyLower(a, m) {
		return false
	}
	inv := invertLower(a, m)
	kernel.Dgemm(true, false, m, m, m, 1, inv, m, inv, m, 0, a, m)
	return true
}

const choleskyBlock = 32

// choleskyLower overwrites the lower triangle of a by its Cholesky factor and
// clears what is above the diagonal.
func choleskyLower(a []float64, m int) bool {
	for lo := 0; lo < m; lo += choleskyBlock {
		hi := min(lo+choleskyBlock, m)
		// Everything left of this block column has been factorised: subtract it.
		if lo > 0 {
			kernel.Dgemm(false, true, m-lo, hi-lo, lo, -1, a[lo*m:], m, a[lo*m:], m, 1, a[lo*m+lo:], m)
		}
		for j := lo; j < hi; j++ {
			rj := a[j*m+lo : j*m+j]
			s := a[j*m+j] - dot(rj, rj)
			if !(s > 0) || math.IsInf(s, 0) {
				return false
			}
			s = math.Sqrt(s)
			a[j*m+j] = s
			for i := j + 1; i < m; i++ {
				a[i*m+j] = (a[i*m+j] - dot(a[i*m+lo:i*m+j], rj)) / s
			}
		}
	}
	for i := range m {
		clear(a[i*m+i+1 : (i+1)*m])
	}
	return true
}

// invertLower returns the inverse of a lower triangular matrix, by block rows:
// with the rows above known, X_b = L_bb⁻¹·(I_b − L_b,<b · X_<b).
func invertLower(l []float64, m int) []float64 {
	x := make([]float64, m*m)
	for lo := 0; lo < m; lo += choleskyBlock {
		hi := min(lo+choleskyBlock, m)
		if lo > 0 {
			kernel.Dgemm(false, false, hi-lo, lo, lo, -1, l[lo*m:], m, x, m, 0, x[lo*m:], m)
		}
		for i := lo; i < hi; i++ {
			row := x[i*m : i*m+hi]
			row[i] = 1
			for j := lo; j < i; j++ {
				axpy(-l[i*m+j], x[j*m:j*m+hi], row)
			}
			scaleTo(row, 1/l[i*m+i], row)
		}
	}
	return x
}
