package report

import (
	"math"
	"strings"
	"testing"
)

func TestNearnessOfOrderAndValues(t *testing.T) {
	ours, theirs := []float64{1, 2, 3, 4, 9}, []float64{2, 4, 6, 8, 10}
	table := &Table{ID: "t", Columns: []Column{{ID: "a", Label: "A", Comparable: true}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}}
	for i := range ours {
		cell := func(v float64) Cell {
			return Cell{Summary: &Summary{N: 1, Mean: v}, Published: &Published{Value: theirs[i]}}
		}
		row := Row{Cells: []Cell{cell(ours[i]), cell(-ours[i]), cell(ours[i])}}
		if i > 2 {
			row.Cells[2].Published = nil // too few rows
		}
		table.Rows = append(table.Rows, row)
	}
	all := table.nearnesses()
	if len(all) != 2 || all[0].n != 5 || math.Abs(all[0].rho-1) > 1e-12 || math.Abs(all[1].rho+1) > 1e-12 || !math.IsNaN(all[1].distance) {
		t.Fatalf("%+v", all)
	}
	// √((1+4+9+16+1)/5) over the standard deviation √8 of 2, 4, 6, 8, 10.
	if want := math.Sqrt(31.0/5) / math.Sqrt(8); math.Abs(all[0].distance-want) > 1e-12 {
		t.Errorf("distance %v, want %v", all[0].distance, want)
	}
	note := table.nearnessNote()
	for _, want := range []string{"5 rows", "A 1.00 (p = 0.017)", "B −1.00", "A 0.88"} {
		if !strings.Contains(note, want) {
			t.Errorf("%q is not in %q", want, note)
		}
	}
	if (&Table{}).nearnessNote() != "" {
		t.Error("an empty table has a note")
	}
}
