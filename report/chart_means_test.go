package report

import (
	"strings"
	"testing"
)

func means(values []*float64, of [][]float64) *Heat {
	h := &Heat{Y: []string{"a"}, Values: [][]*float64{values}, Of: [][][]float64{of}, Max: 10}
	for range values {
		h.X = append(h.X, "x")
	}
	return h
}

// The values behind a heat map have to have the means that are drawn.
func TestHeatMapsKeepToTheValuesBehindThem(t *testing.T) {
	two, three := 2.0, 3.0
	good := means([]*float64{&two, nil, &three}, [][]float64{{1, 3}, nil, {3}})
	if err := checkHeat(good); err != nil {
		t.Error(err)
	}
	if data := heatData(&Panel{Heat: good}); data.Rows[0][1] != "2.00 (1.00 to 3.00)" || data.Rows[0][2] != "not available" || data.Rows[0][3] != "3.00" {
		t.Errorf("the table says %q", data.Rows[0])
	}
	for want, bad := range map[string]*Heat{
		"have the mean":         means([]*float64{&three}, [][]float64{{1, 3}}),
		"does not agree":        means([]*float64{nil}, [][]float64{{1}}),
		"0 values behind row 1": means([]*float64{&two}, [][]float64{nil}),
		"lists of values":       means([]*float64{&two}, nil),
	} {
		if err := checkHeat(bad); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}
