package glyph

import "slices"

// Side is the longer side of the ink of every mask, in pixels. A glyph of a 28
// pixel image covers 14 to 21 of them and is sampled twice per pixel, so that
// one sample stands for one to two mask pixels.
const Side = 64

// Mask is the coverage of a character by ink, 0 to 255 a pixel. The ink's box is
// centred, its longer side is Side, and one empty pixel surrounds it.
type Mask struct {
	W, H int
	Pix  []uint8 // H rows of W
}

const (
	sub  = 256        // units of a mask pixel in which outlines are rasterised
	rows = 16         // scan lines per mask pixel
	step = sub / rows // units between scan lines
)

// rasterise fills the contours by the non-zero winding rule. Coverage is exact
// along a scan line and averaged over the scan lines of a pixel.
func rasterise(contours [][]point) *Mask {
	lines, w, h := scale(contours)
	m := &Mask{W: w + 2, H: h + 2}
	m.Pix = make([]uint8, m.W*m.H)
	crossings := scan(lines, h)
	cover := make([]int64, w+1)
	for y := 0; y < h; y++ {
		clear(cover)
		for k := 0; k < rows; k++ {
			fill(cover, crossings[y*rows+k])
		}
		row := m.Pix[(y+1)*m.W+1:]
		for x := 0; x < w; x++ {
			row[x] = uint8((cover[x]*255 + rows*sub/2) / (rows * sub))
		}
	}
	return m
}

// scale maps the contours to mask units with the ink's box at the origin, and
// returns the box in whole pixels.
func scale(contours [][]point) (scaled [][]point, w, h int) {
	lo, hi := contours[0][0], contours[0][0]
	for _, c := range contours {
		for _, p := range c {
			lo = point{min(lo.x, p.x), min(lo.y, p.y)}
			hi = point{max(hi.x, p.x), max(hi.y, p.y)}
		}
	}
	longer := max(hi.x-lo.x, hi.y-lo.y, 1)
	size := func(d int64) int { return int(max((d*Side+longer-1)/longer, 1)) }
	w, h = size(hi.x-lo.x), size(hi.y-lo.y)
	// Half the rounding up of the shorter side goes to either end.
	dx := (int64(w)*sub - divide((hi.x-lo.x)*Side*sub, longer)) / 2
	dy := (int64(h)*sub - divide((hi.y-lo.y)*Side*sub, longer)) / 2
	for _, c := range contours {
		s := make([]point, len(c))
		for i, p := range c {
			s[i] = point{divide((p.x-lo.x)*Side*sub, longer) + dx, divide((p.y-lo.y)*Side*sub, longer) + dy}
		}
		scaled = append(scaled, s)
	}
	return scaled, w, h
}

// crossing is where an edge meets a scan line, and which way it goes.
type crossing struct{ x, dir int32 }

// scan lists the crossings of every scan line, from left to right. The scan
// lines lie at step/2, 3 step/2, …
func scan(contours [][]point, h int) [][]crossing {
	lines := make([][]crossing, h*rows)
	// Room for as many crossings as most letters have; append makes more.
	const usual = 8
	room := make([]crossing, len(lines)*usual)
	for k := range lines {
		lines[k] = room[k*usual : k*usual : (k+1)*usual]
	}
	for _, c := range contours {
		for i, a := range c {
			b := c[(i+1)%len(c)]
			dir := int32(1)
			if a.y > b.y {
				a, b, dir = b, a, -1
			}
			// Scan line k is crossed if a.y <= (k+½) step < b.y.
			first := max((a.y+step/2-1)/step, 0)
			for k := first; k*step+step/2 < b.y && int(k) < len(lines); k++ {
				y := k*step + step/2
				x := a.x + divide((b.x-a.x)*(y-a.y), b.y-a.y)
				lines[k] = append(lines[k], crossing{int32(x), dir})
			}
		}
	}
	for _, l := range lines {
		slices.SortFunc(l, func(a, b crossing) int {
			if a.x != b.x {
				return int(a.x - b.x)
			}
			return int(a.dir - b.dir)
		})
	}
	return lines
}

// fill adds to cover, in units, the spans of one scan line with a winding number
// other than zero.
func fill(cover []int64, line []crossing) {
	winding := int32(0)
	for i, c := range line {
		if winding != 0 {
			span(cover, int64(line[i-1].x), int64(c.x))
		}
		winding += c.dir
	}
}

// span adds the stretch from x0 to x1 to the pixels it covers.
func span(cover []int64, x0, x1 int64) {
	for p := x0 / sub; p*sub < x1; p++ {
		cover[p] += min(x1, (p+1)*sub) - max(x0, p*sub)
	}
}
