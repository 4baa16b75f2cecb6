package train

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
)

func TestLowerHalfAgainstSciPy(t *testing.T) {
	var cases []struct{ Alpha, U, Lower float64 }
	b, err := os.ReadFile("testdata/mixup.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := lowerHalf(c.U, c.Alpha); !(math.Abs(got-c.Lower) < 0x1p-32) {
			t.Errorf("α = %v, u = %v: %v, want %v", c.Alpha, c.U, got, c.Lower)
		}
	}
	for _, u := range []float64{0, 1 - 0x1p-53} {
		if got := lowerHalf(u, 0.2); !(got >= 0 && got <= 0.5) {
			t.Errorf("u = %v: %v", u, got)
		}
	}
}

// TestMix: every image of a batch is a blend of two images of the batch in the
// proportion of its targets, the larger part its own, and every image is a partner
// once. λ and the partners differ between batches.
func TestMix(t *testing.T) {
	const n = 16
	m := newMixer(0.4, n, n*n)
	m.startPass(3, 1)
	var parts []float32
	var orders [][]int
	for range 3 {
		x, targets := make([]float32, n*n), make([]float32, n*n)
		for i := range n {
			x[i*n+i], targets[i*n+i] = float32(i+1), 1 // image i is i+1 at place i
		}
		m.mix(x, targets)
		times := make([]int, n)
		for i := range n {
			j := m.partner[i]
			times[j]++
			own, other := targets[i*n+i], targets[i*n+j]
			if i == j && own != 1 || i != j && (own < 0.5 || math.Abs(float64(own+other)-1) > 1e-6) {
				t.Fatalf("image %d is %v of itself and %v of %d", i, own, other, j)
			}
			for k := range n {
				if x[i*n+k] != targets[i*n+k]*float32(k+1) && math.Abs(float64(x[i*n+k]-targets[i*n+k]*float32(k+1))) > 1e-5 {
					t.Fatalf("image %d has %v of image %d, target %v", i, x[i*n+k], k, targets[i*n+k])
				}
			}
		}
		if slices.Min(times) != 1 || slices.Max(times) != 1 {
			t.Errorf("partners %v are no permutation", m.partner)
		}
		at := slices.IndexFunc(m.partner, func(j int) bool { return m.partner[j] != j })
		parts = append(parts, targets[m.partner[at]*n+m.partner[at]])
		orders = append(orders, slices.Clone(m.partner))
	}
	if parts[0] == parts[1] || parts[1] == parts[2] || slices.Equal(orders[0], orders[1]) {
		t.Errorf("parts %v, partners %v", parts, orders)
	}
}

// TestMixupIsPaired: mixing changes neither which images a batch has nor how they are
// shifted, and the class of an image stays its largest target.
func TestMixupIsPaired(t *testing.T) {
	set := tinySet(50)
	s := tinySchedule()
	plain, err := newBatches(set, 1, s)
	if err != nil {
		t.Fatal(err)
	}
	s.Mixup = 0.5
	mixed, err := newBatches(set, 1, s)
	if err != nil {
		t.Fatal(err)
	}
	x, y := make([]float32, 8*12), make([]float32, 8*12)
	a, b := make([]float32, 8*3), make([]float32, 8*3)
	for pass := range 2 {
		plain.startPass(pass)
		mixed.startPass(pass)
		for i := range 6 {
			first := slices.Clone(plain.fill(i, x, a))
			if !slices.Equal(mixed.fill(i, y, b), first) {
				t.Fatal("other images")
			}
			if slices.Equal(x, y) {
				t.Errorf("pass %d, batch %d is not mixed", pass, i)
			}
			for j, at := range first {
				if best(b[j*3:j*3+3]) != set.Labels[at] {
					t.Errorf("image %d of class %d has targets %v", j, set.Labels[at], b[j*3:j*3+3])
				}
			}
			m := mixed.mixer
			m.blend(1, x) // copies x to apart and back
			if !slices.Equal(m.apart[:len(x)], x) {
				t.Fatal("blending with λ = 1 changed something")
			}
		}
	}
}

// TestMixupLearns: a run with mixed and augmented images learns, comes to the same
// weights again, and to others than a plain one.
func TestMixupLearns(t *testing.T) {
	s := tinySchedule()
	s.Passes = 12
	_, plain := trainTiny(t, tinyNet(), softmax, s, 1)
	s.Mixup = 0.2
	w, mixed := trainTiny(t, tinyNet(), softmax, s, 1)
	_, again := trainTiny(t, tinyNet(), softmax, s, 1)
	first, last := w.Epochs[0], w.Epochs[len(w.Epochs)-1]
	if !bytes.Equal(mixed, again) || bytes.Equal(mixed, plain) || !(last.Loss < first.Loss) || last.Top1 < 0.65 {
		t.Errorf("loss %.3f → %.3f, top-1 %.2f", first.Loss, last.Loss, last.Top1)
	}
}
