package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"lossxfer-report/templates"
)

// chartSeries is what the tests read of the options.
type chartSeries struct {
	Name, Type, Symbol string
	Silent             bool
	ItemStyle          struct{ Color, BorderColor string }
	LineStyle          struct{ Type, Color string }
	Data               []chartDatum
}

// chartDatum is an object with a value, or the value alone.
type chartDatum struct {
	Name  string
	Value []any
}

func (d *chartDatum) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("[")) {
		return json.Unmarshal(data, &d.Value)
	}
	type plain chartDatum
	return json.Unmarshal(data, (*plain)(d))
}

func optionsOf(t *testing.T, p *Panel) (list []chartSeries, all map[string]json.RawMessage) {
	t.Helper()
	data, err := chartOptions(p, sizeOf(p, 1))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(data, "<>") {
		t.Errorf("the options hold < or >: %s", data)
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all["series"], &list); err != nil {
		t.Fatal(err)
	}
	return list, all
}

func TestErrorBarsAreDrawn(t *testing.T) {
	p := &sampleScatter(t, "f").Panels[0]
	list, _ := optionsOf(t, p)
	if len(list) != 2 {
		t.Fatalf("%d series, want the points and their error bars", len(list))
	}
	bars := list[1]
	if bars.Name != list[0].Name || bars.Type != "line" || !bars.Silent {
		t.Errorf("the bars do not belong to their points: %+v", bars)
	}
	// Two bars a point, each of two ends and a gap.
	if want := len(p.Series[0].Points) * 6; len(bars.Data) != want {
		t.Errorf("%d ends and gaps, want %d", len(bars.Data), want)
	}
	first := p.Series[0].Points[0]
	if low := bars.Data[0].Value; low[0] != first.X-*first.XHalf || low[1] != first.Y {
		t.Errorf("the first bar starts at %v", low)
	}
	if up := bars.Data[4].Value; up[0] != first.X || up[1] != first.Y+*first.YHalf {
		t.Errorf("the second bar ends at %v", up)
	}
}

func TestPublishedTwinIsHollow(t *testing.T) {
	points := []Point{{X: 1, Y: 2}}
	p := &Panel{ID: "p", Kind: PanelScatter, Series: []Series{
		{ID: "softmax", Label: "a", Points: points}, {ID: "sigmoid", Label: "b", Points: points},
		{ID: "sigmoid-published", Label: "b (paper)", Published: true, Points: points},
	}}
	list, _ := optionsOf(t, p)
	ours, theirs := list[1], list[2]
	if theirs.ItemStyle.Color != "transparent" || theirs.ItemStyle.BorderColor != ours.ItemStyle.Color || theirs.Symbol != ours.Symbol {
		t.Errorf("ours %+v, theirs %+v", ours, theirs)
	}
	if !strings.Contains(strings.Join(figureNotes(&Figure{Panels: []Panel{*p}}), " "), "Hollow") {
		t.Error("no note explains the hollow symbols")
	}
}

// TestSeriesDifferWithoutColour holds that nine lines can be told apart in grey print.
func TestSeriesDifferWithoutColour(t *testing.T) {
	list, _ := optionsOf(t, &sampleLines("f", 7).Panels[0])
	seen := make(map[string]string)
	for _, s := range list {
		if s.Silent {
			continue
		}
		look := s.Symbol + " " + s.LineStyle.Type
		if other := seen[look]; other != "" {
			t.Errorf("%s and %s look the same without colour: %s", other, s.Name, look)
		}
		seen[look] = s.Name
	}
	if len(seen) != 9 {
		t.Errorf("%d lines, want 9", len(seen))
	}
}

func TestMissingCellOfHeatMapIsCrossed(t *testing.T) {
	list, all := optionsOf(t, &sampleHeat("f").Panels[0])
	if len(list) != 2 || len(list[1].Data) != 1 || len(list[0].Data) != 80 {
		t.Fatalf("want 80 cells and one cross, got %d series", len(list))
	}
	if got := fmt.Sprint(list[1].Data[0].Value); got != "[5 3]" {
		t.Errorf("the cross is at %s", got)
	}
	if !strings.Contains(string(all["visualMap"]), `"seriesIndex":0`) {
		t.Error("the colours of the scale also colour the cross")
	}
}

