package stat

import "math"

// Contrast tests whether offset + Σ weight·mean is zero, for samples whose
// elements share a seed: Student's one-sample t test (Student 1908) of the
// contrast of each seed. The samples have one length; there is at least one.
// With weights 1, −1 it is the paired t test. An offset moves the null
// hypothesis, as margins and bounds do.
func Contrast(samples [][]float64, weights []float64, offset float64) Test {
	d := make([]float64, len(samples[0]))
	largest := math.Abs(offset)
	for s := range d {
		for i, w := range weights {
			v := float64(w * samples[i][s])
			d[s] += v
			largest = math.Max(largest, math.Abs(v))
		}
		d[s] += offset
	}
	t := Test{N: len(d), Effect: Mean(d), SD: SD(d), DF: float64(len(d) - 1), P: 1}
	if len(d) < 2 || t.SD <= resolution*largest {
		t.Degenerate = true
		return t
	}
	return t.finish(t.SD / math.Sqrt(float64(len(d))))
}

// WelchContrast tests the same for independent samples with variances of their own
// (Welch 1947: any linear combination of means, its degrees of freedom
// from the fourth moments of the weights). With weights 1, −1 it is Welch's t test.
func WelchContrast(samples [][]float64, weights []float64, offset float64) Test {
	t := Test{N: len(samples[0]), Effect: offset, P: 1}
	largest, spread, variance, lower := math.Abs(offset), 0.0, 0.0, 0.0
	for i, w := range weights {
		x := samples[i]
		n := float64(len(x))
		t.N = min(t.N, len(x))
		t.Effect += float64(w * Mean(x))
		for _, v := range x {
			largest = math.Max(largest, math.Abs(float64(w*v)))
		}
		if len(x) < 2 {
			continue
		}
		sd := math.Abs(w) * SD(x)
		spread = math.Max(spread, sd)
		v := float64(sd*sd) / n
		variance += v
		lower += float64(v*v) / (n - 1)
	}
	if t.N < 2 {
		t.Degenerate = true
		return t
	}
	se := math.Sqrt(variance)
	t.SD = se * math.Sqrt(float64(t.N))
	if spread <= resolution*largest || lower == 0 {
		t.Degenerate = true
		return t
	}
	t.DF = float64(variance*variance) / lower
	return t.finish(se)
}
