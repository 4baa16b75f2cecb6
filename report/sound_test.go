package report

import (
	"math"
	"strings"
	"testing"
)

// Values that no measurement comes to are named by whoever draws them, and take neither a
// summary nor a claim with them.
func TestSoundNamesWhatIsAbsurd(t *testing.T) {
	for name, spoil := range map[string]func(item *Item, v float64){
		"row \"softmax\"": func(item *Item, v float64) { *item.Artifacts[0].Table.Rows[0].Cells[0].Samples[0].Value = v },
		"value \"x\"":     func(item *Item, v float64) { item.Values = map[string]float64{"x": v} },
	} {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e308, -1e61} {
			r := sampleReport(t)
			if err := r.Items[0].Sound(); err != nil {
				t.Fatal(err)
			}
			spoil(&r.Items[0], v)
			if err := r.Items[0].Sound(); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s = %v: %v", name, v, err)
			}
		}
	}
	r := sampleReport(t)
	for i := range r.Items {
		for _, a := range r.Items[i].Artifacts {
			if a.Figure != nil && len(a.Figure.Panels[0].Series) > 0 {
				a.Figure.Panels[0].Series[0].Points[0].Y = -1e200
				if err := r.Items[i].Sound(); err == nil || !strings.Contains(err.Error(), a.Figure.ID) {
					t.Errorf("%s: %v", a.Figure.ID, err)
				}
			}
		}
	}
}

func TestSummariesOfAbsurdSamples(t *testing.T) {
	for _, values := range [][]float64{{1e308}, {1e308, 1e308, -1e308}, {math.MaxFloat64, -math.MaxFloat64}, {1e200, 1e200, 3e200}, {math.Inf(1), 1}, {math.NaN()}} {
		table := &Table{ID: "x", Columns: []Column{{ID: "c", Better: "higher"}}}
		for _, row := range []string{"a", "b", "c"} {
			var cell Cell
			for i, v := range values {
				cell.Samples = append(cell.Samples, Sample{Seed: i + 1, Value: ptr(v)})
			}
			table.Rows = append(table.Rows, Row{ID: row, Cells: []Cell{cell}})
		}
		table.Rows[2].Cells[0] = Cell{Samples: []Sample{{Seed: 1, Value: ptr(2)}, {Seed: 2, Value: ptr(3)}}}
		table.summarise()
		for _, row := range table.Rows {
			if s := row.Cells[0].Summary; s != nil && (!isFinite(s.Mean) || s.Half != nil && !isFinite(*s.Half)) {
				t.Errorf("%v have the summary %+v", values, *s)
			}
		}
	}
}
