package shifted

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/corrupt"
)

// Two corruptions, by hand: sums of errors 1.5 and 1.0 beside 3.0 and 2.5, so ratios
// ½ and 0.4, so 45.
func TestMCEByHand(t *testing.T) {
	of := Errors{Corruptions: []string{"fog", "snow"}, N: 40, Error: [][]float64{{0.1, 0.2, 0.3, 0.4, 0.5}, {0, 0.1, 0.2, 0.3, 0.4}}}
	baseline := Errors{Corruptions: []string{"fog", "snow"}, N: 40, Error: [][]float64{{0.4, 0.5, 0.6, 0.7, 0.8}, {0.3, 0.4, 0.5, 0.6, 0.7}}}
	if got, err := MCE(of, baseline); err != nil || math.Abs(got-45) > 1e-12 {
		t.Errorf("mCE %v, %v, want 45", got, err)
	}
	if got, err := MCE(baseline, baseline); err != nil || got != 100 {
		t.Errorf("mCE of the baseline itself %v, %v, want 100", got, err)
	}
	// The mean of ratios, not the ratio of means, which would be 100·2.5/5.5.
	if got, _ := MCE(of, baseline); math.Abs(got-100*2.5/5.5) < 0.1 {
		t.Error("mCE is a ratio of means")
	}
	perfect := baseline
	perfect.Error = [][]float64{{0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}}
	if _, err := MCE(of, perfect); err == nil || !strings.Contains(err.Error(), "no error under fog") {
		t.Errorf("beside a baseline without errors: %v", err)
	}
	other := baseline
	other.N = 41
	if _, err := MCE(of, other); err == nil {
		t.Error("errors on other images were compared")
	}
	if _, err := MCE(Errors{}, Errors{}); err == nil {
		t.Error("a mean over no corruption")
	}
}

func TestAccuracyBySeverity(t *testing.T) {
	e := Errors{Corruptions: []string{"fog", "snow"}, Clean: 0.25, N: 4, Error: [][]float64{{0, 0.25, 0.5, 0.5, 0.75}, {0.5, 0.5, 0.5, 1, 1}}}
	for _, c := range []struct {
		severity int
		of       []string
		want     float64
	}{{0, []string{"fog"}, 0.75}, {1, []string{"fog", "snow"}, 0.75}, {5, []string{"snow"}, 0}, {4, []string{"fog"}, 0.5}} {
		if got, err := e.Accuracy(c.severity, c.of); err != nil || got != c.want {
			t.Errorf("severity %d of %v: %v, %v, want %v", c.severity, c.of, got, err, c.want)
		}
	}
	for _, bad := range []int{-1, 6} {
		if _, err := e.Accuracy(bad, e.Corruptions); err == nil {
			t.Errorf("accuracy at severity %d", bad)
		}
	}
	if _, err := e.Accuracy(1, []string{"rain"}); err == nil {
		t.Error("accuracy under an unknown corruption")
	}
}

// Every corruption that the program has is in one group.
func TestGroupsSortAllCorruptions(t *testing.T) {
	var all []string
	for _, g := range Groups() {
		all = append(all, g.Corruptions...)
	}
	if !slices.Equal(all, corrupt.Names()) {
		t.Errorf("groups of %v, the corruptions are %v", all, corrupt.Names())
	}
}
