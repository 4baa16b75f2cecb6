package kernel

import (
	"fmt"
	"slices"
	"testing"

	"lossxfer-report/compute/random"
)

// descended runs every operation of Descent on n weights.
func descended(t *testing.T, n int) [][]float32 {
	t.Helper()
	r := random.New("kernel/descent", uint64(n))
	var d Descent
	var out [][]float32
	for _, nesterov := range []bool{false, true} {
		w, g, v, average := guard(n), guard(n), guard(n), guard(n)
		for _, x := range []guarded{w, g, v, average} {
			normals(r, x.v)
		}
		before := slices.Clone(g.v)
		d.Step(Momentum{Rate: 0.03, Momentum: 0.9, Scale: 0.7, Nesterov: nesterov}, w.v, g.v, v.v, 0.01)
		d.Average(average.v, w.v, 0.2)
		for i, x := range []guarded{w, g, v, average} {
			x.check(t, fmt.Sprintf("buffer %d of %d numbers", i, n))
		}
		if !slices.Equal(g.v, before) {
			t.Errorf("%d numbers: the gradient was changed", n)
		}
		out = append(out, w.v, v.v, average.v)
	}
	return out
}

func TestDescentBitsAreTheSameEverywhere(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 17, 31, 48, 63, 64, 65, 127, 128, 200, 1000, 4096 + 61} {
		var want [][]float32
		atLevels(t, func(t *testing.T, l Instructions) {
			got := descended(t, n)
			if l == Generic {
				want = got
				return
			}
			for i := range want {
				sameBits(t, fmt.Sprintf("%d numbers with %v, output %d", n, l, i), got[i], want[i])
			}
		})
	}
}

// TestDescent: two steps on three weights, worked out by hand in numbers that floats
// hold exactly.
func TestDescent(t *testing.T) {
	for _, c := range []struct {
		nesterov bool
		w, v     []float32
	}{
		// Step 1: d = 2·1 + 0.5·4 = 4, v = 4; step 2: d = 2 + 0.5·w, v = 2 + d.
		{false, []float32{4 - 0.5*4 - 0.5*(2+3)}, []float32{5}},
		// Step 1 moves by 0.5·(4 + 0.5·4) = 3, so that step 2 has d = 2.5, v = 4.5.
		{true, []float32{1 - 0.5*(2.5+2.25)}, []float32{4.5}},
	} {
		w, g, v := make([]float32, 21), make([]float32, 21), make([]float32, 21)
		for i := range w {
			w[i], g[i] = 4, 1
		}
		var d Descent
		for range 2 {
			d.Step(Momentum{Rate: 0.5, Momentum: 0.5, Scale: 2, Nesterov: c.nesterov}, w, g, v, 0.5)
		}
		for i := range w {
			if w[i] != c.w[0] || v[i] != c.v[0] {
				t.Fatalf("nesterov %v: weight %d is %v with velocity %v, want %v and %v", c.nesterov, i, w[i], v[i], c.w[0], c.v[0])
			}
		}
		average := make([]float32, 21)
		d.Average(average, g, 0.25)
		d.Average(average, g, 0.25)
		for i := range average {
			if average[i] != 0.4375 {
				t.Fatalf("average %d is %v", i, average[i])
			}
		}
		if n := testing.AllocsPerRun(5, func() { d.Step(Momentum{}, w, g, v, 0); d.Average(average, g, 0) }); n != 0 {
			t.Errorf("a step allocates %v times", n)
		}
	}
}

func TestDescentRefusesLengths(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("vectors of two lengths")
		}
	}()
	new(Descent).Average(make([]float32, 3), make([]float32, 4), 1)
}

// BenchmarkDescent is a step and an average of as many weights as glyphnet has.
func BenchmarkDescent(b *testing.B) {
	const n = 253_000
	w, g, v, average := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	var d Descent
	for _, l := range Levels() {
		b.Run(l.String(), func(b *testing.B) {
			defer SetLevel(Level())
			if err := SetLevel(l); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d.Step(Momentum{Rate: 0.03, Momentum: 0.9, Scale: 0.7, Nesterov: true}, w, g, v, 0.01)
				d.Average(average, w, 0.2)
			}
		})
	}
}
