package corrupt

import (
	"bytes"
	"math"
	"testing"
)

// corrupted applies a corruption to n images of one grey level.
func corrupted(t *testing.T, name string, severity, n int, level uint8) []uint8 {
	t.Helper()
	src := bytes.Repeat([]uint8{level}, 28*28)
	var all []uint8
	for i := range n {
		dst := make([]uint8, len(src))
		if err := Apply(name, severity, dst, src, 28, 28, Stream(name, severity, i)); err != nil {
			t.Fatal(err)
		}
		all = append(all, dst...)
	}
	return all
}

// moments are the mean and the variance, in fractions of white; half a level is added for
// what the cut to whole levels takes away.
func moments(pixels []uint8) (mean, variance float64) {
	for _, v := range pixels {
		mean += (float64(v) + 0.5) / 255
	}
	mean /= float64(len(pixels))
	for _, v := range pixels {
		d := (float64(v)+0.5)/255 - mean
		variance += d * d
	}
	return mean, variance / float64(len(pixels))
}

// TestNoiseMoments compares mean and variance of the noises with the published
// constants, within four standard errors.
func TestNoiseMoments(t *testing.T) {
	const images, level = 60, 128
	grey := float64(level) / 255
	for severity := 1; severity <= Severities; severity++ {
		deviation := []float64{0.04, 0.06, 0.08, 0.09, 0.10}[severity-1]
		white := []float64{500, 250, 100, 75, 50}[severity-1]
		for name, want := range map[string]float64{"gaussian_noise": deviation * deviation, "shot_noise": grey / white} {
			pixels := corrupted(t, name, severity, images, level)
			mean, variance := moments(pixels)
			n := float64(len(pixels))
			variance -= 1.0 / 12 / 255 / 255 // Sheppard's correction
			// A Poisson number takes few values, so that the cut is not uniform: half a level of slack.
			if math.Abs(mean-grey) > 4*math.Sqrt(want/n)+0.5/255 {
				t.Errorf("%s at severity %d: mean %.5f, want %.5f", name, severity, mean, grey)
			}
			if math.Abs(variance/want-1) > 4*math.Sqrt(2/n)+0.015 {
				t.Errorf("%s at severity %d: variance %.6f, want %.6f", name, severity, variance, want)
			}
		}
	}
}

// TestImpulseShare counts the pixels that turned black and white.
func TestImpulseShare(t *testing.T) {
	for severity, share := range []float64{0.01, 0.02, 0.03, 0.05, 0.07} {
		pixels := corrupted(t, "impulse_noise", severity+1, 60, 128)
		n := float64(len(pixels))
		for _, level := range []uint8{0, 255} {
			got := float64(bytes.Count(pixels, []byte{level})) / n
			if half := share / 2; math.Abs(got-half) > 4*math.Sqrt(half/n) {
				t.Errorf("severity %d: %.5f of the pixels are %d, want %.5f", severity+1, got, level, half)
			}
		}
	}
}

// TestPoissonTables: probabilities sum to one, the mean is the mean, and a count is drawn
// for any uniform number.
func TestPoissonTables(t *testing.T) {
	for _, mean := range []float64{0, 0.01, 1, 30.5, 500} {
		table := newPoisson(mean)
		sum, below := 0.0, 0.0
		for k, p := range table {
			sum += float64(k) * (p - below)
			below = p
		}
		if math.Abs(sum-mean) > 1e-9*max(mean, 1) || math.Abs(below-1) > 1e-12 {
			t.Errorf("mean %g: the table has mean %g and ends at %g", mean, sum, below)
		}
		if k := table.draw(1 - 0x1p-53); k >= len(table) || float64(k) < mean {
			t.Errorf("mean %g: the largest uniform number draws %d", mean, k)
		}
	}
}
