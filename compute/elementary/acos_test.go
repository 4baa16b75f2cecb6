package elementary

import (
	"math"
	"testing"
)

func TestAcosAtItsEnds(t *testing.T) {
	for x, want := range map[float64]float64{1: 0, -1: math.Pi, 0: math.Pi / 2, 0.5: math.Pi / 3, -0.5: 2 * math.Pi / 3} {
		if got := Acos(x); !(ulps(got, want) <= 1) {
			t.Errorf("Acos(%v) = %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{1.0000000000000002, -2, math.Inf(1), math.NaN()} {
		if got := Acos(x); !math.IsNaN(got) {
			t.Errorf("Acos(%v) = %v, want NaN", x, got)
		}
	}
}
