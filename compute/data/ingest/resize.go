package ingest

import "math"

// Resizing is that of Pillow 9 (Resample.c): a bicubic filter with a = −½ that widens
// as the image shrinks, so that every pixel counts; first across, then down, each rounded
// to bytes; coefficients of 22 fractional bits. The result has the very bytes of
// Image.resize(size, BICUBIC).

// picture is a decoded image, rows of interleaved channels.
type picture struct {
	w, h, channels int
	pix            []uint8
}

// fit resizes the shorter side to side pixels and cuts the middle square out, as
// torchvision's Resize and CenterCrop do (Appendix A.2 of the paper says no more than
// that much).
func (p picture) fit(side int) []uint8 {
	w, h := side, side
	if p.w < p.h {
		h = side * p.h / p.w
	} else {
		w = side * p.w / p.h
	}
	q := p.resize(w, h)
	left, top := half(w-side), half(h-side)
	out := make([]uint8, 0, side*side*q.channels)
	for y := top; y < top+side; y++ {
		out = append(out, q.pix[(y*w+left)*q.channels:][:side*q.channels]...)
	}
	return out
}

// half rounds n/2 to the nearest whole number, halves to even, as Python's round.
func half(n int) int { return int(math.RoundToEven(float64(n) / 2)) }

// resize scales to w×h.
func (p picture) resize(w, h int) picture {
	if w != p.w {
		p = p.across(w)
	}
	if h != p.h {
		p = p.down(h)
	}
	return p
}

func (p picture) across(w int) picture {
	out := picture{w, p.h, p.channels, make([]uint8, w*p.h*p.channels)}
	taps := tapsOf(p.w, w)
	c := p.channels
	for y := range p.h {
		from, to := p.pix[y*p.w*c:][:p.w*c], out.pix[y*w*c:][:w*c]
		for x, t := range taps {
			for k := range c {
				sum := int32(rounding)
				for i, weight := range t.weights {
					sum += weight * int32(from[(t.first+i)*c+k])
				}
				to[x*c+k] = clip(sum)
			}
		}
	}
	return out
}

func (p picture) down(h int) picture {
	out := picture{p.w, h, p.channels, make([]uint8, p.w*h*p.channels)}
	row := p.w * p.channels
	sums := make([]int32, row)
	for y, t := range tapsOf(p.h, h) {
		for i := range sums {
			sums[i] = rounding
		}
		for i, weight := range t.weights {
			for j, v := range p.pix[(t.first+i)*row:][:row] {
				sums[j] += weight * int32(v)
			}
		}
		for j, sum := range sums {
			out.pix[y*row+j] = clip(sum)
		}
	}
	return out
}

const (
	fraction = 32 - 8 - 2 // bits: a weight of 1, times 255, fits an int32 with room for overshoot
	rounding = 1 << (fraction - 1)
)

func clip(sum int32) uint8 {
	return uint8(min(max(sum>>fraction, 0), 255))
}

// tap is which pixels make one pixel of the result, and with which weights.
type tap struct {
	first   int
	weights []int32
}

// tapsOf are the taps of a line of n pixels that becomes one of m.
func tapsOf(n, m int) []tap {
	scale := float64(n) / float64(m)
	stretch := math.Max(scale, 1)
	const reach = 2 // of the filter
	support := float64(reach * stretch)
	taps := make([]tap, m)
	for x := range taps {
		centre := float64((float64(x) + 0.5) * scale)
		first := max(int(centre-support+0.5), 0)
		last := min(int(centre+support+0.5), n)
		k := make([]float64, last-first)
		sum := 0.0
		for i := range k {
			// Pillow multiplies by the inverse of the stretch.
			k[i] = bicubic(float64((float64(i+first) - centre + 0.5) * (1 / stretch)))
			sum += k[i]
		}
		weights := make([]int32, len(k))
		for i, v := range k {
			if sum != 0 {
				v /= sum
			}
			v = float64(v * (1 << fraction))
			if v < 0 {
				weights[i] = int32(v - 0.5)
			} else {
				weights[i] = int32(v + 0.5)
			}
		}
		taps[x] = tap{first, weights}
	}
	return taps
}

// bicubic is Keys's filter with a = −½.
func bicubic(x float64) float64 {
	const a = -0.5
	x = math.Abs(x)
	switch {
	case x < 1:
		return float64(float64(float64(float64((a+2)*x)-(a+3))*x)*x) + 1
	case x < 2:
		return float64((float64((float64((x-5)*x)+8)*x) - 4) * a)
	}
	return 0
}
