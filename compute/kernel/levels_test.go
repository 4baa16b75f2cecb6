package kernel

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// atLevels runs f at every instruction set of this CPU, plain Go first.
func atLevels(t *testing.T, f func(t *testing.T, l Instructions)) {
	t.Helper()
	before := Level()
	defer SetLevel(before)
	for _, l := range Levels() {
		if err := SetLevel(l); err != nil {
			t.Fatal(err)
		}
		f(t, l)
	}
}

// guarded is a buffer between canaries.
type guarded struct{ all, v []float32 }

const guardValue, guardFloats = float32(-12345.678), 64

// guard returns n floats between canaries, at an address that is not a multiple of
// anything.
func guard(n int) guarded {
	g := guarded{all: make([]float32, n+2*guardFloats+1)}
	for i := range g.all {
		g.all[i] = guardValue
	}
	g.v = g.all[guardFloats+1 : guardFloats+1+n]
	clear(g.v)
	return g
}

func (g guarded) check(t *testing.T, what string) {
	t.Helper()
	for i, v := range g.all {
		if i > guardFloats && i <= guardFloats+len(g.v) {
			continue
		}
		if v != guardValue {
			t.Fatalf("%s: wrote %d floats beside its buffer", what, i-guardFloats-1)
		}
	}
}

// normals fills v with normal numbers, a few of them zero or large.
func normals(r *random.Stream, v []float32) {
	for i := range v {
		v[i] = float32(r.Normal())
		switch r.IntN(50) {
		case 0:
			v[i] = 0
		case 1:
			v[i] *= 1e4
		}
	}
}

// sameBits compares results of two instruction sets.
func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: element %d is %v (%08x), in plain Go %v (%08x)", what, i,
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}
