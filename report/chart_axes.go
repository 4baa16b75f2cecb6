package report

import (
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
			Type: axisType(p.X), Name: clip(axisName(p.X), 90), NameLocation: "middle", NameGap: 30,
			Scale: opts.Bool(true), Min: bound(p.X.Min), Max: bound(p.X.Max),
			SplitLine: gridLine(), AxisLine: axisLine(), AxisLabel: axisLabel(),
			AxisTick: &opts.AxisTick{LineStyle: &opts.LineStyle{Color: frameColour}},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: axisType(p.Y), Name: clip(axisName(p.Y), 90), NameLocation: "middle", NameGap: 44,
			Scale: opts.Bool(true), Min: bound(p.Y.Min), Max: bound(p.Y.Max),
			SplitLine: gridLine(), AxisLine: axisLine(), AxisLabel: axisLabel(),
		}),
	}
}

func axisType(a Axis) string {
	if a.Log {
		return "log"
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
// many, and on a narrow screen always below, where it can be paged through.
func legendOptions(p *Panel) map[string]any {
	text := &opts.TextStyle{Color: inkColour, FontSize: 12, FontFamily: chartFont}
	legend := opts.Legend{Show: opts.Bool(false)}
	grid := map[string]any{"left": 64, "right": 24, "top": 24, "bottom": 52}
	if !needsLegend(p) {
		return map[string]any{"legend": legend, "grid": grid}
	}
	legend = opts.Legend{
		Show: opts.Bool(true), Top: "0", Left: "center", ItemWidth: 22, ItemHeight: 11, TextStyle: text,
	}
	if len(p.Series) >= legendBeside {
		legend.Orient, legend.Left, legend.Right, legend.Top = "vertical", "", "0", "20"
		grid["right"] = min(40+7*longestLabel(p), 230)
		text.Width, text.Overflow = 186, "truncate"
	} else {
		grid["top"] = 44
	}
	narrow := map[string]any{
		"legend": map[string]any{
			"type": "scroll", "orient": "horizontal", "left": 0, "right": 0, "top": "auto", "bottom": 0,
		},
		"grid": map[string]any{"left": 54, "right": 14, "top": 20, "bottom": 84},
	}
	return map[string]any{
		"legend": legend, "grid": grid,
		"media": []any{map[string]any{"query": map[string]any{"maxWidth": 520}, "option": narrow}},
	}
}

// needsLegend says whether the series are not already named beside their points.
func needsLegend(p *Panel) bool {
	if len(p.Series) < 2 {
		return false
	}
	for _, s := range p.Series {
		for _, pt := range s.Points {
			if pt.Label != s.Label {
				return true
			}
		}
	}
	return false
}

func longestLabel(p *Panel) int {
	n := 0
	for _, s := range p.Series {
		n = max(n, utf8.RuneCountInString(s.Label))
	}
	return n
}
