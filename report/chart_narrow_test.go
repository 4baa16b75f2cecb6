package report

import (
	"strconv"
	"testing"
)

// On a phone names that would collide give way to a legend; none is dropped.
func TestNamesOnAPhone(t *testing.T) {
	size := chartSize{480, 400}
	panel := func(apart float64) *Panel {
		p := &Panel{Kind: PanelScatter}
		for i := range 6 {
			name := "objective " + strconv.Itoa(i)
			x := float64(i) * apart
			p.Series = append(p.Series, Series{ID: name, Label: name, Points: []Point{{X: x, Y: x, Label: name}}})
		}
		// A seventh far away sets the scale.
		p.Series = append(p.Series, Series{ID: "far", Label: "far", Points: []Point{{X: 100, Y: 100, Label: "far"}}})
		return p
	}
	roomy, tight := panel(16), panel(10)
	if needsLegend(roomy) || needsLegend(tight) {
		t.Fatal("on a desk both have room beside their points")
	}
	if o := narrowOptions(roomy, size, 7); o["legend"] != nil || o["series"] != nil {
		t.Errorf("where names have room on a phone, it has %v", o)
	}
	o := narrowOptions(tight, size, 7)
	legend, _ := o["legend"].(map[string]any)
	if legend["show"] != true || len(o["series"].([]any)) != 7 || !manyNames(tight, size) {
		t.Errorf("where names collide on a phone, it has %v", o)
	}
}
