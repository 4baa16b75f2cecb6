package represent

import (
	"fmt"
	"math"

	"lossxfer-report/compute/kernel"
)

// tridiagonalEigen is eigen for large matrices (Golub and Van Loan, Matrix
// Computations, 4th edition, sections 8.3.1 and 8.3.5): Householder reflections make
// the matrix tridiagonal, QR steps with Wilkinson's shift make that diagonal, and the
// reflections bring the eigenvectors back. Eigenvalues are good to rounding errors of
// the largest.
func tridiagonalEigen(a []float64, n int, vectors bool) (values, v []float64, err error) {
	// A power of two keeps squares within range and changes no digit.
	largest := 0.0
	for _, x := range a {
		largest = max(largest, math.Abs(x))
	}
	_, exponent := math.Frexp(largest)
	for i, x := range a {
		a[i] = math.Ldexp(x, -exponent)
	}
	diagonal, off, scales := reduce(a, n)
	if vectors {
		v = identity(n)
	}
	if !diagonalise(diagonal, off, v) {
		return nil, nil, fmt.Errorf("represent: the eigenvalues of a %d×%d matrix did not settle", n, n)
	}
	if vectors {
		reflectBack(v, a, scales, n)
	}
	for i, x := range diagonal {
		diagonal[i] = math.Ldexp(x, exponent)
	}
	values, v = descending(diagonal, v)
	return values, v, nil
}

// reduce makes a tridiagonal, reading below its diagonal only, from the last row up: it
// returns the diagonal and off[i] beside diagonal[i] and diagonal[i+1]. Row i of a
// becomes the vector u, of i elements, of a reflection I − scales[i]·uuᵀ.
func reduce(a []float64, n int) (diagonal, off, scales []float64) {
	diagonal, off, scales = make([]float64, n), make([]float64, n), make([]float64, n)
	w := make([]float64, n)
	for i := n - 1; i > 0; i-- {
		u := a[i*n : i*n+i]
		diagonal[i] = a[i*n+i]
		rest := dot(u[:i-1], u[:i-1])
		if rest == 0 {
			off[i-1] = u[i-1] // nothing to reflect
			continue
		}
		// The reflection leaves of u its last element only, with the sign that loses
		// no digits.
		norm := math.Sqrt(rest + float64(u[i-1]*u[i-1]))
		if u[i-1] > 0 {
			norm = -norm
		}
		off[i-1] = norm
		u[i-1] -= norm
		scale := 2 / (rest + float64(u[i-1]*u[i-1]))
		scales[i] = scale
		// w = scale·A u − half·u, half of what both sides share; then A −= uwᵀ + wuᵀ.
		w := w[:i]
		clear(w)
		for r := range i {
			row := a[r*n : r*n+r+1]
			w[r] += dot(row, u[:r+1])
			axpy(u[r], row[:r], w)
		}
		half := float64(scale*scale) * dot(w, u) / 2
		for r := range w {
			w[r] = float64(scale*w[r]) - float64(half*u[r])
		}
		for r := range i {
			row := a[r*n : r*n+r+1]
			axpy(-u[r], w, row)
			axpy(-w[r], u, row)
		}
	}
	diagonal[0] = a[0]
	return diagonal, off, scales
}

// diagonalise turns a tridiagonal matrix into its eigenvalues by implicit QR steps, and
// applies their rotations to the rows of v if there are any. It reports false if an
// element does not vanish.
func diagonalise(diagonal, off, v []float64) bool {
	n := len(diagonal)
	const (
		steps   = 60
		epsilon = 0x1p-52
		nothing = 1e-20 // far below the rounding errors of the largest element, which is near 1
	)
	for hi := n - 1; hi > 0; {
		lo, left := 0, steps
		for ; left > 0; left-- {
			// The block that ends at hi begins after the last element that is zero
			// beside its neighbours.
			for lo = hi; lo > 0; lo-- {
				if math.Abs(off[lo-1]) <= max(nothing, epsilon*(math.Abs(diagonal[lo-1])+math.Abs(diagonal[lo]))) {
					off[lo-1] = 0
					break
				}
			}
			if lo == hi {
				break
			}
			step(diagonal, off, v, lo, hi)
		}
		if left == 0 {
			return false
		}
		hi--
	}
	return true
}

// step is one implicit QR step on rows lo to hi.
func step(diagonal, off, v []float64, lo, hi int) {
	n := len(diagonal)
	// Wilkinson's shift: the eigenvalue of the last 2×2 block next to its last element.
	difference := float64((diagonal[hi-1] - diagonal[hi]) / 2)
	e := off[hi-1]
	root := math.Sqrt(float64(difference*difference) + float64(e*e))
	if difference < 0 {
		root = -root
	}
	x := diagonal[lo] - diagonal[hi]
	if difference+root != 0 {
		x += float64(e * (e / (difference + root)))
	}
	z := off[lo]
	for k := lo; k < hi; k++ {
		c, s := 1.0, 0.0
		r := math.Sqrt(float64(x*x) + float64(z*z))
		if r > 0 { // else both are too small to be told from zero
			c, s = x/r, -z/r
		}
		if k > lo {
			off[k-1] = r
		}
		p, q, t := diagonal[k], diagonal[k+1], off[k]
		cc, ss, cs := float64(c*c), float64(s*s), float64(c*s)
		diagonal[k] = float64(cc*p) + float64(ss*q) - float64(2*float64(cs*t))
		diagonal[k+1] = float64(ss*p) + float64(cc*q) + float64(2*float64(cs*t))
		off[k] = float64(cs*(p-q)) + float64((cc-ss)*t)
		if k < hi-1 {
			x, z = off[k], -float64(s*off[k+1])
			off[k+1] = float64(c * off[k+1])
		}
		if v != nil {
			rotate(v[k*n:(k+1)*n], v[(k+1)*n:(k+2)*n], c, s)
		}
	}
}

// reflectBack turns eigenvectors of the tridiagonal matrix, the rows of v, into those of
// the matrix that reduce was given.
func reflectBack(v, a, scales []float64, n int) {
	for r := range n {
		row := v[r*n : (r+1)*n]
		for i := 1; i < n; i++ {
			if scales[i] == 0 {
				continue
			}
			u := a[i*n : i*n+i]
			axpy(-float64(scales[i]*dot(u, row[:i])), u, row)
		}
	}
}

// dot is an inner product whose additions need not wait for each other.
func dot(x, y []float64) float64 { return kernel.BLAS{}.Ddot(len(x), x, 1, y, 1) }

// axpy adds alpha·x to y, as far as the shorter of them goes.
func axpy(alpha float64, x, y []float64) {
	n := min(len(x), len(y))
	x, y = x[:n], y[:n]
	for i, v := range x {
		y[i] += float64(alpha * v)
	}
}
