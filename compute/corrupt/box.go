package corrupt

// boxResize resamples an image to h×w with a box filter, in the integer arithmetic of
// Pillow's Image.resize: along rows, rounded to grey levels, then along columns.
func boxResize(p picture, h, w int) picture {
	wide := make([]uint8, p.h*w)
	for x, taps := range boxTaps(p.w, w) {
		for y := range p.h {
			wide[y*w+x] = taps.sum(p.pixels[y*p.w:], 1)
		}
	}
	out := make([]uint8, h*w)
	for y, taps := range boxTaps(p.h, h) {
		for x := range w {
			out[y*w+x] = taps.sum(wide[x:], w)
		}
	}
	return picture{out, h, w}
}

// boxBits is the binary places of a weight.
const boxBits = 32 - 8 - 2

// taps are the pixels from first on that make up one of the result, and their weights.
type taps struct {
	first  int
	weight []int
}

// sum is the weighted mean of pixels stride apart, rounded.
func (t taps) sum(pixels []uint8, stride int) uint8 {
	total := 1 << (boxBits - 1)
	for i, v := range t.weight {
		total += v * int(pixels[(t.first+i)*stride])
	}
	return uint8(min(max(total>>boxBits, 0), 255))
}

// boxTaps lists the taps of an axis of n pixels that is resampled to m.
func boxTaps(n, m int) []taps {
	scale := float64(n) / float64(m)
	wide := max(scale, 1) // the filter is as wide as a pixel of the coarser side
	list := make([]taps, m)
	for i := range list {
		centre := float64((float64(i) + 0.5) * scale)
		first := max(int(centre-wide/2+0.5), 0)
		last := min(int(centre+wide/2+0.5), n)
		var inside []bool
		count := 0.0
		for k := first; k < last; k++ {
			d := (float64(k) - centre + 0.5) / wide
			in := d > -0.5 && d <= 0.5
			inside = append(inside, in)
			if in {
				count++
			}
		}
		t := taps{first: first, weight: make([]int, len(inside))}
		for k, in := range inside {
			if in {
				t.weight[k] = int(0.5 + float64(1/count*(1<<boxBits)))
			}
		}
		list[i] = t
	}
	return list
}
