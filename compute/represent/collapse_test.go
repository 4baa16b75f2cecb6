package represent

import (
	"math"
	"strings"
	"testing"

	"lossxfer-report/compute/random"
)

type collapseCase struct {
	Name           string
	N, D, Classes  int
	H, W           []float32
	Labels         []int
	Collapse, Unit []float64
	Cosine         float64
	Centred        float64
	Euclidean      float64
}

func collapseCases(t *testing.T) (cases []collapseCase, matrix, eigenvalues []float64) {
	t.Helper()
	var f struct {
		Cases               []collapseCase
		Matrix, Eigenvalues []float64
	}
	fixture(t, "collapse.json", &f)
	return f.Cases, f.Matrix, f.Eigenvalues
}

// The eight measures by their definitions in NumPy, with balanced and unbalanced
// classes, and with fewer features than classes.
func TestNeuralCollapseAgainstNumPy(t *testing.T) {
	cases, _, _ := collapseCases(t)
	for _, c := range cases {
		for _, unit := range []bool{false, true} {
			got, err := NeuralCollapse(c.H, c.N, c.D, c.Labels, c.W, c.Classes, unit)
			if err != nil {
				t.Fatal(err)
			}
			want := c.Collapse
			if unit {
				want = c.Unit
			}
			for i, v := range []float64{
				got.EquinormMeans, got.EquinormWeights, got.AnglesMeans, got.AnglesWeights,
				got.MaximalMeans, got.MaximalWeights, got.SelfDuality, got.Within,
			} {
				near(t, c.Name, v, want[i], 1e-9*math.Max(1, want[i]))
			}
			if most := min(c.Classes-1, c.D); got.Rank > c.Classes || got.Rank < most {
				t.Errorf("%s: rank %d of %d class means in %d dimensions", c.Name, got.Rank, c.Classes, c.D)
			}
		}
	}
}

// A simplex with weights along its class means and no spread within classes has
// collapsed by every measure.
func TestNeuralCollapseOfASimplex(t *testing.T) {
	const classes, each = 4, 3
	var h []float32
	var labels []int
	w := make([]float32, classes*classes)
	for k := range classes {
		for range each {
			row := make([]float32, classes)
			row[k] = 2
			h, labels = append(h, row...), append(labels, k)
		}
		for j := range classes {
			w[j*classes+k] = -0.25
		}
		w[k*classes+k] = 0.75
	}
	c, err := NeuralCollapse(h, classes*each, classes, labels, w, classes, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []float64{c.EquinormMeans, c.EquinormWeights, c.AnglesMeans, c.AnglesWeights, c.MaximalMeans, c.MaximalWeights, c.SelfDuality, c.Within} {
		near(t, "measure of a simplex", v, 0, 1e-12)
	}
	if c.Rank != classes-1 {
		t.Errorf("rank %d, want %d", c.Rank, classes-1)
	}
}

func TestNeuralCollapseRefuses(t *testing.T) {
	for _, c := range []struct {
		h      []float32
		labels []int
		w      []float32
		want   string
	}{
		{[]float32{1, 2, 3, 4}, []int{0, 0}, []float32{1, 2, 3, 4}, "class 1 of 2 has no example"},
		{[]float32{1, 2, 1, 2}, []int{0, 1}, []float32{1, 2, 3, 4}, "zero and has no direction"},
		{[]float32{1, 2, 3, 4}, []int{0, 2}, []float32{1, 2, 3, 4}, "label 2"},
		{[]float32{1, 2, 3, 4}, []int{0, 1}, []float32{1, 2, 3}, "3 weights"},
	} {
		if _, err := NeuralCollapse(c.h, 2, 2, c.labels, c.w, 2, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

func TestSeparationsAgainstNumPy(t *testing.T) {
	cases, _, _ := collapseCases(t)
	for _, c := range cases {
		got, err := Separations(c.H, c.N, c.D, c.Labels)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.Name+" cosine", got.Cosine, c.Cosine, 1e-12)
		near(t, c.Name+" centred cosine", got.Centred, c.Centred, 1e-12)
		near(t, c.Name+" Euclidean", got.Euclidean, c.Euclidean, 1e-12)
	}
}

func TestEigenAgainstNumPy(t *testing.T) {
	_, matrix, want := collapseCases(t)
	got, _, err := eigen(append([]float64(nil), matrix...), len(want), false)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want {
		near(t, "eigenvalue", got[i], w, 1e-13*want[0])
	}
}

// A v = λ v, and the vectors are orthonormal.
func TestEigenvectors(t *testing.T) {
	const n = 40
	s := random.New("represent/test/eigen")
	a := make([]float64, n*n)
	for i := range n {
		for j := range i + 1 {
			a[i*n+j] = s.Normal()
			a[j*n+i] = a[i*n+j]
		}
	}
	values, v, err := eigen(append([]float64(nil), a...), n, true)
	if err != nil {
		t.Fatal(err)
	}
	for k := range n {
		for i := range n {
			near(t, "A v − λ v", inner(a[i*n:(i+1)*n], v[k*n:(k+1)*n]), values[k]*v[k*n+i], 1e-12)
			want := 0.0
			if i == k {
				want = 1
			}
			near(t, "product of eigenvectors", inner(v[i*n:(i+1)*n], v[k*n:(k+1)*n]), want, 1e-13)
		}
		if k > 0 && values[k] > values[k-1] {
			t.Error("eigenvalues are not in descending order")
		}
	}
	if _, _, err := eigen([]float64{math.NaN()}, 1, false); err == nil {
		t.Error("the eigenvalue of NaN is no error")
	}
}

func BenchmarkEigen256(b *testing.B) {
	const n = 256
	s := random.New("benchmark eigen")
	x := make([]float64, 2*n*n)
	for i := range x {
		x[i] = s.Normal()
	}
	gram := make([]float64, n*n)
	product(gram, x, x, n, n, 2*n)
	for b.Loop() {
		if _, _, err := eigen(append([]float64(nil), gram...), n, false); err != nil {
			b.Fatal(err)
		}
	}
}
