package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Heat maps with more cells than this have no room for the numbers in the cells.
const labelledCells = 200

func checkHeat(h *Heat) error {
	if h == nil {
		return errors.New("a heat map without a matrix")
	}
	if len(h.Values) != len(h.Y) {
		return fmt.Errorf("a heat map with %d row names and %d rows", len(h.Y), len(h.Values))
	}
	for i, row := range h.Values {
		if len(row) != len(h.X) {
			return fmt.Errorf("a heat map with %d column names and %d values in row %d", len(h.X), len(row), i+1)
		}
		for _, v := range row {
			if v != nil && !isFinite(*v) {
				return fmt.Errorf("a heat map with a value that is not finite in row %d; make it missing", i+1)
			}
		}
	}
	if !isFinite(h.Min) || !isFinite(h.Max) || h.Min >= h.Max {
		return fmt.Errorf("a heat map whose scale runs from %v to %v", h.Min, h.Max)
	}
	return checkMeans(h)
}

// checkMeans holds the values of a heat map against those they are the means of.
func checkMeans(h *Heat) error {
	if h.Of == nil {
		return nil
	}
	if len(h.Of) != len(h.Values) {
		return fmt.Errorf("a heat map with %d rows and %d rows of values behind them", len(h.Values), len(h.Of))
	}
	for i, row := range h.Values {
		if len(h.Of[i]) != len(row) {
			return fmt.Errorf("a heat map with %d values in row %d and %d lists of values behind them", len(row), i+1, len(h.Of[i]))
		}
		for j, v := range row {
			sum, of := 0.0, h.Of[i][j]
			for _, x := range of {
				sum += x
			}
			switch {
			case (v == nil) != (len(of) == 0):
				return fmt.Errorf("a heat map with %d values behind row %d, column %d, which does not agree with its mean", len(of), i+1, j+1)
			case v != nil && !(math.Abs(sum/float64(len(of))-*v) <= 1e-9*(1+math.Abs(*v))):
				return fmt.Errorf("a heat map with %v in row %d, column %d, where the values behind it have the mean %v", *v, i+1, j+1, sum/float64(len(of)))
			}
		}
	}
	return nil
}

// heatTip is the text of a value: with how many values it is the mean of, and
// between which they lie.
func heatTip(h *Heat, i, j int) string {
	text := number4(*h.Values[i][j])
	if h.Of == nil || len(h.Of[i][j]) < 2 {
		return text
	}
	of := h.Of[i][j]
	return fmt.Sprintf("%s (%d from %s to %s)", text, len(of), number4(slices.Min(of)), number4(slices.Max(of)))
}

func heatGlobals(p *Panel) []charts.GlobalOpts {
	h := p.Heat
	none := &opts.SplitLine{Show: opts.Bool(false)}
	xLabel, yLabel := axisLabel(), axisLabel()
	room := 560
	if !needsWidth(p) {
		room = 300 // beside another panel
	}
	if longest(clipAll(h.X))*7*len(h.X) > room {
		xLabel.Rotate = 40
	}
	return []charts.GlobalOpts{
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", Name: clip(axisName(p.X), 60), NameLocation: "middle", NameGap: 34,
			SplitLine: none, AxisLine: axisLine(), AxisLabel: xLabel,
			AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Name: clip(axisName(p.Y), 60), NameLocation: "middle", NameGap: 44,
			// The first row stands at the top, as in a table.
			Data: clipAll(h.Y), Inverse: opts.Bool(true),
			SplitLine: none, AxisLine: axisLine(), AxisLabel: yLabel,
		}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
	}
}

// visualMap has what go-echarts lacks: the series it colours (not the crosses on
// missing cells), and bounds in double precision.
type visualMap struct {
	opts.VisualMap
	Min         float64 `json:"min"`
	Max         float64 `json:"max"`
	SeriesIndex int     `json:"seriesIndex"`
}

