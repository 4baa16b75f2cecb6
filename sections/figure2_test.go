package sections

import (
	"context"
	"fmt"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

// Two networks of one objective are shown layer against layer, not on the diagonal alone:
// in one panel for the objectives but the first, and in the table for each.
func TestSimilarityWithinObjectives(t *testing.T) {
	m := &report.Manifest{Objectives: []report.Objective{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "c", Label: "C"}}}
	plan := compute.NewPlan(compute.FixedCode("test"))
	a := &Ask{Study: &Study{Manifest: m}, plan: plan, asked: new([]compute.Asked)}
	a.Preset.Seeds, a.Preset.Similarity.Minibatch = 4, 1
	a.Item.ID = "figure-2"
	s := &similarities{Ask: a, layers: []represent.Layer{{Name: "one"}, {Name: "two"}}, names: []string{"One", "Two"}}
	// Layers i and j of objectives x and y, networks of a pair p.
	value := func(x, y, p, i, j int) float64 {
		return 0.3*float64(x) + 0.05*float64(y) + 0.01*float64(p) + 0.002*float64(i) + 0.001*float64(j)
	}
	for x := range m.Objectives {
		var row []comparison
		for y := range m.Objectives {
			var c comparison
			for p := range a.seedPairs() {
				v := represent.SimilarityResult{}
				for i := range s.layers {
					var of []*float64
					for j := range s.layers {
						cka := value(x, y, p, i, j)
						of = append(of, &cka)
					}
					v.Values = append(v.Values, of)
				}
				c = append(c, need[represent.SimilarityResult](a, stub[represent.SimilarityResult]{fmt.Sprint(x, y, p), &v}))
			}
			row = append(row, c)
		}
		s.pairs = append(s.pairs, row)
	}
	s.untrained = s.pairs[0][0]
	r, err := compute.Pool{Jobs: 1}.Run(context.Background(), plan, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.draw(r)
	if err != nil {
		t.Fatal(err)
	}
	var own *report.Panel
	for i, p := range d.Artifacts[0].Figure.Panels {
		if p.ID == "own" {
			own = &d.Artifacts[0].Figure.Panels[i]
		}
	}
	if own == nil {
		t.Fatal("no panel of networks of one objective")
	}
	of := func(x, i, j int) float64 { return (value(x, x, 0, i, j) + value(x, x, 1, i, j)) / 2 }
	for i := range s.layers {
		for j := range s.layers {
			if got, want := *own.Heat.Values[i][j], (of(1, i, j)+of(2, i, j))/2; !close(got, want) || len(own.Heat.Of[i][j]) != 2 {
				t.Errorf("layers %d and %d: %v of %v, want %v", i, j, got, own.Heat.Of[i][j], want)
			}
		}
	}
	table := d.Artifacts[2].Table
	for k := range m.Objectives {
		for row, want := range map[int]float64{2: (of(k, 0, 0) + of(k, 1, 1)) / 2, 3: (of(k, 0, 1) + of(k, 1, 0)) / 2} {
			if got, ok := mean(table.Rows[row].Cells[k]); !ok || !close(got.Mean, want) {
				t.Errorf("%s of objective %d: %+v, want %v", table.Rows[row].ID, k, got, want)
			}
		}
	}
}
