package corrupt

import (
	"slices"

	"lossxfer-report/compute/random"
)

// plasma is a height map of side² values in [0, 1] by the diamond-square algorithm on a
// torus; side is a power of two. Every halving of the step divides the disturbance's
// range by decay², since the authors' code multiplies it by itself.
func plasma(side int, decay float64, s *random.Stream) []float64 {
	m := make([]float64, side*side)
	at := func(y, x int) *float64 { return &m[(y&(side-1))*side+x&(side-1)] }
	wobble := 100.0
	disturbed := func(sum float64) float64 {
		return sum/4 + float64(wobble*s.Uniform(-wobble, wobble))
	}
	for step := side; step >= 2; step /= 2 {
		half := step / 2
		// The middles of squares, then of the sides above them, then of those at their left.
		for y := 0; y < side; y += step {
			for x := 0; x < side; x += step {
				*at(y+half, x+half) = disturbed(*at(y, x) + *at(y+step, x) + (*at(y, x+step) + *at(y+step, x+step)))
			}
		}
		for y := 0; y < side; y += step {
			for x := 0; x < side; x += step {
				*at(y, x+half) = disturbed(*at(y+half, x+half) + *at(y-half, x+half) + (*at(y, x) + *at(y, x+step)))
			}
		}
		for y := 0; y < side; y += step {
			for x := 0; x < side; x += step {
				*at(y+half, x) = disturbed(*at(y+half, x+half) + *at(y+half, x-half) + (*at(y, x) + *at(y+step, x)))
			}
		}
		wobble /= decay
	}
	low := slices.Min(m)
	for i := range m {
		m[i] -= low
	}
	high := slices.Max(m)
	for i := range m {
		m[i] /= high
	}
	return m
}
