package corrupt

import (
	"math"

	"lossxfer-report/compute/random"
)

// zoomBlur averages the image over growing magnifications, as a camera that moves
// towards it. The last factor is part of the mean where numpy's arange, which rounds,
// has it.
func zoomBlur(p picture, severity int, _ *random.Stream) []float64 {
	factors := [Severities]int{7, 12, 16, 21, 26}[severity]
	x := p.unit()
	sum := make([]float64, len(x))
	for k := range factors {
		for i, v := range clippedZoom(x, p.h, p.w, 1+float64(float64(k)*0.01)) {
			sum[i] += v
		}
	}
	for i, v := range x {
		sum[i] = (v + sum[i]) / float64(factors+1)
	}
	return sum
}

// clippedZoom magnifies the middle of an image by a factor and cuts it to the image's
// size, with linear interpolation.
func clippedZoom(x []float64, h, w int, factor float64) []float64 {
	rows, columns := magnified(h, factor), magnified(w, factor)
	wide := make([]float64, h*w) // magnified along rows only
	for y := range h {
		from, to := x[y*w:][:w], wide[y*w:][:w]
		for i, c := range columns {
			to[i] = float64(from[c.at]*(1-c.part)) + float64(from[c.next]*c.part)
		}
	}
	out := make([]float64, h*w)
	for y, r := range rows {
		upper, lower, to := wide[r.at*w:][:w], wide[r.next*w:][:w], out[y*w:][:w]
		for i := range to {
			to[i] = float64(upper[i]*(1-r.part)) + float64(lower[i]*r.part)
		}
	}
	return out
}

// place is a point between two pixels of an axis: part of the way from at to next.
type place struct {
	at, next int
	part     float64
}

// magnified lists where the n pixels of a magnified axis come from. The middle of
// ⌈n/factor⌉ pixels is stretched over that many times factor, ends upon ends (SciPy's
// zoom), and the middle of that is kept.
func magnified(n int, factor float64) []place {
	kept := int(math.Ceil(float64(n) / factor))
	first := (n - kept) / 2
	size := int(math.RoundToEven(float64(kept) * factor))
	step := float64(kept-1) / float64(size-1)
	trim := (size - n) / 2
	places := make([]place, n)
	for i := range places {
		at := min(float64(float64(i+trim)*step), float64(kept-1))
		low := int(at)
		places[i] = place{first + low, first + min(low+1, kept-1), at - float64(low)}
	}
	return places
}
