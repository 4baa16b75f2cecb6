package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// Kinds of panels.
const (
	PanelScatter = "scatter"
	PanelLine    = "line"
	PanelHeatmap = "heatmap"
)

// chartSize is the size of the static drawing in CSS pixels. A panel that stands
// beside others is narrower, so that its letters stay readable.
type chartSize struct{ width, height int }

func sizeOf(p *Panel, panels int) chartSize {
	s := chartSize{760, 440}
	if panels > 1 && !needsWidth(p) {
		s = chartSize{480, 400}
	}
	if p.Kind == PanelHeatmap && p.Heat != nil {
		// Rows of even height however many there are, between a card and a page.
		s.height = min(max(150+28*len(p.Heat.Y), 260), 760)
	}
	if legendBelow(p) {
		s.height += legendRows(p, s.width) * legendRow
	}
	return s
}

// needsWidth says whether a panel takes the whole width even beside others: a legend of
// many names at its side, or a heat map of many columns or long numbers, leaves no room
// for a plot.
func needsWidth(p *Panel) bool {
	if p.Heat != nil {
		return len(p.Heat.X) > 9 || len(p.Heat.X)*longestNumber(p.Heat) > 40
	}
	return len(p.Series) >= legendBeside && needsLegend(p) && !legendBelow(p)
}

// series is a go-echarts series with the options it lacks.
type series struct {
	charts.SingleSeries
	Label  *label `json:"label,omitempty"`
	Silent bool   `json:"silent,omitempty"` // no hover: error bars belong to their points
	Z      int    `json:"z,omitempty"`      // drawing order
	// LabelLayout hides labels that collide, which go-echarts can only do for all charts.
	LabelLayout map[string]bool `json:"labelLayout,omitempty"`
	// MarkLine is lines across the plot, which go-echarts can label only.
	MarkLine map[string]any `json:"markLine,omitempty"`
}

// datum is one data item. Its own types, because go-echarts has no tooltip and no
// label per item, and takes symbol sizes as single integers only.
type datum struct {
	Name       string       `json:"name,omitempty"`
	Value      any          `json:"value"`
	Symbol     string       `json:"symbol,omitempty"`
	SymbolSize any          `json:"symbolSize,omitempty"`
	Label      *label       `json:"label,omitempty"`
	Tooltip    *itemTooltip `json:"tooltip,omitempty"`
}

// label can be moved off its side, which go-echarts has no word for.
type label struct {
	opts.Label
	Offset          []int  `json:"offset,omitempty"` // right and down, in pixels
	TextBorderColor string `json:"textBorderColor,omitempty"`
	TextBorderWidth int    `json:"textBorderWidth,omitempty"`
}

type itemTooltip struct {
	Formatter string `json:"formatter"`
}

// tooltip has the rendering mode that go-echarts lacks: rich text is drawn as part
// of the figure, so that no name in it can ever become markup.
type tooltip struct {
	opts.Tooltip
	RenderMode string          `json:"renderMode"`
	Confine    bool            `json:"confine"`
	TextStyle  *opts.TextStyle `json:"textStyle,omitempty"`
}

// chartOptions returns the ECharts options of a panel in JSON: the one definition of
// the interactive figure and of the static drawing. It refuses values that are not
// finite, and axes that cannot show their points.
func chartOptions(p *Panel, size chartSize) ([]byte, error) {
	if err := checkPanel(p); err != nil {
		return nil, err
	}
	chart := charts.NewScatter()
	var list []series
	var extra map[string]any
	if p.Kind == PanelHeatmap {
		list, extra = heatSeries(p), heatExtra(p)
		chart.SetGlobalOptions(heatGlobals(p)...)
		chart.SetXAxis(clipAll(p.Heat.X))
	} else {
		list, extra = plotSeries(p, size)
		chart.SetGlobalOptions(plotGlobals(p)...)
		if len(p.X.Names) > 0 {
			chart.SetXAxis(p.X.places())
		}
	}
	chart.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithColorsOpts(palette),
		charts.WithAriaOpts(&opts.Aria{
			Enabled: opts.Bool(true),
			Label:   &opts.AriaLabel{Enabled: opts.Bool(true), Description: describe(p)},
		}),
	)
	chart.Validate()
	return marshalOptions(chart.JSON(), list, extra)
}

