package report

import (
	"strconv"
	"testing"
)

// Series beyond the nine of the paper do not look like one of them.
func TestLooksDiffer(t *testing.T) {
	p := Panel{Kind: PanelScatter}
	for i := range 2 * len(palette) {
		p.Series = append(p.Series, Series{ID: "s" + strconv.Itoa(i)})
	}
	seen := map[[2]string]int{}
	for i, l := range looks(&p) {
		key := [2]string{l.colour, l.symbol}
		if j, ok := seen[key]; ok {
			t.Errorf("series %d and %d are both %v", j, i, key)
		}
		seen[key] = i
	}
}
