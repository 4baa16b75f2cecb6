package report

import (
	"math"
	"strings"
	"testing"
)

func TestShortNumbers(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":0.12345678901,"b":[1,-2.5,1234567890]}`: `{"a":0.123457,"b":[1,-2.5,1234567890]}`,
		`{"0.12345678901":"\"0.12345678901\\"}`:       `{"0.12345678901":"\"0.12345678901\\"}`,
		`[-98.76543210987,1.2345678901e-7]`:           `[-98.7654,1.23457e-07]`,
		`[true,null,"-"]`:                             `[true,null,"-"]`,
	} {
		if got := string(shortNumbers([]byte(in))); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// TestCrowdedNamesGetLegend holds that names are never hidden without a legend.
func TestCrowdedNamesGetLegend(t *testing.T) {
	p := &Panel{Kind: PanelScatter}
	for i := range 9 {
		name := "Objective number " + string(rune('1'+i))
		p.Series = append(p.Series, Series{ID: name, Label: name, Points: []Point{{X: float64(i) * 1e-3, Y: 0, Label: name}}})
	}
	p.Series = append(p.Series, Series{ID: "far", Label: "Far", Points: []Point{{X: 10, Y: 10, Label: "Far"}}})
	if !needsLegend(p) {
		t.Error("nine names at one place have no legend")
	}
	for i := range p.Series {
		p.Series[i].Points[0].X, p.Series[i].Points[0].Y = float64(i%2), float64(i)
	}
	if needsLegend(p) {
		t.Error("names that all have room have a legend as well")
	}
}

// TestSmallMultiplesShareALegend holds that a panel whose series another one names takes
// half the width and no legend, and that its series look as they do there.
func TestSmallMultiplesShareALegend(t *testing.T) {
	p := &Panel{Kind: PanelLine}
	for i := range 9 {
		name := "Objective " + string(rune('1'+i))
		p.Series = append(p.Series, Series{ID: name, Label: name, Points: []Point{{X: 0, Y: float64(i)}, {X: 1, Y: 0}}})
	}
	other := *p
	other.NamedElsewhere = true
	if !needsWidth(p) || needsWidth(&other) || sizeOf(&other, 5).width >= sizeOf(p, 5).width {
		t.Error("the panel without a legend is as wide as the one with it")
	}
	with, _ := optionsOf(t, p)
	without, all := optionsOf(t, &other)
	if strings.Contains(string(all["legend"]), `"show":true`) {
		t.Errorf("legend %s", all["legend"])
	}
	for i := range with {
		if with[i].Symbol != without[i].Symbol || with[i].ItemStyle != without[i].ItemStyle || with[i].LineStyle != without[i].LineStyle {
			t.Errorf("series %d looks different", i)
		}
	}
}

func TestHeatWithoutValuesIsSentence(t *testing.T) {
	p := &Panel{Kind: PanelHeatmap, Heat: &Heat{X: []string{"a"}, Y: []string{"b"}, Values: [][]*float64{{nil}}, Max: 1}}
	if nothing(p) == "" {
		t.Error("a grid of crosses")
	}
	one := 1.0
	p.Heat.Values[0][0] = &one
	if text := nothing(p); text != "" {
		t.Errorf("a heat map with a value: %q", text)
	}
}

// TestPanelsNameTheirPointsAlike holds that one crowded panel gives all of them legends,
// and one legend to many.
func TestPanelsNameTheirPointsAlike(t *testing.T) {
	panel := func(apart float64) Panel {
		p := Panel{Kind: PanelScatter}
		for i := range 9 {
			name := "Objective number " + string(rune('1'+i))
			p.Series = append(p.Series, Series{ID: name, Label: name, Points: []Point{{X: float64(i%2) * apart, Y: float64(i) * apart, Label: name}}})
		}
		p.Series = append(p.Series, Series{ID: "far", Label: "Far", Points: []Point{{X: 10, Y: 10, Label: "Far"}}})
		return p
	}
	roomy, full := panel(1), panel(1e-3)
	for _, c := range []struct {
		panels []Panel
		want   []naming
	}{
		{[]Panel{roomy, roomy}, []naming{freely, freely}},
		{[]Panel{roomy, full}, []naming{inLegend, inLegend}},
		{[]Panel{roomy, roomy, roomy, roomy, full}, []naming{inLegend, elsewhere, elsewhere, elsewhere, elsewhere}},
		{[]Panel{full, {Kind: PanelLine}}, []naming{freely, freely}},
	} {
		for i, p := range nameAlike(c.panels) {
			if p.naming != c.want[i] {
				t.Errorf("panel %d of %d: %d, want %d", i+1, len(c.panels), p.naming, c.want[i])
			}
			if p.naming == inLegend && sizeOf(&p, len(c.panels)).height <= sizeOf(&roomy, len(c.panels)).height {
				t.Error("a legend below takes no room")
			}
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct{ low, high, wantLow, wantHigh float64 }{
		{77, 77.9, 77, 78}, {48.3, 75.95, 45, 80}, {-3, 11, -3, 12}, {5, 5, 5, 5}, {0.001, 0.0042, 0.001, 0.0045},
	} {
		got := shown([2]float64{c.low, c.high}, Axis{})
		if math.Abs(got[0]-c.wantLow) > 1e-9 || math.Abs(got[1]-c.wantHigh) > 1e-9 {
			t.Errorf("from %v to %v the axis shows %v", c.low, c.high, got)
		}
	}
}
