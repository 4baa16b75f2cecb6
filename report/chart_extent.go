package report

import "math"

// extent is the range of the axes in both directions: that of the points and their error
// bars, widened to round numbers as ECharts does.
func extent(p *Panel) (xs, ys [2]float64) {
	first := true
	grow := func(r *[2]float64, v float64, half *float64) {
		h := 0.0
		if half != nil {
			h = *half
		}
		if first {
			*r = [2]float64{v - h, v + h}
		}
		*r = [2]float64{min(r[0], v-h), max(r[1], v+h)}
	}
	for _, s := range p.Series {
		for _, pt := range s.Points {
			grow(&xs, pt.X, pt.XHalf)
			grow(&ys, pt.Y, pt.YHalf)
			first = false
		}
	}
	return shown(xs, p.X), shown(ys, p.Y)
}

// shown is what an axis shows of a range: all of it, up to the next ticks, or up to the
// bounds that the axis has.
func shown(r [2]float64, a Axis) [2]float64 {
	if step := tick(r); step > 0 && !a.Log && len(a.Names) == 0 {
		r = [2]float64{math.Floor(r[0]/step) * step, math.Ceil(r[1]/step) * step}
	}
	if a.Min != nil {
		r[0] = *a.Min
	}
	if a.Max != nil {
		r[1] = *a.Max
	}
	return r
}

// tick is the distance of the ticks: 1, 2, 3 or 5 times a power of ten, about a fifth of
// the range.
func tick(r [2]float64) float64 {
	fifth := (r[1] - r[0]) / 5
	if !(fifth > 0) || math.IsInf(fifth, 0) {
		return 0
	}
	power := 1.0
	for power > fifth {
		power /= 10
	}
	for float64(power*10) <= fifth {
		power *= 10
	}
	switch f := fifth / power; {
	case f < 1.5:
		return power
	case f < 2.5:
		return 2 * power
	case f < 4:
		return 3 * power
	case f < 7:
		return 5 * power
	}
	return 10 * power
}

func fraction(v float64, r [2]float64) float64 {
	if r[1] <= r[0] {
		return 0.5
	}
	return (v - r[0]) / (r[1] - r[0])
}
