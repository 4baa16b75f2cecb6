package stat

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Test is the outcome of comparing two means.
type Test struct {
	N      int // pairs, or the smaller sample
	Effect float64
	SD     float64 // of the paired differences; for Welch, the equivalent √N·standard error
	DF     float64
	P      float64 // two-sided; 1 if there is no test
	Low    float64 // 95% interval of the effect
	High   float64
	// Degenerate says that the samples do not vary, or are too few, so that there
	// is no test and no interval. A p of 0 from three equal roundings would be
	// the strongest evidence of all, from the least.
	Degenerate bool
}

// resolution is the relative spread below which samples count as equal: the
// differences of equal decimals already vary by a few units of 1e-16.
const resolution = 1e-10

// Paired compares two samples whose elements share a seed: the paired t test
// (Student 1908). a and b have the same length; the effect is mean(a − b).
func Paired(a, b []float64) Test { return Contrast([][]float64{a, b}, []float64{1, -1}, 0) }

// Welch compares two samples of different networks with variances of their own:
// Welch's t test (Welch 1947) with Satterthwaite's degrees of freedom. The effect
// is mean(a) − mean(b).
func Welch(a, b []float64) Test { return WelchContrast([][]float64{a, b}, []float64{1, -1}, 0) }

// finish fills p and interval from the standard error.
func (t Test) finish(se float64) Test {
	t.P = elementary.StudentTail(t.Effect/se, t.DF)
	half := float64(StudentCritical(0.05, t.DF) * se)
	t.Low, t.High = t.Effect-half, t.Effect+half
	return t
}

// SeedsToDecide estimates how many paired seeds a two-sided t test at level alpha
// needs to find an effect of this size and spread with the given power:
// n ≥ ((t₁₋α⸝₂ + t_power)·sd/effect)², both quantiles at n − 1 degrees of freedom
// (Cohen 1988, chapter 2, with t in place of z). It is 0 if more than limit seeds
// would be needed or if there is no effect or no spread.
func SeedsToDecide(effect, sd, alpha, power float64, limit int) int {
	if effect == 0 || sd <= 0 {
		return 0
	}
	ratio := sd / math.Abs(effect)
	// The need falls with n to that of the normal distribution: search from there.
	z := float64((elementary.NormalQuantile(1-alpha/2) + elementary.NormalQuantile(power)) * ratio)
	for n := math.Max(2, math.Ceil(float64(z*z))); n <= float64(limit); n++ {
		need := float64((StudentCritical(alpha, n-1) + StudentCritical(2*(1-power), n-1)) * ratio)
		if n >= float64(need*need) {
			return int(n)
		}
	}
	return 0
}