// marshalOptions completes what go-echarts made with what it has no words for.
func marshalOptions(o map[string]any, list []series, extra map[string]any) ([]byte, error) {
	o["series"] = list
	o["color"] = palette
	o["textStyle"] = map[string]any{"fontFamily": chartFont, "fontSize": 13, "color": inkColour}
	o["backgroundColor"] = paperColour
	o["tooltip"] = tooltip{
		Tooltip: opts.Tooltip{
			Show: opts.Bool(true), Trigger: "item",
			BackgroundColor: paperColour, BorderColor: frameColour,
		},
		RenderMode: "richText", Confine: true,
		TextStyle: &opts.TextStyle{Color: inkColour, FontFamily: chartFont, FontSize: 13},
	}
	delete(o, "toolbox")
	delete(o, "title")
	for k, v := range extra {
		o[k] = v
	}
	// encoding/json escapes <, > and &, so that no text can end the script element.
	data, err := json.Marshal(o)
	return shortNumbers(data), err
}

// checkPanel finds what would draw wrongly or not at all.
func checkPanel(p *Panel) error {
	switch p.Kind {
	case PanelHeatmap:
		return checkHeat(p.Heat)
	case PanelScatter, PanelLine:
	default:
		return fmt.Errorf("panel %q: kind %q is none of %s, %s, %s", p.ID, p.Kind, PanelScatter, PanelLine, PanelHeatmap)
	}
	for _, s := range p.Series {
		for i, pt := range s.Points {
			if err := checkPoint(p, pt); err != nil {
				return fmt.Errorf("panel %q, series %q, point %d: %w", p.ID, s.Label, i+1, err)
			}
		}
	}
	return nil
}

func checkPoint(p *Panel, pt Point) error {
	for _, v := range []*float64{&pt.X, &pt.Y, pt.XHalf, pt.YHalf} {
		if v != nil && !isFinite(*v) {
			return errors.New("a value is not finite; leave the point out and say why in a note")
		}
	}
	if p.X.Log && pt.X <= 0 || p.Y.Log && pt.Y <= 0 {
		return errors.New("a value of zero or less on a logarithmic axis")
	}
	return nil
}

// describe says in words what a panel is, for readers who cannot see it.
func describe(p *Panel) string {
	var b strings.Builder
	if p.Title != "" {
		b.WriteString(p.Title + ". ")
	}
	switch p.Kind {
	case PanelHeatmap:
		fmt.Fprintf(&b, "Heat map of %d rows%s by %d columns%s.",
			len(p.Heat.Y), inBrackets(axisName(p.Y)), len(p.Heat.X), inBrackets(axisName(p.X)))
	case PanelLine:
		fmt.Fprintf(&b, "Lines of %s against %s, %d series.", axisName(p.Y), axisName(p.X), len(p.Series))
	default:
		fmt.Fprintf(&b, "Points of %s against %s, %d series.", axisName(p.Y), axisName(p.X), len(p.Series))
	}
	return b.String()
}

// inBrackets is nothing for an axis without a name.
func inBrackets(name string) string {
	if name == "" {
		return ""
	}
	return " (" + name + ")"
}

// nothing says in a sentence that a panel has no value, or is empty: axes without a point
// or a grid of crosses would say no more.
func nothing(p *Panel) string {
	for _, s := range p.Series {
		if len(s.Points) > 0 {
			return ""
		}
	}
	if p.Heat != nil {
		for _, row := range p.Heat.Values {
			for _, v := range row {
				if v != nil {
					return ""
				}
			}
		}
	}
	return "No value of this panel is available."
}

// axisName is what is measured, with its unit.
func axisName(a Axis) string {
	if a.Unit == "" {
		return a.Label
	}
	return a.Label + " (" + a.Unit + ")"
}

func optsFloat(v float32) types.Float { return opts.Float(v) }
