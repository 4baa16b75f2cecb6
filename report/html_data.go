package report

import (
	"slices"
	"strconv"
	"strings"
)

// dataView is the data of a panel as a plain table, for readers who cannot see the
// figure and for those who want the numbers.
type dataView struct {
	Head []string
	Rows [][]string
}

func viewData(p *Panel) dataView {
	switch {
	case p.Kind == PanelHeatmap:
		return heatData(p)
	case p.Kind == PanelLine && sameX(p) && len(p.Series[0].Points) <= denseLine:
		return lineData(p)
	case p.Kind == PanelLine && anyDense(p):
		return curveData(p)
	}
	return scatterData(p)
}

func scatterData(p *Panel) dataView {
	v := dataView{Head: []string{"Series", "Point", axisName(p.X), axisName(p.Y)}}
	for _, s := range p.Series {
		name := seriesTitle(s)
		for _, pt := range s.Points {
			label := pt.Label
			if label == "" {
				label = "·"
			}
			v.Rows = append(v.Rows, []string{name, label, withHalf(pt.X, pt.XHalf), withHalf(pt.Y, pt.YHalf)})
		}
	}
	return v
}

func anyDense(p *Panel) bool {
	for i := range p.Series {
		if dense(&p.Series[i]) {
			return true
		}
	}
	return false
}

// curvePoints is how many points of a curve its row has.
const curvePoints = 12

// curveData has one row for each curve, with points from all along it in one cell: a
// thousand numbers would serve nobody who reads. Programs take report.json, or the copy
// as CSV.
func curveData(p *Panel) dataView {
	v := dataView{Head: []string{"Series", axisName(p.X) + ": " + axisName(p.Y)}}
	for _, s := range p.Series {
		var points []string
		for i := range min(curvePoints, len(s.Points)) {
			pt := s.Points[i*max(len(s.Points)-1, 1)/max(min(curvePoints, len(s.Points))-1, 1)]
			points = append(points, number4(pt.X)+": "+withHalf(pt.Y, pt.YHalf))
		}
		cell := strings.Join(points, "; ")
		if len(s.Points) > curvePoints {
			cell += " (" + strconv.Itoa(curvePoints) + " of " + strconv.Itoa(len(s.Points)) + " points)"
		}
		v.Rows = append(v.Rows, []string{seriesTitle(s), cell})
	}
	return v
}

func seriesTitle(s Series) string {
	if s.Published {
		return s.Label + " (published)"
	}
	return s.Label
}

// lineData has one row for each x and one column for each series.
func lineData(p *Panel) dataView {
	v := dataView{Head: []string{axisName(p.X)}}
	for _, s := range p.Series {
		v.Head = append(v.Head, seriesTitle(s))
	}
	for i, pt := range p.Series[0].Points {
		row := []string{p.X.name(pt.X)}
		for _, s := range p.Series {
			row = append(row, withHalf(s.Points[i].Y, s.Points[i].YHalf))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// sameX says whether all series are sampled at the same places and have no labels, so
// that they can share the rows of a table.
func sameX(p *Panel) bool {
	if len(p.Series) == 0 {
		return false
	}
	first := p.Series[0].Points
	for _, s := range p.Series {
		if len(s.Points) != len(first) {
			return false
		}
		for i, pt := range s.Points {
			if pt.X != first[i].X || pt.XHalf != nil || pt.Label != "" {
				return false
			}
		}
	}
	return true
}

func heatData(p *Panel) dataView {
	v := dataView{Head: append([]string{axisName(p.Y)}, p.Heat.X...)}
	for i, name := range p.Heat.Y {
		row := []string{name}
		for j, value := range p.Heat.Values[i] {
			if value == nil {
				row = append(row, "not available")
			} else {
				row = append(row, heatText(p.Heat, i, j))
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// heatText is a value to the digits of the drawing, with the range of what it is the
// mean of.
func heatText(h *Heat, i, j int) string {
	text := heatNumber(h, *h.Values[i][j])
	if h.Of == nil || len(h.Of[i][j]) < 2 {
		return text
	}
	of := h.Of[i][j]
	return text + " (" + heatNumber(h, slices.Min(of)) + " to " + heatNumber(h, slices.Max(of)) + ")"
}

func withHalf(v float64, half *float64) string {
	if half == nil {
		return number4(v)
	}
	return number4(v) + " ± " + half2(*half)
}
