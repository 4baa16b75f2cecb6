// Package stat is the statistics of the report: intervals and tests in which the
// unit is one seed, that is one trained network, never one image.
//
// All p-values are two-sided and come from package elementary, so that their bits
// depend on no CPU. A test that cannot be made says so with ok = false or a Test
// whose P is 1; none returns NaN.
package stat

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Interval is a mean with the half-width of its confidence interval.
type Interval struct {
	N    int
	Mean float64
	Half float64 // +Inf for one value: one seed says nothing about spread
}

// Mean returns the arithmetic mean. It sums deviations from the first value, so
// that the mean of equal values is that value to the bit.
func Mean(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v - x[0]
	}
	return x[0] + sum/float64(len(x))
}

// SD returns the standard deviation with n − 1 in the denominator, 0 for fewer
// than two values.
func SD(x []float64) float64 {
	if len(x) < 2 {
		return 0
	}
	mean, sum := Mean(x), 0.0
	for _, v := range x {
		d := v - mean
		sum += float64(d * d)
	}
	return math.Sqrt(sum / float64(len(x)-1))
}

// MeanInterval returns the mean with the half-width of its t interval at a
// confidence level such as 0.95 (Student 1908).
func MeanInterval(x []float64, level float64) Interval {
	iv := Interval{N: len(x), Mean: Mean(x), Half: math.Inf(1)}
	if len(x) > 1 {
		iv.Half = StudentCritical(1-level, float64(len(x)-1)) * SD(x) / math.Sqrt(float64(len(x)))
	}
	return iv
}

// StudentCritical returns the t > 0 with P(|T| ≥ t) = alpha for Student's t with
// df degrees of freedom, by the secant method on log P, kept inside a bracket
// (Illinois rule: Dowell and Jarratt 1971).
//
// Values are remembered: a report asks for the same few thousands of times.
func StudentCritical(alpha, df float64) float64 {
	if !(alpha > 0) {
		return math.Inf(1)
	}
	if alpha >= 1 {
		return 0
	}
	return criticals.get([2]float64{alpha, df}, func() float64 { return searchCritical(alpha, df) })
}

var criticals memo[[2]float64, float64]

func searchCritical(alpha, df float64) float64 {
	target := elementary.Log(alpha)
	f := func(t float64) float64 { return elementary.Log(elementary.StudentTail(t, df)) - target }
	low, high := 0.0, 1.0
	fLow, fHigh := -target, f(high)
	for fHigh > 0 {
		low, fLow, high = high, fHigh, 2*high
		fHigh = f(high)
		if math.IsInf(high, 1) {
			return high
		}
	}
	for side := 0; ; {
		t := high - float64(fHigh*((high-low)/(fHigh-fLow)))
		if math.IsInf(fHigh, -1) { // the tail is below the smallest number
			t = low + (high-low)/2
		}
		if !(t > low && t < high) { // the bracket is as narrow as rounding lets it be
			return high
		}
		ft := f(t)
		switch {
		case math.Abs(ft) < 1e-15 || high-low < 1e-15*high:
			return t
		case ft > 0:
			low, fLow = t, ft
			if side > 0 {
				fHigh /= 2
			}
			side = 1
		default:
			high, fHigh = t, ft
			if side < 0 {
				fLow /= 2
			}
			side = -1
		}
	}
}
