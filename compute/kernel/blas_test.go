package kernel

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"
	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"lossxfer-report/compute/random"
)

func uniform(s *random.Stream, n int) ([]float32, []float64) {
	x, y := make([]float32, n), make([]float64, n)
	for i := range x {
		x[i] = float32(s.Uniform(-1, 1))
		y[i] = float64(x[i])
	}
	return x, y
}

// near compares vectors that were summed in different orders.
func near[T float](t *testing.T, what string, got []T, want []float64, tolerance float64) {
	t.Helper()
	for i := range want {
		if !(math.Abs(float64(got[i])-want[i]) <= tolerance) {
			t.Fatalf("%s: element %d is %v, gonum gives %v", what, i, got[i], want[i])
		}
	}
}

// TestBLASAgainstGonum compares every replaced routine with gonum's own, for both
// transpositions and increments of either sign. gonum's Ger is wrong for negative
// increments and has its own test.
func TestBLASAgainstGonum(t *testing.T) {
	s := random.New("test blas")
	ours, theirs := BLAS{}, gonum.Implementation{}
	for range 300 {
		m, n := 1+s.IntN(40), 1+s.IntN(40)
		lda := n + s.IntN(3)
		incX, incY := [4]int{1, 1, 2, -3}[s.IntN(4)], [4]int{1, 1, 3, -2}[s.IntN(4)]
		trans := [2]blas.Transpose{blas.NoTrans, blas.Trans}[s.IntN(2)]
		alpha, beta := s.Uniform(-2, 2), float64(s.IntN(3))-0.5
		size := 3*max(m, n) + 1
		a32, a64 := uniform(s, m*lda)
		x32, x64 := uniform(s, size)
		y32, y64 := uniform(s, size)
		cases := []struct {
			name   string
			single func(b blas.Float32, a, x, y []float32)
			double func(b blas.Float64, a, x, y []float64)
		}{
			{"gemv", func(b blas.Float32, a, x, y []float32) {
				b.Sgemv(trans, m, n, float32(alpha), a, lda, x, incX, float32(beta), y, incY)
			}, func(b blas.Float64, a, x, y []float64) { b.Dgemv(trans, m, n, alpha, a, lda, x, incX, beta, y, incY) }},
			{"ger", func(b blas.Float32, a, x, y []float32) {
				b.Sger(m, n, float32(alpha), x, max(incX, -incX), y, max(incY, -incY), a, lda)
			},
				func(b blas.Float64, a, x, y []float64) {
					b.Dger(m, n, alpha, x, max(incX, -incX), y, max(incY, -incY), a, lda)
				}},
			{"axpy", func(b blas.Float32, a, x, y []float32) { b.Saxpy(n, float32(alpha), x, incX, y, incY) },
				func(b blas.Float64, a, x, y []float64) { b.Daxpy(n, alpha, x, incX, y, incY) }},
			{"dot", func(b blas.Float32, a, x, y []float32) { y[0] = b.Sdot(n, x, incX, y, incY) },
				func(b blas.Float64, a, x, y []float64) { y[0] = b.Ddot(n, x, incX, y, incY) }},
			{"dsdot", func(b blas.Float32, a, x, y []float32) { y[0] = float32(b.Dsdot(n, x, incX, y, incY)) },
				func(b blas.Float64, a, x, y []float64) { y[0] = b.Ddot(n, x, incX, y, incY) }},
			{"sdsdot", func(b blas.Float32, a, x, y []float32) { y[0] = b.Sdsdot(n, float32(alpha), x, incX, y, incY) },
				func(b blas.Float64, a, x, y []float64) { y[0] = alpha + b.Ddot(n, x, incX, y, incY) }},
		}
		for _, c := range cases {
			a, y := clone(a64), clone(y64)
			c.double(theirs, a, x64, y)
			gotA, gotY := clone(a64), clone(y64)
			c.double(ours, gotA, x64, gotY)
			near(t, "d"+c.name+" A", gotA, a, 1e-13)
			near(t, "d"+c.name+" y", gotY, y, 1e-13)
			singleA, singleY := clone(a32), clone(y32)
			c.single(ours, singleA, x32, singleY)
			near(t, "s"+c.name+" A", singleA, a, 2e-5)
			near(t, "s"+c.name+" y", singleY, y, 2e-5)
		}
	}
}

// TestGerBackwards checks negative increments: BLAS then walks from the far end.
func TestGerBackwards(t *testing.T) {
	x, y := []float64{1, 0, 2, 0, 3}, []float64{5, 7}
	a := make([]float64, 6)
	BLAS{}.Dger(3, 2, 1, x, -2, y, -1, a, 2)
	near(t, "backwards", a, []float64{21, 15, 14, 10, 7, 5}, 0)
}

func clone[T float](v []T) []T { return append([]T(nil), v...) }

// TestSdotPlace checks that where a vector lies in memory does not change its products,
// which gonum's own Sdot does not promise.
func TestSdotPlace(t *testing.T) {
	s := random.New("test place")
	x, _ := uniform(s, 103)
	want := BLAS{}.Sdot(100, x[:100], 1, x[:100], 1)
	for shift := 1; shift < 4; shift++ {
		moved := append(make([]float32, shift), x[:100]...)[shift:]
		if got := (BLAS{}).Sdot(100, moved, 1, moved, 1); got != want {
			t.Errorf("moved by %d elements the product is %v, not %v", shift, got, want)
		}
	}
}

// TestRegisterBLAS checks that gonum and gorgonia really multiply by our code: their
// results carry its bits.
func TestRegisterBLAS(t *testing.T) {
	RegisterBLAS()
	if _, ok := blas32.Implementation().(BLAS); !ok {
		t.Error("blas32 uses another implementation")
	}
	if _, ok := blas64.Implementation().(BLAS); !ok {
		t.Error("blas64 uses another implementation")
	}
	if _, ok := gorgonia.WhichBLAS().(BLAS); !ok {
		t.Error("gorgonia uses another implementation")
	}
	s := random.New("test register")
	const m, n, k = 30, 20, 300
	a32, a64 := uniform(s, m*k)
	b32, b64 := uniform(s, k*n)
	want := make([]float64, m*n)
	Dgemm(false, false, m, n, k, 1, a64, k, b64, n, 0, want, n)
	var c mat.Dense
	c.Mul(mat.NewDense(m, k, a64), mat.NewDense(k, n, b64))
	for i, v := range want {
		if c.RawMatrix().Data[i] != v {
			t.Fatalf("mat.Dense.Mul: element %d is %v, ours %v", i, c.RawMatrix().Data[i], v)
		}
	}
	want32 := make([]float32, m*n)
	Sgemm(false, false, m, n, k, 1, a32, k, b32, n, 0, want32, n)
	product, err := tensor.MatMul(tensor.New(tensor.WithShape(m, k), tensor.WithBacking(a32)), tensor.New(tensor.WithShape(k, n), tensor.WithBacking(b32)))
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range product.Data().([]float32) {
		if v != want32[i] {
			t.Fatalf("tensor.MatMul: element %d is %v, ours %v", i, v, want32[i])
		}
	}
}
