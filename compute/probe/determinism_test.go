package probe

import (
	"math"
	"slices"
	"testing"

	"lossxfer-report/compute/kernel"
)

// The same bits on every instruction set: fits with their iteration counts, and
// neighbours.
func TestBitsDoNotDependOnTheCPU(t *testing.T) {
	before := kernel.Level()
	defer kernel.SetLevel(before)
	const n, d, classes = 150, 37, 7
	x, y := synthetic("cpu", n, d, classes, 0.4)
	q, _ := synthetic("cpu queries", n, d, classes, 0.4)
	var want Fit
	var wantNear []int
	for i, level := range kernel.Levels() {
		if err := kernel.SetLevel(level); err != nil {
			t.Fatal(err)
		}
		fit, err := FitLogistic(x, n, d, y, classes, 0.01, nil, Tolerances{})
		if err != nil {
			t.Fatal(err)
		}
		near, err := Neighbours(x, n, d, y, classes, q, n, Voting{Weighting: Distance})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			want, wantNear = fit, near
			continue
		}
		if !slices.Equal(fit.W, want.W) || !slices.Equal(fit.B, want.B) || fit.Iterations != want.Iterations || math.Float64bits(fit.Objective) != math.Float64bits(want.Objective) {
			t.Errorf("%v: the fit differs: objective %v after %d iterations, want %v after %d", level, fit.Objective, fit.Iterations, want.Objective, want.Iterations)
		}
		if !slices.Equal(near, wantNear) {
			t.Errorf("%v: the neighbours differ", level)
		}
	}
	// A golden digest tells the bits of builds for other machines, or with
	// GODEBUG=cpu.fma=off, from these. It changes with the order of arithmetic only.
	const golden = 0xfc2799281d157c52
	var sum uint64
	for _, w := range want.W {
		sum = sum*1099511628211 ^ math.Float64bits(w)
	}
	if sum != golden {
		t.Errorf("digest of the weights is %#x, want %#x", sum, uint64(golden))
	}
}
