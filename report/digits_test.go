package report

import (
	"math"
	"testing"
)

// TestFiguresKeepFewDigits holds that only figures are rounded, and that the means of a
// heat map still are those of the values behind them.
func TestFiguresKeepFewDigits(t *testing.T) {
	third, two, mean := 1.0/3, 2.0/3, 0.5
	heat := &Heat{X: []string{"x"}, Y: []string{"y"}, Max: 1, Values: [][]*float64{{&mean}}, Of: [][][]float64{{{third, two}}}}
	items := []Item{{Artifacts: []Artifact{
		{Figure: &Figure{Panels: []Panel{{Series: []Series{{Points: []Point{{X: 1.0 / 3, Y: math.Inf(1), YHalf: &two}}}}}, {Heat: heat}}}},
		{Table: &Table{Rows: []Row{{Cells: []Cell{{Samples: []Sample{{Seed: 1, Value: &third}}}}}}}},
	}}}
	roundFigures(items)
	pt := items[0].Artifacts[0].Figure.Panels[0].Series[0].Points[0]
	if two != 2.0/3 {
		t.Error("a value that the figure points to was rounded")
	}
	if pt.X != 0.3333333 || *pt.YHalf != 0.6666667 || !math.IsInf(pt.Y, 1) {
		t.Errorf("the point is %v", pt)
	}
	if err := checkHeat(heat); err != nil || heat.Of[0][0][0] != 0.33333333333 {
		t.Errorf("the heat map has %v: %v", heat.Of, err)
	}
	if *items[0].Artifacts[1].Table.Rows[0].Cells[0].Samples[0].Value != 1.0/3 {
		t.Error("a sample was rounded")
	}
}
