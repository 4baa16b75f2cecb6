package represent

import (
	"encoding/json"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"lossxfer-report/compute/bench/cputime"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/random"
)

// fixture decodes a file of reference values.
func fixture(t *testing.T, name string, to any) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatal(err)
	}
}

// gramsOf cuts matrices of n·batches rows into minibatches.
func gramsOf(t *testing.T, layers [][]float32, n, batches int) *Grams {
	t.Helper()
	g, err := NewGrams(make([]string, len(layers)), n)
	if err != nil {
		t.Fatal(err)
	}
	for b := range batches {
		var part [][]float32
		for _, x := range layers {
			p := len(x) / (n * batches)
			part = append(part, x[b*n*p:(b+1)*n*p])
		}
		if err := g.Add(part); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// HSIC₁ by Song's three terms and minibatch CKA, in NumPy's float64; our products of
// activations are float32.
func TestCKAAgainstNumPy(t *testing.T) {
	var want struct {
		N, Batches int
		A, B       [][]float32
		HSICAB     [][]float64 `json:"hsic_ab"`
		HSICAA     []float64   `json:"hsic_aa"`
		CKA        [][]float64
		CKASelf    [][]float64 `json:"cka_self"`
	}
	fixture(t, "cka.json", &want)
	a, b := gramsOf(t, want.A, want.N, want.Batches), gramsOf(t, want.B, want.N, want.Batches)
	n := float64(want.N)
	scale := 2 / (n * (n - 3) * float64(want.Batches))
	for i, v := range a.own() {
		near(t, "HSIC₁ of a layer with itself", v*scale, want.HSICAA[i], 1e-6*math.Abs(want.HSICAA[i]))
	}
	cross := a.products(b)
	for i, row := range want.HSICAB {
		for j, w := range row {
			near(t, "HSIC₁", cross[i*len(row)+j]*scale, w, 1e-6*math.Abs(w))
		}
	}
	for _, c := range []struct {
		b    *Grams
		want [][]float64
	}{{b, want.CKA}, {a, want.CKASelf}} {
		got, err := CKA(a, c.b)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range c.want {
			for j, w := range row {
				near(t, "CKA", *got[i][j], w, 1e-6)
			}
		}
	}
}

// What CKA does not see: rotations, scale, and an offset of the activations.
func TestCKAInvariances(t *testing.T) {
	const n, p = 40, 6
	s := random.New("represent/test/cka")
	x := make([]float32, n*p)
	for i := range x {
		x[i] = float32(s.Normal())
	}
	turned := make([]float32, n*p)
	for i := range n {
		for j := 0; j < p; j += 2 {
			u, v := x[i*p+j], x[i*p+j+1]
			turned[i*p+j], turned[i*p+j+1] = 3*(0.6*u-0.8*v)+5, 3*(0.8*u+0.6*v)-2
		}
	}
	got, err := CKA(gramsOf(t, [][]float32{x}, n, 1), gramsOf(t, [][]float32{turned}, n, 1))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "CKA of a turned, scaled and shifted copy", *got[0][0], 1, 1e-5)
	dead, err := CKA(gramsOf(t, [][]float32{x}, n, 1), gramsOf(t, [][]float32{make([]float32, n)}, n, 1))
	if err != nil || dead[0][0] != nil {
		t.Errorf("CKA with a layer that is always 0: %v, %v; it has no value", dead[0][0], err)
	}
}

// HSIC₁ is unbiased: for unrelated representations it averages to 0 even with far more
// units than images, where the plain estimator of equation (10) is near 1.
func TestCKAIsUnbiased(t *testing.T) {
	const n, p, batches = 20, 200, 30
	s := random.New("represent/test/unbiased")
	draw := func() []float32 {
		x := make([]float32, n*p*batches)
		for i := range x {
			x[i] = float32(s.Normal())
		}
		return x
	}
	got, err := CKA(gramsOf(t, [][]float32{draw()}, n, batches), gramsOf(t, [][]float32{draw()}, n, batches))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "CKA of unrelated representations", *got[0][0], 0, 0.05)
}

func TestGramsRefuse(t *testing.T) {
	if _, err := NewGrams(nil, 3); err == nil || !strings.Contains(err.Error(), "at least 4") {
		t.Errorf("minibatches of 3: %v", err)
	}
	g, err := NewGrams([]string{"a"}, 4)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Add([][]float32{make([]float32, 7)}); err == nil || !strings.Contains(err.Error(), "4 images") {
		t.Errorf("7 activations of 4 images: %v", err)
	}
	if err := g.Add(nil); err == nil {
		t.Error("no layer for one is accepted")
	}
	if _, err := CKA(g, g); err == nil {
		t.Error("CKA of nothing has no error")
	}
}

// The same bits on every instruction set, and whatever the blocks of rows are.
func TestCKABitsDoNotDependOnTheCPU(t *testing.T) {
	before := kernel.Level()
	defer kernel.SetLevel(before)
	s := random.New("represent/test/cka bits")
	x := make([]float32, 101*300)
	for i := range x {
		x[i] = float32(s.Normal())
	}
	var want []float64
	for _, level := range kernel.Levels() {
		if err := kernel.SetLevel(level); err != nil {
			t.Fatal(err)
		}
		g := gramsOf(t, [][]float32{x, x[:101*77]}, 101, 1)
		got := append(g.products(g), g.Centred[0]...)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: other bits than at the level before", level)
		}
	}
}

// BenchmarkCKA is linear CKA between all layers of two networks of glyphnet's shapes;
// testdata/peer_cka.py is the same in NumPy.
func BenchmarkCKA(b *testing.B) {
	const n, batches = 256, 2
	s := random.New("benchmark cka")
	network := func() [][][]float32 {
		out := make([][][]float32, batches)
		for i := range out {
			for _, p := range []int{3136, 3136, 1568, 1536, 4096, 256} {
				x := make([]float32, n*p)
				for j := range x {
					x[j] = float32(max(0, s.Normal()))
				}
				out[i] = append(out[i], x)
			}
		}
		return out
	}
	x, y := network(), network()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	grams := func(layers [][][]float32) *Grams {
		g, err := NewGrams(make([]string, len(layers[0])), n)
		if err != nil {
			b.Fatal(err)
		}
		for _, l := range layers {
			if err := g.Add(l); err != nil {
				b.Fatal(err)
			}
		}
		return g
	}
	best := time.Duration(math.MaxInt64)
	for b.Loop() {
		start := cputime.Now()
		if _, err := CKA(grams(x), grams(y)); err != nil {
			b.Fatal(err)
		}
		best = min(best, cputime.Now()-start)
	}
	// Processor time, for a machine with other things to do.
	b.ReportMetric(1e3*best.Seconds(), "best-ms")
}
