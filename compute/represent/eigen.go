package represent

import (
	"fmt"
	"math"
	"sort"
)

// mostJacobi is the largest matrix whose eigenvalues the Jacobi method finds; larger
// ones are made tridiagonal, which is ten and more times as fast there.
const mostJacobi = 256

// eigen returns the eigenvalues of a symmetric matrix a (n×n, row-major; overwritten),
// largest first, and with vectors also the eigenvectors, row i of v belonging to value
// i. Its methods are written out here because library routines depend on the CPU.
func eigen(a []float64, n int, vectors bool) (values, v []float64, err error) {
	if len(a) != n*n || n < 1 {
		return nil, nil, fmt.Errorf("represent: %d numbers are not a %d×%d matrix", len(a), n, n)
	}
	norm := 0.0
	for _, x := range a {
		norm += float64(x * x)
	}
	norm = math.Sqrt(norm)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil, nil, fmt.Errorf("represent: a %d×%d matrix whose norm is %v has no eigenvalues", n, n, norm)
	}
	if n > mostJacobi {
		return tridiagonalEigen(a, n, vectors)
	}
	return jacobi(a, n, norm, vectors)
}

// jacobi is the cyclic Jacobi method: slow for large matrices, but as short as it is
// accurate.
func jacobi(a []float64, n int, norm float64, vectors bool) (values, v []float64, err error) {
	if vectors {
		v = identity(n)
	}
	// Below the rounding errors of the matrix's own elements.
	negligible := 1e-17 * norm
	const sweeps = 60
	for sweep := 0; ; sweep++ {
		if sweep == sweeps {
			return nil, nil, fmt.Errorf("represent: the eigenvalues of a %d×%d matrix did not settle in %d sweeps", n, n, sweeps)
		}
		turned := false
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p*n+q]) > negligible {
					turn(a, v, n, p, q)
					turned = true
				}
			}
		}
		if !turned {
			break
		}
	}
	return sorted(a, v, n)
}

// turn applies the rotation of rows and columns p and q that makes a[p,q] zero.
func turn(a, v []float64, n, p, q int) {
	x, y := a[p*n:(p+1)*n], a[q*n:(q+1)*n]
	off, xp, yq := x[q], x[p], y[q]
	θ := (yq - xp) / (2 * off)
	t := 1 / (math.Abs(θ) + math.Sqrt(float64(θ*θ)+1))
	if θ < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := float64(t * c)
	rotate(x, y, c, s)
	x[p], y[q] = xp-float64(t*off), yq+float64(t*off)
	x[q], y[p] = 0, 0
	for k := range n {
		a[k*n+p], a[k*n+q] = x[k], y[k]
	}
	if v != nil {
		rotate(v[p*n:(p+1)*n], v[q*n:(q+1)*n], c, s)
	}
}

func rotate(x, y []float64, c, s float64) {
	y = y[:len(x)]
	for k, u := range x {
		w := y[k]
		x[k] = float64(c*u) - float64(s*w)
		y[k] = float64(s*u) + float64(c*w)
	}
}

func identity(n int) []float64 {
	v := make([]float64, n*n)
	for i := range n {
		v[i*n+i] = 1
	}
	return v
}

// sorted takes the eigenvalues from the diagonal.
func sorted(a, v []float64, n int) (values, vectors []float64, err error) {
	diagonal := make([]float64, n)
	for i := range diagonal {
		diagonal[i] = a[i*(n+1)]
	}
	values, vectors = descending(diagonal, v)
	return values, vectors, nil
}

// descending puts eigenvalues, and the rows of v with them, largest first.
func descending(found, v []float64) (values, vectors []float64) {
	n := len(found)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return found[order[i]] > found[order[j]] })
	values = make([]float64, n)
	if v != nil {
		vectors = make([]float64, n*n)
	}
	for i, from := range order {
		values[i] = found[from]
		if v != nil {
			copy(vectors[i*n:(i+1)*n], v[from*n:(from+1)*n])
		}
	}
	return values, vectors
}
