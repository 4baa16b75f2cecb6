package report

import (
	"strconv"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// legendBeside is the number of series from which the legend stands beside the plot
// rather than above it.
const legendBeside = 5

func plotGlobals(p *Panel) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithXAxisOpts(opts.XAxis{
			Type: axisType(p.X), Name: clip(axisName(p.X), 60), NameLocation: "middle", NameGap: 30,
			Scale: opts.Bool(true), Min: bound(p.X.Min), Max: bound(p.X.Max),
			SplitLine: gridLine(), AxisLine: axisLine(), AxisLabel: axisLabel(),
			AxisTick: &opts.AxisTick{LineStyle: &opts.LineStyle{Color: frameColour}},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: axisType(p.Y), Name: clip(axisName(p.Y), 60), NameLocation: "middle", NameGap: 44,
			Scale: opts.Bool(true), Min: bound(p.Y.Min), Max: bound(p.Y.Max),
			SplitLine: gridLine(), AxisLine: axisLine(), AxisLabel: axisLabel(),
		}),
	}
}

func axisType(a Axis) string {
	switch {
	case a.Log:
		return "log"
	case len(a.Names) > 0:
		return "category"
	}
	return "value"
}

// bound keeps an absent bound out of the options: a nil pointer in an interface is not nil.
func bound(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

func gridLine() *opts.SplitLine {
	return &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridColour}}
}

func axisLine() *opts.AxisLine {
	return &opts.AxisLine{
		Show: opts.Bool(true), OnZero: opts.Bool(false),
		LineStyle: &opts.LineStyle{Color: mutedColour},
	}
}

func axisLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Show: opts.Bool(true), HideOverlap: opts.Bool(true), Color: mutedColour, FontSize: 12}
}

// legendOptions places the legend and the plot: above for a few series, beside for
// many, below where it takes the place of names beside points, and on a narrow screen
// always below. Drawn is
// the number of ECharts series, error bars included.
func legendOptions(p *Panel, size chartSize, drawn int) map[string]any {
	text := &opts.TextStyle{Color: inkColour, FontSize: 12, FontFamily: chartFont}
	legend := opts.Legend{Show: opts.Bool(false)}
	grid := gridBox(64, 24, 24, 52)
	hide := make([]any, drawn)
	for i := range hide {
		hide[i] = map[string]any{"labelLayout": map[string]any{"hideOverlap": true}}
	}
	narrow := map[string]any{"series": hide}
	o := map[string]any{"media": whenNarrow(narrow)}
	if !needsLegend(p) {
		o["legend"], o["grid"] = legend, grid
		return o
	}
	legend = opts.Legend{
		Show: opts.Bool(true), Top: "0", Left: "center", ItemWidth: 22, ItemHeight: 11, TextStyle: text,
	}
	switch {
	case legendBelow(p):
		legend.Top, legend.Bottom, legend.ItemWidth = "", "0", 14
		legend.Width = strconv.Itoa(size.width - 2*legendSide)
		grid["bottom"] = 58 + legendRows(p, size.width)*legendRow
	case len(p.Series) >= legendBeside:
		legend.Orient, legend.Left, legend.Right, legend.Top = "vertical", "", legendMargin, "20"
		grid["right"] = besideWidth(p)
		text.Width, text.Overflow = 186, "truncate"
	default:
		grid["top"] = 44
	}
	narrow["grid"] = gridBox(54, 14, 20, 58+legendRows(p, phonePlot)*legendRow)
	narrow["legend"] = map[string]any{
		"orient": "horizontal", "left": 0, "right": 0, "top": "auto", "bottom": 0, "width": "auto", "itemWidth": 14,
	}
	o["legend"], o["grid"] = legend, grid
	return o
}

// legendMargin is pixels between a legend and the edge: with another font than the one
// that was reckoned with, its names are longer.
const legendMargin = "20"

// besideWidth is the room in pixels that a legend beside the plot takes.
func besideWidth(p *Panel) int { return min(80+8*longestLabel(p), 280) }

// narrowPlot is the width in pixels up to which a figure is laid out for a phone.
const narrowPlot = 400

func whenNarrow(option map[string]any) []any {
	return []any{map[string]any{"query": map[string]any{"maxWidth": narrowPlot}, "option": option}}
}

// gridBox leaves room around the plot, and never lets a name touch the edge.
func gridBox(left, right, top, bottom int) map[string]any {
	return map[string]any{
		"left": left, "right": right, "top": top, "bottom": bottom,
		"outerBounds": map[string]any{"left": 6, "right": 6, "top": 0, "bottom": 8},
	}
}

// legendRow is the height of a line of a legend below the plot, legendSide the room at
// both of its ends, legendGap what stands between two names.
const (
	legendRow  = 21
	legendSide = 16
	legendGap  = 14 + 5 + 10
)

// phonePlot is the width of a figure on a narrow phone.
const phonePlot = 330

// manyNames says whether a panel has a legend of several lines on a phone.
func manyNames(p *Panel) bool {
	return len(p.Series) >= legendBeside && p.Heat == nil && needsLegend(p)
}

// legendBelow says whether the series have a legend below the plot because their names,
// each the name of its points, find no room beside them.
func legendBelow(p *Panel) bool {
	if p.naming != freely {
		return p.naming == inLegend
	}
	return p.Kind == PanelScatter && len(p.Series) >= legendBeside && namedPoints(p) && needsLegend(p)
}

// legendRows is how many lines ECharts makes of the legend, if letters are wide.
func legendRows(p *Panel, width int) int {
	rows, x := 1, 0.0
	for _, s := range p.Series {
		w := legendGap + float64(wideLetter*float64(utf8.RuneCountInString(seriesName(&s))))
		if x > 0 && x+w > float64(width-2*legendSide) {
			rows, x = rows+1, 0
		}
		x += w
	}
	return rows
}

// namedPoints says whether every point has the name of its series.
func namedPoints(p *Panel) bool {
	for _, s := range p.Series {
		for _, pt := range s.Points {
			if pt.Label != s.Label {
				return false
			}
		}
	}
	return true
}

// needsLegend says whether the series are not already named beside their points, all
// of them.
func needsLegend(p *Panel) bool {
	if len(p.Series) < 2 || p.NamedElsewhere || p.naming == elsewhere {
		return false
	}
	if p.naming == inLegend {
		return true
	}
	return !namedPoints(p) || crowded(p)
}

func longestLabel(p *Panel) int {
	n := 0
	for _, s := range p.Series {
		n = max(n, utf8.RuneCountInString(s.Label))
	}
	return n
}
