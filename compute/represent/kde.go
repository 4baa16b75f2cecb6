package represent

import (
	"sort"

	"lossxfer-report/compute/elementary"
)

// Curve is a density on an even grid.
type Curve struct {
	Low, High float64
	Density   []float64 // at equally spaced points, both ends included
	Bandwidth float64   // standard deviation of the Gaussian kernel
}

// At is the place of point i.
func (c Curve) At(i int) float64 {
	return c.Low + float64((c.High-c.Low)*(float64(i)/float64(len(c.Density)-1)))
}

// densityOf is the Gaussian kernel density estimate of values (reordered) on [low,
// high]; what the kernel puts beyond an end is reflected back.
func densityOf(values []float64, low, high float64, points int, bandwidth float64) Curve {
	sort.Float64s(values)
	c := Curve{Low: low, High: high, Density: make([]float64, points), Bandwidth: bandwidth}
	if len(values) == 0 {
		return c
	}
	scale := 0.3989422804014327 / float64(bandwidth*float64(len(values)))
	for i := range c.Density {
		at := c.At(i)
		sum := kernels(values, at, bandwidth)
		if at > low {
			sum += kernels(values, low-(at-low), bandwidth)
		}
		if at < high {
			sum += kernels(values, high+(high-at), bandwidth)
		}
		c.Density[i] = float64(scale * sum)
	}
	// At an end the estimate is its own reflection.
	for _, i := range []int{0, points - 1} {
		c.Density[i] *= 2
	}
	return c
}

// kernels sums the kernel of every value at a point. Beyond 9 bandwidths it is below
// 3e-18 of its peak.
func kernels(sorted []float64, at, bandwidth float64) float64 {
	sum := 0.0
	for _, v := range sorted[sort.SearchFloat64s(sorted, at-float64(9*bandwidth)):] {
		u := (v - at) / bandwidth
		if u > 9 {
			break
		}
		sum += elementary.Exp(-0.5 * float64(u*u))
	}
	return sum
}

// Overlap is the area under both of two densities on one grid, by the trapezoidal rule:
// 1 for equal ones, 0 for ones that do not meet.
func (c Curve) Overlap(other Curve) float64 {
	sum := 0.0
	for i, v := range c.Density {
		v = min(v, other.Density[i])
		if i == 0 || i == len(c.Density)-1 {
			v /= 2
		}
		sum += v
	}
	return float64(sum * ((c.High - c.Low) / float64(len(c.Density)-1)))
}
