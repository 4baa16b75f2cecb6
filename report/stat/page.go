package stat

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Trend is the outcome of Page's test.
type Trend struct {
	Blocks, Treatments int
	L                  float64 // Σ position × rank, over all blocks
	Rising             float64 // P(L this large or larger) under no trend
	Falling            float64 // P(L this small or smaller)
	Exact              bool
}

// Page tests for a trend over ordered treatments within blocks (Page 1963):
// blocks[s][j] is the value of treatment j for seed s. The null is that within a
// seed every order of the treatments is equally likely. For up to ten treatments
// the p-values are exact, by convolving the blocks' permutation distributions,
// ties included; above they are the normal approximation. ok is false for fewer
// than three treatments, no blocks, or no variation.
func Page(blocks [][]float64) (t Trend, ok bool) {
	if len(blocks) == 0 || len(blocks[0]) < 3 {
		return t, false
	}
	k := len(blocks[0])
	t = Trend{Blocks: len(blocks), Treatments: k, Exact: k <= maxExact}
	positions := make([]int, k)
	for j := range positions {
		positions[j] = j + 1
	}
	sum, mean, variance := 0, 0.0, 0.0 // of twice L
	null := []float64{1}
	for _, block := range blocks {
		if len(block) != k {
			return t, false
		}
		ranks := doubledRanks(block)
		spread := 0
		for j, r := range ranks {
			sum += (j + 1) * r
			spread += (r - (k + 1)) * (r - (k + 1))
		}
		mean += float64(float64(k*(k+1)/2) * float64(k+1))
		// Σ(j − j̄)² = k(k²−1)/12.
		variance += float64(float64(k*(k*k-1)) / 12 * float64(spread) / float64(k-1))
		if t.Exact {
			null = convolve(null, permutationSums(positions, ranks))
		}
	}
	if variance == 0 {
		return t, false
	}
	t.L = float64(sum) / 2
	if !t.Exact {
		z := (float64(sum) - mean) / math.Sqrt(variance)
		t.Rising, t.Falling = elementary.NormalCDF(-z), elementary.NormalCDF(z)
		return t, true
	}
	for s, p := range null {
		if s >= sum {
			t.Rising += p
		}
		if s <= sum {
			t.Falling += p
		}
	}
	t.Rising, t.Falling = math.Min(1, t.Rising), math.Min(1, t.Falling)
	return t, true
}

// convolve returns the distribution of the sum of two independent whole numbers.
func convolve(a, b []float64) []float64 {
	out := make([]float64, len(a)+len(b)-1)
	for i, p := range a {
		if p == 0 {
			continue
		}
		for j, q := range b {
			out[i+j] += float64(p * q)
		}
	}
	return out
}
