package random

import (
	"math"
	"slices"
	"testing"
)

// TestStable pins the first numbers of a stream: data sets and initial weights are made
// of them, so a change would change every result.
func TestStable(t *testing.T) {
	s := New("stability", 1, 2)
	got := []uint64{s.Uint64(), s.Uint64()}
	want := []uint64{0xfb8d68a5c996dfe8, 0x3a5275bbd1554f8}
	if !slices.Equal(got, want) {
		t.Errorf("first words %#x, want %#x", got, want)
	}
	if got, want := s.Float64(), 0.26242572228065486; got != want {
		t.Errorf("uniform number %v, want %v", got, want)
	}
	if got, want := s.Normal(), -0.2213306308110185; got != want {
		t.Errorf("normal number %v, want %v", got, want)
	}
	if got, want := s.Perm(8), []int{4, 5, 6, 2, 1, 0, 3, 7}; !slices.Equal(got, want) {
		t.Errorf("permutation %v, want %v", got, want)
	}
	if got, want := s.IntN(1000), 422; got != want {
		t.Errorf("integer %v, want %v", got, want)
	}
}

// TestNamesAndSeeds: another name, another seed, another number of seeds and another
// split between name and seeds all give another stream; the same give the same.
func TestNamesAndSeeds(t *testing.T) {
	first := map[uint64]string{}
	for what, s := range map[string]*Stream{
		"a": New("a"), "b": New("b"), "a 0": New("a", 0), "a 1": New("a", 1), "a 0 0": New("a", 0, 0),
		"a 0 1": New("a", 0, 1), "a 1 0": New("a", 1, 0), "a with a seed's bytes": New("a\x00\x00\x00\x00\x00\x00\x00\x00"), "none": New(""),
	} {
		v := s.Uint64()
		if other, taken := first[v]; taken {
			t.Errorf("streams %q and %q begin alike", what, other)
		}
		first[v] = what
	}
	one, other := New("a", 3), New("a", 3)
	if one.Uint64() != other.Uint64() {
		t.Error("the same stream gives two sequences")
	}
}

// chiSquared returns the statistic of counts against equal expectation, in standard
// deviations from its mean.
func chiSquared(counts []int, total int) float64 {
	expected, x := float64(total)/float64(len(counts)), 0.0
	for _, c := range counts {
		x += (float64(c) - expected) * (float64(c) - expected) / expected
	}
	df := float64(len(counts) - 1)
	return (x - df) / math.Sqrt(2*df)
}

func TestUniform(t *testing.T) {
	s := New("test uniform")
	const n, bins = 200000, 100
	counts, ints := make([]int, bins), make([]int, 7)
	pairs := make([]int, bins)
	for range n {
		u := s.Float64()
		if u < 0 || u >= 1 {
			t.Fatalf("Float64 gave %v", u)
		}
		counts[int(u*bins)]++
		pairs[int(s.Float64()*10)*10+int(s.Float64()*10)]++
		ints[s.IntN(7)]++
		if v := s.Uniform(-3, 5); v < -3 || v >= 5 {
			t.Fatalf("Uniform(-3, 5) gave %v", v)
		}
	}
	for what, c := range map[string][]int{"Float64": counts, "pairs": pairs, "IntN": ints} {
		if z := chiSquared(c, n); math.Abs(z) > 4 {
			t.Errorf("%s: chi-squared is %.1f standard deviations from its mean", what, z)
		}
	}
}

// TestPerm counts every permutation of four.
func TestPerm(t *testing.T) {
	s := New("test perm")
	index := map[[4]int]int{}
	counts := make([]int, 24)
	const n = 48000
	for range n {
		p := [4]int(s.Perm(4))
		if _, seen := index[p]; !seen {
			index[p] = len(index)
		}
		counts[index[p]]++
	}
	if z := chiSquared(counts, n); len(index) != 24 || math.Abs(z) > 4 {
		t.Errorf("%d of 24 permutations, chi-squared %.1f standard deviations from its mean", len(index), z)
	}
	if len(s.Perm(0)) != 0 {
		t.Error("Perm(0) is not empty")
	}
}

// TestNormal compares the first four moments with those of the normal distribution, each
// within four standard errors, and the tails with their probability.
func TestNormal(t *testing.T) {
	s := New("test normal")
	const n = 200000
	var sum [5]float64
	beyond := 0
	for range n {
		x := s.Normal()
		for k, p := 1, x; k <= 4; k, p = k+1, p*x {
			sum[k] += p
		}
		if math.Abs(x) > 3 {
			beyond++
		}
	}
	// Means and variances of x, x², x³, x⁴: 0, 1, 0, 3 and 1, 2, 15, 96.
	for k, want := range map[int][2]float64{1: {0, 1}, 2: {1, 2}, 3: {0, 15}, 4: {3, 96}} {
		if z := (sum[k]/n - want[0]) / math.Sqrt(want[1]/n); math.Abs(z) > 4 {
			t.Errorf("moment %d is %.4f, %.1f standard errors from %g", k, sum[k]/n, z, want[0])
		}
	}
	const tail = 0.0026997960632601866
	if z := (float64(beyond) - n*tail) / math.Sqrt(n*tail); math.Abs(z) > 4 {
		t.Errorf("%d of %d beyond three standard deviations", beyond, n)
	}
}

func TestIntNRefuses(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("IntN(0) did not panic")
		}
	}()
	New("x").IntN(0)
}
