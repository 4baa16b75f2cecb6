package represent

import "lossxfer-report/compute/elementary"

// density turns counts of distances on [0, 2] into a Gaussian kernel density
// estimate at the given number of equally spaced points, both ends included.
// Distances stand at the middle of their bins. What the kernel would put below 0 or
// above 2 is reflected back, so that the estimate is a density on [0, 2]; Figure 4's
// own treatment of the ends is not known.
func density(count *[bins]int64, points int, bandwidth float64) []float64 {
	const width = 2.0 / bins
	total := int64(0)
	for _, c := range count {
		total += c
	}
	out := make([]float64, points)
	if total == 0 {
		return out
	}
	// 1/(√(2π)·h·pairs)
	scale := 0.3989422804014327 / (bandwidth * float64(total))
	// Beyond 9 bandwidths the kernel is below 3e-18 of its peak.
	reach := 9 * bandwidth
	kernel := func(u float64) float64 {
		if u < -reach || u > reach {
			return 0
		}
		u /= bandwidth
		return elementary.Exp(-0.5 * float64(u*u))
	}
	for i := range out {
		at := 2 * float64(i) / float64(points-1)
		sum := 0.0
		for b, c := range count {
			if c == 0 {
				continue
			}
			x := float64((float64(b) + 0.5) * width)
			k := kernel(at-x) + kernel(at+x) + kernel(4-at-x)
			if k != 0 {
				sum += float64(float64(c) * k)
			}
		}
		out[i] = float64(scale * sum)
	}
	return out
}
