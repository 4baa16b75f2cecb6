package report

import (
	"math"
	"strconv"

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
			SplitLine: namedGrid(p.X), AxisLine: axisLine(), AxisLabel: namedLabel(p.X),
			AxisTick: namedTick(p.X),
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

// namedLabel shows every name of an axis that has names; ECharts would leave out as many
// as it takes so that the longest could stand in the place of any.
func namedLabel(a Axis) *opts.AxisLabel {
	l := axisLabel()
	if len(a.Names) > 0 {
		l.Interval = "0"
	}
	return l
}

// namedGrid has no lines between names: they would cross no point.
func namedGrid(a Axis) *opts.SplitLine {
	if len(a.Names) > 0 {
		return &opts.SplitLine{Show: opts.Bool(false)}
	}
	return gridLine()
}

func namedTick(a Axis) *opts.AxisTick {
	if len(a.Names) > 0 {
		return &opts.AxisTick{Show: opts.Bool(false)}
	}
	return &opts.AxisTick{LineStyle: &opts.LineStyle{Color: frameColour}}
}

// legendOptions places the legend and the plot: above for a few series, beside for
// many, below where it takes the place of names beside points, and on a narrow screen
// always below. Drawn is the number of ECharts series, error bars included.
func legendOptions(p *Panel, size chartSize, drawn int) map[string]any {
	text := legendText()
	legend := opts.Legend{Show: opts.Bool(false)}
	grid := gridBox(64, 24, 24, 52)
	o := map[string]any{"media": whenNarrow(narrowOptions(p, size, drawn))}
	if !needsLegend(p) {
		o["legend"], o["grid"] = spacedLegend{legend, legendGap}, grid
		return o
	}
	legend = opts.Legend{
		Show: opts.Bool(true), Top: "0", Left: "center", TextStyle: text,
		ItemWidth: lineIcon, ItemHeight: iconHeight,
	}
	switch {
	case legendBelow(p):
		legend.Top, legend.Bottom, legend.ItemWidth = "", "0", pointIcon
		legend.Width = strconv.Itoa(size.width - 2*legendSide)
		grid["bottom"] = 58 + legendRows(p, size.width)*legendRow
	case len(p.Series) >= legendBeside:
		legend.Orient, legend.Left, legend.Right, legend.Top = "vertical", "", legendMargin, "20"
		grid["right"] = besideWidth(p)
		text.Width, text.Overflow = longestName, "truncate"
	default:
		grid["top"] = 44
	}
	o["legend"], o["grid"] = spacedLegend{legend, legendGap}, grid
	return o
}

func legendText() *opts.TextStyle {
	return &opts.TextStyle{Color: inkColour, FontSize: labelSize, FontFamily: chartFont}
}

// spacedLegend has the distance of names, which go-echarts has no word for.
type spacedLegend struct {
	opts.Legend
	ItemGap int `json:"itemGap"`
}

// Pixels of a legend: between it and the edge, the plot; of its icons, with or without a line; from an icon to its name; from one name to the next; and the length at which a
// name beside the plot is cut.
const (
	legendMargin = "20"
	legendApart  = 40
	pointIcon    = 14
	lineIcon     = 22
	iconHeight   = 11
	iconGap      = 5
	legendGap    = 10
	longestName  = 186
)

// besideWidth is the room in pixels that a legend beside the plot takes.
func besideWidth(p *Panel) int {
	name := 0.0
	for i := range p.Series {
		name = max(name, labelWidth(seriesName(&p.Series[i])))
	}
	return legendApart + lineIcon + iconGap + int(math.Ceil(min(name, longestName)))
}

// gridBox leaves room around the plot, and never lets a name touch the edge.
func gridBox(left, right, top, bottom int) map[string]any {
	return map[string]any{
		"left": left, "right": right, "top": top, "bottom": bottom,
		"outerBounds": map[string]any{"left": 6, "right": 6, "top": 0, "bottom": 8},
	}
}

// legendRow is the height of a line of a legend below the plot, legendSide the room at
// both of its ends.
const (
	legendRow  = 23
	legendSide = 16
)

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
	for i := range p.Series {
		w := pointIcon + iconGap + labelWidth(seriesName(&p.Series[i]))
		if x > 0 && x+w > float64(width-2*legendSide) {
			rows, x = rows+1, 0
		}
		x += w + legendGap
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