func heatExtra(p *Panel) map[string]any {
	h := p.Heat
	return map[string]any{
		"visualMap": visualMap{Min: h.Min, Max: h.Max, VisualMap: opts.VisualMap{
			Type: "continuous", Calculable: opts.Bool(false), Orient: "horizontal", Left: "center", Top: "0",
			Text:      []string{heatNumber(h, h.Max) + unitOf(h), heatNumber(h, h.Min)},
			InRange:   &opts.VisualMapInRange{Color: heatScale},
			TextStyle: &opts.TextStyle{Color: mutedColour, FontFamily: chartFont, FontSize: 12},
		}},
		"grid": gridBox(heatMargin(h), 24, 48, 60),
		// No room for numbers in the cells of a phone's heat map.
		"media": whenNarrow(map[string]any{
			"grid":   gridBox(64, 14, 48, 60),
			"series": []any{map[string]any{"label": map[string]any{"show": false}}},
		}),
	}
}

// heatMargin is room for the names of the rows, and for the first column's where it is
// turned: it reaches to the left of its cell.
func heatMargin(h *Heat) int { return min(max(64, 30+7*longest(clipAll(h.Y))), 190) }

// heatSeries has the cells, and a cross on every missing one: an empty cell must not
// look like a small value.
func heatSeries(p *Panel) []series {
	h := p.Heat
	labelled := len(h.X)*len(h.Y) <= labelledCells
	var cells, missing []datum
	for i, row := range h.Values {
		for j, v := range row {
			where := clip(h.Y[i], 60) + " × " + clip(h.X[j], 60)
			if v == nil {
				missing = append(missing, datum{Value: []any{j, i}, Tooltip: &itemTooltip{plainTip(where + "\nnot available")}})
				continue
			}
			d := datum{Value: []any{j, i, *v}, Tooltip: &itemTooltip{plainTip(where + "\n" + heatTip(h, i, j) + unitOf(h))}}
			if labelled {
				d.Label = &label{Label: opts.Label{Formatter: heatNumber(h, *v), Color: onHeat(h, *v)}}
			}
			cells = append(cells, d)
		}
	}
	list := []series{{Label: &label{Label: opts.Label{Show: opts.Bool(labelled), FontSize: 11}}, SingleSeries: charts.SingleSeries{
		Type: PanelHeatmap, Data: cells,
		ItemStyle: &opts.ItemStyle{BorderColor: paperColour, BorderWidth: 1},
	}}}
	if len(missing) > 0 {
		list = append(list, series{SingleSeries: charts.SingleSeries{
			Type: PanelScatter, Data: missing, Symbol: symbols[5], SymbolSize: 9,
			ItemStyle: &opts.ItemStyle{Color: frameColour},
		}})
	}
	return list
}

// onHeat is a letter colour that can be read on the cell's.
func onHeat(h *Heat, v float64) string {
	if (v-h.Min)/(h.Max-h.Min) > 0.55 {
		return "#111111"
	}
	return "#fefefe"
}

// heatNumber prints with as many decimals as the scale's range asks for.
func heatNumber(h *Heat, v float64) string {
	decimals := 2
	switch {
	case h.Max-h.Min > 20:
		decimals = 0
	case h.Max-h.Min < 0.2:
		decimals = 3
	}
	return fixed(v, decimals)
}

// longestNumber is the number of characters of the longest number in a cell.
func longestNumber(h *Heat) int {
	n := 0
	for _, row := range h.Values {
		for _, v := range row {
			if v != nil {
				n = max(n, utf8.RuneCountInString(heatNumber(h, *v)))
			}
		}
	}
	return n
}

func unitOf(h *Heat) string {
	if h.Unit == "" {
		return ""
	}
	return " " + h.Unit
}

func clipAll(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = clip(name, 40)
	}
	return out
}

func longest(names []string) int {
	n := 0
	for _, s := range names {
		n = max(n, len([]rune(s)))
	}
	return n
}
