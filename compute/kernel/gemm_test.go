package kernel

import (
	"math"
	"slices"
	"sync"
	"testing"

	"lossxfer-report/compute/random"
)

// product is one random call of a matrix product, with margins around every matrix.
type product[T float] struct {
	transA, transB bool
	m, n, k        int
	alpha, beta    T
	a, b, c        []T
	lda, ldb, ldc  int
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

// run returns C after the product at the given level, leaving p as it is, and looks at
// the canaries before and after the slice.
func (p product[T]) run(t testing.TB, l Instructions) []T {
	t.Helper()
	before := Level()
	if err := SetLevel(l); err != nil {
		t.Fatal(err)
	}
	defer SetLevel(before)
	const room = 40
	around := make([]T, len(p.c)+2*room)
	for i := range around {
		around[i] = canary
	}
	c := around[room : room+len(p.c)]
	copy(c, p.c)
	switch any(p.alpha).(type) {
	case float32:
		q := any(p).(product[float32])
		Sgemm(p.transA, p.transB, p.m, p.n, p.k, q.alpha, q.a, p.lda, q.b, p.ldb, q.beta, any(c).([]float32), p.ldc)
	default:
		q := any(p).(product[float64])
		Dgemm(p.transA, p.transB, p.m, p.n, p.k, q.alpha, q.a, p.lda, q.b, p.ldb, q.beta, any(c).([]float64), p.ldc)
	}
	for i := range room {
		if around[i] != canary || around[room+len(c)+i] != canary {
			t.Fatalf("%v: m=%d n=%d k=%d: wrote beside C", l, p.m, p.n, p.k)
		}
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

// sameNumber compares bits, the payloads of NaNs excepted.
func sameNumber[T float](a, b T) bool {
	return a != a && b != b || a == b && math.Signbit(float64(a)) == math.Signbit(float64(b))
}

// checkBits runs p at every level and reports the first difference from the plain Go.
func (p product[T]) checkBits(t testing.TB) {
	t.Helper()
	want := p.run(t, Generic)
	for _, l := range Levels()[1:] {
		got := p.run(t, l)
		for i := range want {
			if !sameNumber(got[i], want[i]) {
				t.Fatalf("%v: trans %v %v, m=%d n=%d k=%d alpha=%v beta=%v strides %d %d %d: element %d is %v, plain Go gives %v", l, p.transA, p.transB, p.m, p.n, p.k, p.alpha, p.beta, p.lda, p.ldb, p.ldc, i, got[i], want[i])
			}
		}
	}
}

// checkValues compares the product with sums in float64 and looks at the canaries
// between the rows of C.
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

// TestGemmHardValues mixes infinities, NaN, zeros of both signs, subnormals and numbers
// whose products need the exact multiply-add.
func TestGemmHardValues(t *testing.T) {
	s := random.New("test gemm hard")
	hard := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e-45, -3e-42, 1e-39, 3e38, -3e38, 1 + 0x1p-23, 1 - 0x1p-24, 0x1p-24, -0x1p-24, 0x1p-60, 1e-308, 1e300}
	for i := range 120 {
		p := newProduct(s, i%2 == 0, i%3 == 0, 1+s.IntN(20), 1+s.IntN(40), 1+s.IntN(6), 1, float32(i%2))
		q := newProduct(s, i%2 == 0, i%3 == 0, 1+s.IntN(20), 1+s.IntN(40), 1+s.IntN(6), 1, float64(i%2))
		for range len(p.a) + len(p.b) {
			v := hard[s.IntN(len(hard))]
			p.a[s.IntN(len(p.a))] = float32(v)
			p.b[s.IntN(len(p.b))] = float32(hard[s.IntN(len(hard))])
			q.a[s.IntN(len(q.a))] = v
			q.b[s.IntN(len(q.b))] = hard[s.IntN(len(hard))]
		}
		p.checkBits(t)
		q.checkBits(t)
	}
}

func FuzzGemm(f *testing.F) {
	f.Add(uint64(1), uint8(32), uint8(77), uint16(256), uint8(0))
	f.Add(uint64(2), uint8(15), uint8(33), uint16(257), uint8(3))
	f.Add(uint64(3), uint8(171), uint8(129), uint16(5), uint8(7))
	f.Fuzz(func(t *testing.T, seed uint64, m, n uint8, k uint16, flags uint8) {
		s := random.New("fuzz gemm", seed)
		beta := []float64{0, 1, -0.75, 0}[flags>>2&3]
		p := newProduct(s, flags&1 != 0, flags&2 != 0, int(m), int(n), int(k%600), 1, float32(beta))
		p.checkBits(t)
		p.checkValues(t, 0x1p-24)
		q := newProduct(s, flags&1 != 0, flags&2 != 0, int(m), int(n), int(k%600), 0.5, beta)
		q.checkBits(t)
		q.checkValues(t, 0x1p-52)
	})
}

func TestGemmRefuses(t *testing.T) {
	v := make([]float32, 100)
	for name, call := range map[string]func(){
		"negative m":       func() { Sgemm(false, false, -1, 2, 2, 1, v, 2, v, 2, 0, v, 2) },
		"short stride":     func() { Sgemm(false, false, 3, 3, 3, 1, v, 2, v, 3, 0, v, 3) },
		"short A":          func() { Sgemm(false, false, 3, 3, 3, 1, v[:8], 3, v, 3, 0, v, 3) },
		"short B":          func() { Sgemm(false, true, 3, 4, 3, 1, v, 3, v[:11], 3, 0, v, 4) },
		"short C":          func() { Sgemm(false, false, 3, 3, 3, 1, v, 3, v, 3, 0, v[:8], 3) },
		"short transposed": func() { Sgemm(true, false, 5, 3, 3, 1, v, 4, v, 3, 0, v, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}

// TestGemmConcurrently: models train side by side, and must not share working memory.
func TestGemmConcurrently(t *testing.T) {
	s := random.New("test gemm concurrent")
	var products [4]product[float32]
	var results [4][]float32
	for i := range products {
		products[i] = newProduct(s, i&1 != 0, i&2 != 0, 50+i, 70+i, 300+i, float32(1), 0)
		results[i] = products[i].run(t, Level())
	}
	var group sync.WaitGroup
	for i, p := range products {
		group.Go(func() {
			want := results[i]
			for range 50 {
				c := make([]float32, len(want))
				copy(c, p.c)
				Sgemm(p.transA, p.transB, p.m, p.n, p.k, p.alpha, p.a, p.lda, p.b, p.ldb, p.beta, c, p.ldc)
				if !slices.Equal(c, want) {
					t.Error("a product changed beside others")
					return
				}
			}
		})
	}
	group.Wait()
}

// TestGemmAllocatesNothing: a training step calls it thousands of times.
func TestGemmAllocatesNothing(t *testing.T) {
	var pool sync.Pool
	for range 100 {
		if pool.Put(&pool); pool.Get() == nil {
			t.Skip("the race detector empties pools at random")
		}
	}
	a, b, c := make([]float32, 32*256), make([]float32, 256*77), make([]float32, 32*77)
	call := func() { Sgemm(false, false, 32, 77, 256, 1, a, 256, b, 77, 0, c, 77) }
	atLevels(t, func(t *testing.T, l Instructions) {
		call()
		if n := testing.AllocsPerRun(20, call); n >= 1 {
			t.Errorf("%v: %.1f allocations per product", l, n)
		}
	})
}
