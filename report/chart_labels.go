package report

import (
	"math"
	"slices"

	"lossxfer-report/report/svg"
)

// box is a rectangle in pixels of the plot.
type box struct{ x0, y0, x1, y1 float64 }

// obstacle is a box that a label should not cover, and how bad that would be.
type obstacle struct {
	box
	weight float64
}

// Covering a point is worse than covering a label; an error bar can be followed under one.
const (
	mark  = 3.0
	solid = 1.0
	thin  = 0.6
)

// overlap is the area that two boxes share.
func (a box) overlap(b box) float64 {
	w := min(a.x1, b.x1) - max(a.x0, b.x0)
	h := min(a.y1, b.y1) - max(a.y0, b.y0)
	if w <= 0 || h <= 0 {
		return 0
	}
	return float64(w * h)
}

// place is where the label of a point stands: a side of ECharts and a shift from it.
type place struct {
	side   string
	offset []int
}

// Height of a label, size of its letters and its distance from the point, in pixels.
const (
	labelHeight = 14.0
	labelSize   = 12.0
	labelGap    = 8.0
)

// labelWidth is the width of a name in the plot or in the legend.
func labelWidth(name string) float64 { return svg.TextWidth(name, labelSize) }

// placeLabels chooses for every labelled point the place where its label covers least:
// of other labels, of points and error bars, and of what lies outside the plot.
// ECharts itself would only hide the labels that collide, as it does with those that are left.
// It also says whether some collide all the same.
func placeLabels(p *Panel, size chartSize) ([][]place, bool) {
	right := 24
	if needsLegend(p) && len(p.Series) >= legendBeside && !legendBelow(p) {
		right = besideWidth(p)
	}
	return placeWithin(p, box{0, 0, float64(size.width - 86 - right), float64(size.height - 90)})
}

// crowded says whether labels collide in a panel beside another, so that some would be
// hidden: none may vanish where no legend has it.
func crowded(p *Panel) bool {
	_, clash := placeWithin(p, box{0, 0, 370, 310})
	return clash
}

// rounds is how often labels are placed: from the second time on each knows where all
// others are.
const rounds = 3

// standing is a label with its point.
type standing struct {
	series, point int
	x, y, wide    float64
	box           box
}

// placeWithin places labels in a plot and says whether some still collide.
func placeWithin(p *Panel, plot box) ([][]place, bool) {
	at := project(p, plot)
	out := make([][]place, len(p.Series))
	for i, s := range p.Series {
		out[i] = make([]place, len(s.Points))
	}
	labels := standings(p, at)
	taken := obstacles(p, at)
	for range rounds {
		for k := range labels {
			l := &labels[k]
			out[l.series][l.point], l.box = bestPlace(l.x, l.y, l.wide, plot, slices.Concat(taken, others(labels, k)))
		}
	}
	return out, collide(labels)
}

// collideWithin says whether labels that were placed in one plot collide in another.
func collideWithin(p *Panel, places [][]place, plot box) bool {
	labels := standings(p, project(p, plot))
	for k := range labels {
		l := &labels[k]
		l.box = boxAt(places[l.series][l.point], l.x, l.y, l.wide)
	}
	return collide(labels)
}

// project turns values into pixels of a plot.
func project(p *Panel, plot box) func(x, y float64) (float64, float64) {
	xs, ys := extent(p)
	return func(x, y float64) (float64, float64) {
		return float64(fraction(x, xs) * plot.x1), float64((1 - fraction(y, ys)) * plot.y1)
	}
}

// standings are the labels of a panel, without a place yet.
func standings(p *Panel, at func(x, y float64) (float64, float64)) []standing {
	var labels []standing
	for i, s := range p.Series {
		for j, pt := range s.Points {
			if pt.Label != "" {
				x, y := at(pt.X, pt.Y)
				labels = append(labels, standing{series: i, point: j, x: x, y: y, wide: labelWidth(clip(pt.Label, 60))})
			}
		}
	}
	return labels
}

