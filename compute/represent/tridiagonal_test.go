package represent

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// symmetric matrices of every kind that breaks methods: random, of low rank, with equal
// eigenvalues, diagonal, of one block beside zeros, and of huge and tiny elements.
func symmetricCases(n int) map[string][]float64 {
	s := random.New("represent/test/tridiagonal", uint64(n))
	full, low, x := make([]float64, n*n), make([]float64, n*n), make([]float64, n*3)
	for i := range n {
		for j := range i + 1 {
			full[i*n+j] = s.Normal()
			full[j*n+i] = full[i*n+j]
		}
	}
	for i := range x {
		x[i] = s.Normal()
	}
	product(low, x, x, n, n, 3)
	ones, swap, diagonal, block := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		diagonal[i*n+i] = float64(i%7) - 3
		swap[i*n+n-1-i] = 1
		for j := range n {
			ones[i*n+j] = 1
			if i < n/3 && j < n/3 {
				block[i*n+j] = full[i*n+j]
			}
		}
	}
	huge, tiny := make([]float64, n*n), make([]float64, n*n)
	for i, v := range full {
		huge[i], tiny[i] = v*1e300, v*1e-300
	}
	return map[string][]float64{
		"full": full, "rank 3": low, "ones": ones, "swap": swap, "diagonal": diagonal, "block": block,
		"zero": make([]float64, n*n), "identity": identity(n), "huge": huge, "tiny": tiny,
	}
}

// The two methods find the same eigenvalues, with vectors A v = λ v that are
// orthonormal.
func TestTridiagonalAgainstJacobi(t *testing.T) {
	for _, n := range []int{1, 2, 3, 17, 60} {
		for name, a := range symmetricCases(n) {
			norm := 0.0
			for _, v := range a {
				norm = max(norm, math.Abs(v))
			}
			unit := max(norm, 1e-300) * float64(n)
			scaled := make([]float64, n*n) // Jacobi's squares would leave the range
			for i, v := range a {
				scaled[i] = v / unit
			}
			want, _, err := eigen(append([]float64(nil), scaled...), n, false)
			if err != nil {
				t.Fatal(err)
			}
			values, v, err := tridiagonalEigen(append([]float64(nil), a...), n, true)
			if err != nil {
				t.Fatalf("%s %d: %v", name, n, err)
			}
			alone, _, err := tridiagonalEigen(append([]float64(nil), a...), n, false)
			if err != nil {
				t.Fatal(err)
			}
			for k := range n {
				near(t, name+" eigenvalue", values[k]/unit, want[k], 1e-14)
				if alone[k] != values[k] {
					t.Errorf("%s: eigenvalue %d is %v without vectors, %v with them", name, k, alone[k], values[k])
				}
				vk := v[k*n : (k+1)*n]
				for i := range n {
					near(t, name+" A v − λ v", inner(scaled[i*n:(i+1)*n], vk), values[k]/unit*vk[i], 1e-13)
					same := 0.0
					if i == k {
						same = 1
					}
					near(t, name+" product of eigenvectors", inner(v[i*n:(i+1)*n], vk), same, 1e-13)
				}
			}
		}
	}
}

// Above mostJacobi eigen takes the method for large matrices: the spectrum of the
// second difference, 2 − 2cos(πk/(n+1)), is known, of a dense similar matrix too.
func TestEigenOfALargeMatrix(t *testing.T) {
	const n = mostJacobi + 31
	a := make([]float64, n*n)
	for i := range n {
		a[i*n+i] = 2
		if i > 0 {
			a[i*n+i-1], a[(i-1)*n+i] = -1, -1
		}
	}
	// H A H with the reflection H = I − 2uuᵀ has the same eigenvalues.
	u := make([]float64, n)
	s := random.New("represent/test/large")
	for i := range u {
		u[i] = s.Normal()
	}
	size := length(u)
	for i := range u {
		u[i] /= size
	}
	for range 2 { // from the right, then, transposed, from the left
		b := make([]float64, n*n)
		for i := range n {
			along := 2 * inner(a[i*n:(i+1)*n], u)
			for j := range n {
				b[j*n+i] = a[i*n+j] - along*u[j]
			}
		}
		a = b
	}
	for i := range n {
		for j := range i {
			a[j*n+i] = a[i*n+j] // to the last bit
		}
	}
	values, v, err := eigen(append([]float64(nil), a...), n, true)
	if err != nil {
		t.Fatal(err)
	}
	for k := range n {
		near(t, "eigenvalue", values[k], 2-2*math.Cos(math.Pi*float64(n-k)/(n+1)), 1e-13)
		near(t, "A v − λ v", inner(a[:n], v[k*n:(k+1)*n]), values[k]*v[k*n], 1e-12)
	}
}
