package report

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// markedSize is the size of a marked point's symbol, where the others have 8.
const markedSize = 15

// denseLine is the number of points above which a line has a symbol only now and then.
const denseLine = 30

// look is how one series is told from the others.
type look struct {
	colour, symbol, dash string
	hollow               bool // the paper's own values
}

// looks gives every series its colour, symbol and dash. A published series looks like
// the series of ours that has its label or ID, but hollow.
func looks(p *Panel) []look {
	dashed := false
	for _, s := range p.Series {
		dashed = dashed || s.Dash != ""
	}
	slot := make(map[string]int)
	out := make([]look, len(p.Series))
	for i, s := range p.Series {
		key := baseName(s)
		n, seen := slot[key]
		if !seen {
			n = len(slot)
			slot[key] = n
		}
		again := n / len(palette) // from the tenth on colours come again, with other symbols
		out[i] = look{
			colour: palette[n%len(palette)], symbol: symbols[(n+again)%len(symbols)],
			dash: dashOf(s, dashed, n), hollow: s.Published,
		}
	}
	return out
}

// baseName is what a series of ours and its published twin have in common.
func baseName(s Series) string {
	name := strings.ToLower(s.ID)
	for _, mark := range []string{"-published", "published-", "-paper", "paper-", "-within", "-between"} {
		name = strings.ReplaceAll(name, mark, "")
	}
	return name
}

func dashOf(s Series, chosen bool, slot int) string {
	switch {
	case s.Dash != "":
		return s.Dash
	case chosen:
		return "solid" // the section says what its dashes mean
	case s.Published:
		return "dashed"
	}
	return dashes[slot%len(dashes)]
}

// plotSeries turns points into series of a scatter or line chart, error bars included,
// and returns the options of the legend.
func plotSeries(p *Panel, size chartSize) ([]series, map[string]any) {
	places, clash := placeLabels(p, size)
	var list []series
	for i, l := range looks(p) {
		s := &p.Series[i]
		if p.Kind == PanelLine && dense(s) {
			list = append(list, denseSeries(p, s, l)...)
			continue
		}
		points := pointSeries(p, s, l, places[i])
		if clash && (needsLegend(p) || len(p.Series) == 1) {
			// Only then: with a layout of its own ECharts forgets how far a label is shifted.
			points.LabelLayout = map[string]bool{"hideOverlap": true}
		}
		list = append(list, points)
		if bars, ok := errorBars(p, s, l); ok {
			list = append(list, bars)
		}
	}
	if len(list) > 0 {
		list[0].MarkLine = rules(p)
	}
	return list, legendOptions(p, size, len(list))
}

func pointSeries(p *Panel, s *Series, l look, places []place) series {
	style := &opts.ItemStyle{Color: l.colour, BorderColor: paperColour, BorderWidth: 0.75, Opacity: optsFloat(1)}
	if l.hollow {
		style = &opts.ItemStyle{Color: "transparent", BorderColor: l.colour, BorderWidth: 1.75, Opacity: optsFloat(1)}
	}
	out := series{SingleSeries: charts.SingleSeries{
		Name: seriesName(s), Type: p.Kind, Symbol: l.symbol, SymbolSize: 11, ItemStyle: style,
		Emphasis: &opts.Emphasis{Focus: "series"},
	}, Z: 3}
	if p.Kind == PanelLine {
		width := float32(2)
		if l.hollow {
			width = 1.25
		}
		out.SymbolSize = 8
		style.BorderWidth = max(style.BorderWidth-0.75, 0)
		out.LineStyle = &opts.LineStyle{Color: l.colour, Type: l.dash, Width: width}
	}
	out.Data = pointData(p, s, places)
	if namedBeside(p, s) {
		// A rim in the colour of the paper keeps a name readable on a line.
		out.Label = &label{TextBorderColor: paperColour, TextBorderWidth: 4, Label: opts.Label{
			Show: opts.Bool(true), Formatter: "{b}", Color: inkColour, FontSize: labelSize,
		}}
		if l.hollow {
			out.Label.Color, out.Label.FontStyle = mutedColour, "italic"
		}
	}
	return out
}

// seriesName is the name in the legend, cut where it would fill the figure.
func seriesName(s *Series) string { return clip(s.Label, 80) }

// namedBeside says whether points of a series have their names beside them.
func namedBeside(p *Panel, s *Series) bool {
	named := slices.ContainsFunc(s.Points, func(pt Point) bool { return pt.Label != "" })
	return named && !legendBelow(p) && p.naming != elsewhere
}

