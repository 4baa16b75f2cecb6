package report

import "unicode/utf8"

// box is a rectangle in pixels of the plot.
type box struct{ x0, y0, x1, y1 float64 }

func (a box) overlap(b box) float64 {
	w := min(a.x1, b.x1) - max(a.x0, b.x0)
	h := min(a.y1, b.y1) - max(a.y0, b.y0)
	if w <= 0 || h <= 0 {
		return 0
	}
	return float64(w * h)
}

// placeLabels chooses for every labelled point the side on which its label covers
// least: of other labels, of points, and of what lies outside the plot. ECharts itself
// would only hide the labels that collide.
func placeLabels(p *Panel, size chartSize) [][]string {
	xs, ys := extent(p)
	w, h := float64(size.width-110), float64(size.height-90)
	at := func(pt Point) (x, y float64) {
		return float64(fraction(pt.X, xs) * w), float64((1 - fraction(pt.Y, ys)) * h)
	}
	var taken []box
	for _, s := range p.Series {
		for _, pt := range s.Points {
			x, y := at(pt)
			taken = append(taken, box{x - 6, y - 6, x + 6, y + 6})
		}
	}
	out := make([][]string, len(p.Series))
	for i, s := range p.Series {
		out[i] = make([]string, len(s.Points))
		for j, pt := range s.Points {
			if pt.Label == "" {
				continue
			}
			x, y := at(pt)
			side, b := bestSide(x, y, float64(float64(min(utf8.RuneCountInString(pt.Label), 60))*6.5), w, h, taken)
			out[i][j], taken = side, append(taken, b)
		}
	}
	return out
}

// bestSide tries right first: it reads most easily.
func bestSide(x, y, wide, w, h float64, taken []box) (string, box) {
	const half, gap, tall = 8.0, 8.0, 15.0
	centre := float64(wide / 2)
	sides := []struct {
		name string
		box  box
	}{
		{"right", box{x + gap, y - half, x + gap + wide, y + half}},
		{"top", box{x - centre, y - gap - tall, x + centre, y - gap}},
		{"left", box{x - gap - wide, y - half, x - gap, y + half}},
		{"bottom", box{x - centre, y + gap, x + centre, y + gap + tall}},
	}
	best, least := 0, -1.0
	for i, s := range sides {
		inside := s.box.overlap(box{0, 0, w, h})
		area := float64(wide * 2 * half)
		cost := float64(2*(area-min(inside, area))) + float64(0.5*float64(i))
		for _, b := range taken {
			cost += s.box.overlap(b)
		}
		if least < 0 || cost < least {
			best, least = i, cost
		}
	}
	return sides[best].name, sides[best].box
}

// extent is the range of the points in both directions, with the axes' own bounds.
func extent(p *Panel) (xs, ys [2]float64) {
	first := true
	for _, s := range p.Series {
		for _, pt := range s.Points {
			if first {
				xs, ys, first = [2]float64{pt.X, pt.X}, [2]float64{pt.Y, pt.Y}, false
				continue
			}
			xs = [2]float64{min(xs[0], pt.X), max(xs[1], pt.X)}
			ys = [2]float64{min(ys[0], pt.Y), max(ys[1], pt.Y)}
		}
	}
	return xs, ys
}

func fraction(v float64, r [2]float64) float64 {
	if r[1] <= r[0] {
		return 0.5
	}
	return (v - r[0]) / (r[1] - r[0])
}
