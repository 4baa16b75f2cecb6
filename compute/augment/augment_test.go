package augment

import (
	"math"
	"slices"
	"testing"

	"lossxfer-report/compute/random"
)

// outcomes is the probability of every image that the policy can make of pic, found by
// walking all sub-policies, both steps left out or taken, and all directions.
func outcomes(pic picture) map[string]float64 {
	probability := map[string]float64{}
	var p Policy
	for _, sub := range svhn {
		for choice := range 16 {
			weight := 1 / float64(len(svhn)) / 4
			pixels := slices.Clone(pic.pixels)
			for i, s := range sub {
				if choice>>i&1 == 0 {
					weight *= 1 - s.probability
					continue
				}
				weight *= s.probability
				p.run(s.op, s.level, choice>>(2+i)&1 == 1, pixels, pic.h, pic.w)
			}
			probability[string(pixels)] += weight
		}
	}
	return probability
}

// TestApplyDrawsThePolicy: every image the policy can make comes as often as its
// probabilities say, and no other.
func TestApplyDrawsThePolicy(t *testing.T) {
	_, pictures := load(t)
	pic := pictures[0]
	want := outcomes(pic)
	const n = 40000
	counts := map[string]int{}
	var p Policy
	s := random.New("test autoaugment")
	for range n {
		pixels := slices.Clone(pic.pixels)
		p.Apply(pixels, pic.h, pic.w, s)
		counts[string(pixels)]++
	}
	chi, bins := 0.0, 0.0
	for image, probability := range want {
		expected := probability * n
		if expected < 5 {
			continue // too rare for the statistic; that nothing else comes is asked below
		}
		d := float64(counts[image]) - expected
		chi += d * d / expected
		bins++
	}
	if z := (chi - bins) / math.Sqrt(2*bins); math.Abs(z) > 4 || bins < 50 {
		t.Errorf("%g outcomes, chi-squared %.1f standard deviations from its mean", bins, z)
	}
	for image, count := range counts {
		if want[image] == 0 {
			t.Errorf("%d images that the policy cannot make", count)
		}
	}
}

// TestApplyTakesFourNumbers: the stream stands at the same place after any image.
func TestApplyTakesFourNumbers(t *testing.T) {
	_, pictures := load(t)
	var p Policy
	for seed := range uint64(100) {
		s, other := random.New("four", seed), random.New("four", seed)
		p.Apply(slices.Clone(pictures[seed%5].pixels), 28, 28, s)
		other.IntN(len(svhn))
		for range 3 {
			other.Uint64()
		}
		if s.Uint64() != other.Uint64() {
			t.Fatalf("seed %d: the stream stands elsewhere", seed)
		}
	}
}

func TestApplyAllocatesNothing(t *testing.T) {
	_, pictures := load(t)
	pixels := slices.Clone(pictures[2].pixels)
	var p Policy
	p.before = make([]uint8, 0, len(pixels))
	s := random.New("allocations")
	if n := testing.AllocsPerRun(200, func() { p.Apply(pixels, 28, 28, s) }); n != 0 {
		t.Errorf("%g allocations for one image", n)
	}
}

// BenchmarkApply: one image of 28×28.
func BenchmarkApply(b *testing.B) {
	_, pictures := load(b)
	pixels := make([]uint8, 28*28)
	var p Policy
	s := random.New("benchmark")
	for i := range b.N {
		copy(pixels, pictures[i%6].pixels)
		p.Apply(pixels, 28, 28, s)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "images/s")
}