func TestTooltipsAreRichText(t *testing.T) {
	for _, p := range []*Panel{&sampleScatter(t, "f").Panels[0], &sampleHeat("f").Panels[0], &sampleLines("f", 7).Panels[0]} {
		_, all := optionsOf(t, p)
		if !strings.Contains(string(all["tooltip"]), `"renderMode":"richText"`) {
			t.Errorf("%s: tooltip %s", p.ID, all["tooltip"])
		}
		if !strings.Contains(string(all["aria"]), `"enabled":true`) {
			t.Errorf("%s: aria %s", p.ID, all["aria"])
		}
		if _, there := all["toolbox"]; there {
			t.Error("a toolbox")
		}
	}
}

// TestDarkColours holds that the loader knows every colour the options name.
func TestDarkColours(t *testing.T) {
	style, err := templates.Style()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append([]string{inkColour, mutedColour, gridColour, frameColour, paperColour}, palette...) {
		if !strings.Contains(loader(t), "'"+c+"': '#") {
			t.Errorf("the loader has no dark counterpart of %s", c)
		}
		_, rest, _ := strings.Cut(loader(t), "'"+c+"': '")
		drawn := c
		if c == "#ffffff" {
			drawn = "#fff" // as drawings have it
		}
		for _, paint := range []string{"fill", "stroke"} {
			if rule := fmt.Sprintf(`.still [%s="%s"] { %s: %.7s; }`, paint, drawn, paint, rest); !strings.Contains(style, rule) {
				t.Errorf("the style sheet lacks %s", rule)
			}
		}
	}
}

// TestScriptCanBeInlined holds that nothing in the script ends its element or asks for more.
func TestScriptCanBeInlined(t *testing.T) {
	for _, bad := range []string{"</script", "<!--", "sourceMappingURL"} {
		if strings.Contains(strings.ToLower(loader(t)), strings.ToLower(bad)) {
			t.Errorf("the script contains %s", bad)
		}
	}
}

func TestLabelsKeepApart(t *testing.T) {
	p := &Panel{Kind: PanelScatter, Series: []Series{{Points: []Point{
		{X: 0, Y: 0, Label: "first"}, {X: 0, Y: 0, Label: "second"}, {X: 1, Y: 1, Label: "at the right edge"},
	}}}}
	all, clash := placeLabels(p, chartSize{480, 400})
	places := all[0]
	if clash {
		t.Errorf("three labels with room to spare collide: %v", places)
	}
	if fmt.Sprint(places[0]) == fmt.Sprint(places[1]) {
		t.Errorf("two labels at one point share a place: %v", places[0])
	}
	if places[2].side != "left" {
		t.Errorf("the label at the right edge stands %s of its point", places[2].side)
	}
}

// A name does not lie on the line that leads on from its point.
func TestLabelsKeepOffLines(t *testing.T) {
	s := Series{ID: "a", Label: "A", Points: []Point{{X: 0, Y: 9, Label: "τ = 0.01"}, {X: 3, Y: 8.5, Label: "τ = 0.02"}, {X: 6, Y: 0, Label: "τ = 0.03"}}}
	line := &Panel{Kind: PanelLine, Series: []Series{s}}
	places, clash := placeLabels(line, chartSize{480, 400})
	if clash || places[0][0].side == "right" && len(places[0][0].offset) == 0 {
		t.Errorf("the first name stands at %v, on the line", places[0][0])
	}
	list, _ := plotSeries(line, chartSize{480, 400})
	if list[0].LabelLayout != nil {
		t.Errorf("a layout that forgets the shifts of labels: %v", list[0].LabelLayout)
	}
}

// A marked point of a line stands out by its symbol, however many points there are.
func TestMarkedPoints(t *testing.T) {
	s := Series{ID: "a", Label: "A"}
	for i := range denseLine + 10 {
		s.Points = append(s.Points, Point{X: float64(i), Y: float64(i % 7), Marked: i == 4})
	}
	options, err := chartOptions(&Panel{ID: "p", Kind: PanelLine, Series: []Series{s}}, chartSize{480, 400})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(options), fmt.Sprintf(`"symbolSize":%d`, markedSize)); n != 1 {
		t.Errorf("%d marked points, want 1: %s", n, options)
	}
}