func pointData(p *Panel, s *Series, places []place) []datum {
	data := make([]datum, len(s.Points))
	beside := namedBeside(p, s)
	for i, pt := range s.Points {
		d := datum{Value: [2]float64{p.X.place(pt.X), pt.Y}, Tooltip: &itemTooltip{Formatter: pointTip(p, s, pt)}}
		if pt.Marked {
			d.SymbolSize = markedSize
		}
		switch {
		case pt.Label != "":
			d.Name = clip(pt.Label, 60)
			if beside {
				d.Label = &label{Offset: places[i].offset, Label: opts.Label{Position: places[i].side}}
			}
		case beside:
			d.Label = &label{Label: opts.Label{Show: opts.Bool(false)}}
		}
		data[i] = d
	}
	return data
}

// dense says whether a line has too many points for a symbol on each; points that have
// a name, a mark or an error bar are always drawn.
func dense(s *Series) bool {
	for _, pt := range s.Points {
		if pt.Label != "" || pt.Marked || pt.XHalf != nil || pt.YHalf != nil {
			return false
		}
	}
	return len(s.Points) > denseLine
}

// denseSeries draws a line of many points: the line itself, and on it ten symbols that
// tell it from the others and answer the pointer. Five digits are finer than any screen.
func denseSeries(p *Panel, s *Series, l look) []series {
	line := pointSeries(p, &Series{Label: s.Label}, l, nil)
	line.ShowSymbol, line.Z = opts.Bool(false), 2
	data := make([][2]json.Number, len(s.Points))
	sparse := Series{ID: s.ID, Label: s.Label}
	every := (len(s.Points) + 9) / 10
	for i, pt := range s.Points {
		data[i] = [2]json.Number{digits5(pt.X), digits5(pt.Y)}
		if i%every == every/2 {
			sparse.Points = append(sparse.Points, Point{X: pt.X, Y: pt.Y})
		}
	}
	line.Data = data
	marks := pointSeries(p, &sparse, l, nil)
	marks.Type, marks.LineStyle = PanelScatter, nil
	return []series{line, marks}
}

func digits5(v float64) json.Number { return json.Number(strconv.FormatFloat(v, 'g', 5, 64)) }

// pointTip is the text shown beside a point that the reader points at.
func pointTip(p *Panel, s *Series, pt Point) string {
	name := s.Label
	if pt.Label != "" && pt.Label != s.Label {
		name = pt.Label + " · " + s.Label
	}
	line := func(a Axis, v float64, half *float64) string {
		text := a.Label + ": " + a.name(v)
		if half != nil {
			text += " ± " + half2(*half)
		}
		if a.Unit != "" {
			text += " " + a.Unit
		}
		return text
	}
	return plainTip(clip(name, 120) + "\n" + line(p.X, pt.X, pt.XHalf) + "\n" + line(p.Y, pt.Y, pt.YHalf))
}

// plainTip takes the meaning from braces: ECharts reads {a} as a placeholder and {a|b}
// as a style. A word joiner after the brace is not seen and not matched.
func plainTip(text string) string { return strings.ReplaceAll(text, "{", "{\u2060") }

// errorBars draws the 95% intervals of a series as one more line with gaps, without caps:
// each would be a symbol of its own, and there are thousands. It has the name of its
// series, so that the legend shows and hides both.
func errorBars(p *Panel, s *Series, l look) (series, bool) {
	var data [][2]any
	bar := func(x1, y1, x2, y2 float64) {
		data = append(data, [2]any{x1, y1}, [2]any{x2, y2}, [2]any{"-", "-"})
	}
	for _, pt := range s.Points {
		if h := pt.XHalf; h != nil && *h > 0 {
			bar(p.X.place(pt.X-*h), pt.Y, p.X.place(pt.X+*h), pt.Y)
		}
		if h := pt.YHalf; h != nil && *h > 0 {
			x := p.X.place(pt.X)
			bar(x, pt.Y-*h, x, pt.Y+*h)
		}
	}
	return series{Silent: true, Z: 2, SingleSeries: charts.SingleSeries{
		ShowSymbol: opts.Bool(false), Name: seriesName(s), Type: PanelLine, Data: data,
		ItemStyle: &opts.ItemStyle{Color: l.colour},
		LineStyle: &opts.LineStyle{Color: l.colour, Type: "solid", Width: 1.5, Opacity: optsFloat(0.8)},
	}}, len(data) > 0
}
