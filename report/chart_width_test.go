package report

import (
	"slices"
	"testing"
)

// TestHeatWidth: nine columns of four characters fit beside another panel, of five not.
func TestHeatWidth(t *testing.T) {
	panel := func(v float64) *Panel {
		row := make([]*float64, 9)
		for i := range row {
			row[i] = &v
		}
		return &Panel{Heat: &Heat{X: make([]string, 9), Y: make([]string, 9), Values: slices.Repeat([][]*float64{row}, 9), Min: 0, Max: 1}}
	}
	if needsWidth(panel(1.25)) || !needsWidth(panel(99.06)) {
		t.Errorf("wide with 1.25: %v, with 99.06: %v", needsWidth(panel(1.25)), needsWidth(panel(99.06)))
	}
}
