package kernel

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// product is one random call of a matrix product, with margins around every matrix.
type product[T float] struct {
	transA, transB   bool
	m, n, k          int
	alpha, beta      T
	a, b, c          []T
	lda, ldb, ldc    int
	room, roomBefore int
}

const canary = -12345.5

// newProduct fills A, B and C; the gaps between rows and beyond the last row of C hold
// canaries, those of A and B hold NaN, so that a stray read shows too.
func newProduct[T float](s *random.Stream, transA, transB bool, m, n, k int, alpha, beta T) product[T] {
	p := product[T]{transA: transA, transB: transB, m: m, n: n, k: k, alpha: alpha, beta: beta}
	p.a, p.lda = randomMatrix[T](s, m, k, transA, T(math.NaN()))
	p.b, p.ldb = randomMatrix[T](s, k, n, transB, T(math.NaN()))
	p.c, p.ldc = randomMatrix[T](s, m, n, false, canary)
	return p
}

func randomMatrix[T float](s *random.Stream, rows, cols int, trans bool, gap T) ([]T, int) {
	if trans {
		rows, cols = cols, rows
	}
	ld := max(1, cols+s.IntN(3)*s.IntN(20))
	v := make([]T, rows*ld+s.IntN(40))
	for i := range v {
		v[i] = gap
		if i/ld < rows && i%ld < cols {
			v[i] = T(s.Uniform(-1, 1))
		}
	}
	return v, ld
}

// run returns C after the product at the given level, leaving p as it is.
func (p product[T]) run(t testing.TB, l Instructions) []T {
	t.Helper()
	before := Level()
	if err := SetLevel(l); err != nil {
		t.Fatal(err)
	}
	defer SetLevel(before)
	c := append([]T(nil), p.c...)
	switch any(p.alpha).(type) {
	case float32:
		q := any(p).(product[float32])
		Sgemm(p.transA, p.transB, p.m, p.n, p.k, q.alpha, q.a, p.lda, q.b, p.ldb, q.beta, any(c).([]float32), p.ldc)
	default:
		q := any(p).(product[float64])
		Dgemm(p.transA, p.transB, p.m, p.n, p.k, q.alpha, q.a, p.lda, q.b, p.ldb, q.beta, any(c).([]float64), p.ldc)
	}
	return c
}

func (p product[T]) at(i, j, l int) (a, b T) {
	x, y := i*p.lda+l, l*p.ldb+j
	if p.transA {
		x = l*p.lda + i
	}
	if p.transB {
		y = j*p.ldb + l
	}
	return p.a[x], p.b[y]
}

// checkBits runs p at every level and reports the first difference from the plain Go.
func (p product[T]) checkBits(t testing.TB) {
	t.Helper()
	want := p.run(t, Generic)
	for _, l := range Levels()[1:] {
		got := p.run(t, l)
		for i := range want {
			if float64(got[i]) != float64(want[i]) && !(got[i] != got[i] && want[i] != want[i]) || math.Signbit(float64(got[i])) != math.Signbit(float64(want[i])) && got[i] == 0 {
				t.Fatalf("%v: trans %v %v, m=%d n=%d k=%d alpha=%v beta=%v strides %d %d %d: element %d is %v, plain Go gives %v", l, p.transA, p.transB, p.m, p.n, p.k, p.alpha, p.beta, p.lda, p.ldb, p.ldc, i, got[i], want[i])
			}
		}
	}
}

// checkValues compares the plain Go with sums in float64 (128 bits of product and
// sum are not needed at the tolerance used) and looks at the canaries.
func (p product[T]) checkValues(t testing.TB, eps float64) {
	t.Helper()
	got := p.run(t, Level())
	for i, v := range got {
		r, j := i/p.ldc, i%p.ldc
		if r >= p.m || j >= p.n {
			if v != canary {
				t.Fatalf("m=%d n=%d k=%d: wrote %v outside the matrix at row %d column %d", p.m, p.n, p.k, v, r, j)
			}
			continue
		}
		sum, size := 0.0, 0.0
		for l := 0; l < p.k; l++ {
			a, b := p.at(r, j, l)
			sum += float64(a) * float64(b)
			size += math.Abs(float64(a) * float64(b))
		}
		want := float64(p.alpha) * sum
		size *= math.Abs(float64(p.alpha))
		if p.beta != 0 {
			want += float64(p.beta) * float64(p.c[i])
			size += math.Abs(float64(p.beta) * float64(p.c[i]))
		}
		if !(math.Abs(float64(v)-want) <= eps*float64(p.k+8)*size) {
			t.Fatalf("trans %v %v m=%d n=%d k=%d alpha=%v beta=%v: C[%d,%d] = %v, want %v", p.transA, p.transB, p.m, p.n, p.k, p.alpha, p.beta, r, j, v, want)
		}
	}
}

// shapes calls f with dimensions that meet every tile height and width, edges, one
// and several blocks of every kind, and the empty cases.
func shapes(s *random.Stream, count int, f func(transA, transB bool, m, n, k int, alpha, beta float64)) {
	fixed := [][3]int{{0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}, {32, 77, 256}, {14, 32, 256}, {15, 33, 257}, {169, 17, 30}, {3, 2049, 5}, {6, 16, 513}, {170, 40, 300}}
	scalars := []float64{0, 1, 1, 1, -0.5, 2.25}
	for i := 0; i < count+len(fixed); i++ {
		m, n, k := 1+s.IntN(40), 1+s.IntN(80), 1+s.IntN(60)
		if i < len(fixed) {
			m, n, k = fixed[i][0], fixed[i][1], fixed[i][2]
		}
		f(s.IntN(2) == 0, s.IntN(2) == 0, m, n, k, scalars[s.IntN(6)], scalars[s.IntN(6)])
	}
}

func TestGemmBits(t *testing.T) {
	s := random.New("test gemm bits")
	shapes(s, 300, func(transA, transB bool, m, n, k int, alpha, beta float64) {
		newProduct(s, transA, transB, m, n, k, float32(alpha), float32(beta)).checkBits(t)
		newProduct(s, transA, transB, m, n, k, alpha, beta).checkBits(t)
	})
}

func TestGemmValues(t *testing.T) {
	s := random.New("test gemm values")
	shapes(s, 200, func(transA, transB bool, m, n, k int, alpha, beta float64) {
		newProduct(s, transA, transB, m, n, k, float32(alpha), float32(beta)).checkValues(t, 0x1p-24)
		newProduct(s, transA, transB, m, n, k, alpha, beta).checkValues(t, 0x1p-52)
	})
}