// others are the labels but one, as far as they have a place.
func others(labels []standing, one int) []obstacle {
	var out []obstacle
	for k, l := range labels {
		if k != one {
			out = append(out, obstacle{l.box, solid})
		}
	}
	return out
}

func collide(labels []standing) bool {
	for i, a := range labels {
		for _, b := range labels[:i] {
			if a.box.overlap(b.box) > 0 {
				return true
			}
		}
	}
	return false
}

// obstacles are the points, their error bars and the lines between them.
func obstacles(p *Panel, at func(x, y float64) (float64, float64)) []obstacle {
	var out []obstacle
	for _, s := range p.Series {
		for i, pt := range s.Points {
			x, y := at(pt.X, pt.Y)
			if p.Kind == PanelLine && i > 0 {
				x0, y0 := at(s.Points[i-1].X, s.Points[i-1].Y)
				out = append(out, along(x0, y0, x, y)...)
			}
			out = append(out, obstacle{box{x - 7, y - 7, x + 7, y + 7}, mark})
			if h := pt.XHalf; h != nil {
				low, _ := at(pt.X-*h, pt.Y)
				high, _ := at(pt.X+*h, pt.Y)
				out = append(out, obstacle{box{low, y - 4, high, y + 4}, thin})
			}
			if h := pt.YHalf; h != nil {
				_, low := at(pt.X, pt.Y-*h)
				_, high := at(pt.X, pt.Y+*h)
				out = append(out, obstacle{box{x - 4, high, x + 4, low}, thin})
			}
		}
	}
	return out
}

// along covers a line with small boxes.
func along(x0, y0, x1, y1 float64) []obstacle {
	const half = 3
	steps := math.Ceil(max(math.Abs(x1-x0), math.Abs(y1-y0)) / (2 * half))
	var out []obstacle
	for k := 1.0; k < steps; k++ {
		x, y := x0+float64((x1-x0)*k/steps), y0+float64((y1-y0)*k/steps)
		out = append(out, obstacle{box{x - half, y - half, x + half, y + half}, solid})
	}
	return out
}

// Shifts of a label in pixels from the height of its point.
const (
	labelShift = 14
	farShift   = 28
)

// candidates are the places of a label, the first where it reads most easily.
var candidates = []place{
	{side: "right"}, {"right", []int{0, -labelShift}}, {"right", []int{0, labelShift}},
	{side: "top"}, {side: "bottom"},
	{side: "left"}, {"left", []int{0, -labelShift}}, {"left", []int{0, labelShift}},
	{"right", []int{0, -farShift}}, {"right", []int{0, farShift}}, {"left", []int{0, -farShift}}, {"left", []int{0, farShift}},
}

// boxAt is what a label of a point at (x, y) covers at a place.
func boxAt(p place, x, y, wide float64) box {
	const half = labelHeight / 2
	if len(p.offset) > 1 {
		y += float64(p.offset[1])
	}
	switch centre := float64(wide / 2); p.side {
	case "top":
		return box{x - centre, y - labelGap - labelHeight, x + centre, y - labelGap}
	case "bottom":
		return box{x - centre, y + labelGap, x + centre, y + labelGap + labelHeight}
	case "left":
		return box{x - labelGap - wide, y - half, x - labelGap, y + half}
	}
	return box{x + labelGap, y - half, x + labelGap + wide, y + half}
}

// bestPlace prefers the first of equal places.
func bestPlace(x, y, wide float64, plot box, taken []obstacle) (place, box) {
	area := float64(wide * labelHeight)
	var best place
	var at box
	least := -1.0
	for i, c := range candidates {
		b := boxAt(c, x, y, wide)
		cost := float64(3*(area-min(b.overlap(plot), area))) + float64(4*float64(i))
		for _, o := range taken {
			cost += float64(o.weight * b.overlap(o.box))
		}
		if least < 0 || cost < least {
			best, at, least = c, b, cost
		}
	}
	return best, at
}
