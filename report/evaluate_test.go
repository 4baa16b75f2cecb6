package report

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"
)

// drawAllTables draws every table that the manifest promises, with samples from
// value; nil is a diverged run.
func drawAllTables(m *Manifest, seeds int, value func(column, row string, seed int) *float64) []Item {
	var items []Item
	for _, spec := range m.Items {
		item := Item{ItemSpec: spec, Status: NotBuilt}
		for _, s := range spec.Tables {
			item.Status = Computed
			t := &Table{ID: s.ID}
			for _, c := range s.Columns {
				t.Columns = append(t.Columns, Column{ID: c})
			}
			for _, r := range s.Rows {
				row := Row{ID: r}
				for _, c := range s.Columns {
					var cell Cell
					for seed := 1; seed <= seeds; seed++ {
						sample := Sample{Seed: seed, Value: value(s.ID+"."+c, r, seed)}
						if sample.Value == nil {
							sample.Note = MissingDiverged
						}
						cell.Samples = append(cell.Samples, sample)
					}
					row.Cells = append(row.Cells, cell)
				}
				t.Rows = append(t.Rows, row)
			}
			item.Artifacts = append(item.Artifacts, Artifact{Table: t})
		}
		items = append(items, item)
	}
	return items
}

// paperlike gives the paper's order of objectives and temperatures with noise.
func paperlike(m *Manifest, noise float64, seed int64) func(column, row string, seed int) *float64 {
	rng := rand.New(rand.NewSource(seed))
	r2, _ := m.PublishedTable("table-3")
	table4, _ := m.PublishedTable("table-4")
	return func(column, row string, _ int) *float64 {
		table, name, _ := strings.Cut(column, ".")
		if !published(m, table) {
			v := stated(m, column, row) + noise*rng.NormFloat64()
			return &v
		}
		var v float64
		for _, t := range m.Temperatures.Rows {
			if t.ID == row {
				v = table4.Cell(t.Plays, "R2").Value
			}
		}
		if p := r2.Cell(row, "R2"); p != nil {
			v = p.Value
		}
		switch {
		case name == "top1" && (table == "table-3" || table == "table-1-linear"):
			if p := r2.Cell(row, "top1"); p != nil {
				v = p.Value
			}
		case name != "R2":
			v = -v // the more separation, the less transfer
		}
		v += noise * rng.NormFloat64()
		return &v
	}
}

// published says whether the paper's values of a table are known.
func published(m *Manifest, table string) bool {
	for _, item := range m.Items {
		for _, t := range item.Tables {
			if t.ID == table {
				return t.Published != ""
			}
		}
	}
	return false
}

// stated is a value that agrees with what the claims say of the cells of a lost
// table: the more rows a row is said to be greater than, the larger.
func stated(m *Manifest, column, row string) float64 {
	v := 0.0
	for _, c := range m.Claims {
		if !contains(c.Columns, column) {
			continue
		}
		if contains(c.Rows, row) {
			v++
		}
		if contains(c.Than, row) {
			v--
		}
	}
	return v
}

func evaluate(m *Manifest, preset string, items []Item) map[string]ClaimResult {
	p, err := m.Preset(preset)
	if err != nil {
		panic(err)
	}
	out := map[string]ClaimResult{}
	for _, r := range Evaluate(m.Claims, m.Families, p, items, m.Published, nil) {
		out[r.ID] = r
	}
	return out
}

// printedToo are the claims for which the paper prints all numbers.
var printedToo = []string{
	"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "P15", "P16", "P17", "P18",
	"P24", "P26", "P27", "P35", "P36", "P37", "P38",
}

func TestPaperHoldsOnItsOwnNumbers(t *testing.T) {
	m := theManifest(t)
	got := evaluate(m, "quick", nil)
	for id, r := range got {
		if !strings.HasPrefix(id, "P") {
			continue // not a claim of the paper
		}
		if r.Verdict != NotRun || r.Evidence.Text == "" {
			t.Errorf("%s: verdict %q, %q without any value", id, r.Verdict, r.Evidence.Text)
		}
		if want := contains(printedToo, id); want != (r.Published != nil) || want && !r.Published.Holds {
			t.Errorf("%s: published outcome %+v", id, r.Published)
		}
	}
	for id, want := range map[string]string{
		"P12": "ρ = −0.933 over 9 rows (p = 0.00075).",
		"P5":  "Softmax is best or tied in 5 of 8 columns; the first where not: softmax − label_smoothing, birdsnap: 38.4 and 39.2.",
		"P13": "R2 is largest at squared_error, top1 is largest at sigmoid and cosine_softmax.",
		"P38": "All 6 comparisons are as claimed.",
		"P7":  "All 128 comparisons are as claimed.", // on the paper's data sets, not on our tasks
	} {
		if text := got[id].Published.Text; text != want {
			t.Errorf("%s: %q, want %q", id, text, want)
		}
	}
}

func TestBoardShowsFortyClaims(t *testing.T) {
	m := theManifest(t)
	families := map[string]int{}
	if len(m.Claims) < 40 {
		t.Fatalf("%d claims", len(m.Claims))
	}
	for i, c := range m.Claims[:40] {
		if want := fmt.Sprintf("P%d", i+1); c.ID != want {
			t.Errorf("claim %d is %s, want %s", i+1, c.ID, want)
		}
		if c.Fragile != (c.ID == "P2") {
			t.Errorf("%s: fragile is %v", c.ID, c.Fragile)
		}
		families[c.Family]++
	}
	if families["main"] != 23 || families["appendix"] != 17 {
		t.Errorf("claims in %v", families)
	}
}

// directional are claims that paperlike makes true, and its mirror image false.
var directional = []string{"P1", "P6", "P7", "P10", "P11", "P12", "P14", "P15", "P16"}

func TestClearEffectsAreReproduced(t *testing.T) {
	m := theManifest(t)
	got := evaluate(m, "quick", drawAllTables(m, 3, paperlike(m, 1e-5, 1)))
	for _, id := range directional {
		if r := got[id]; r.Verdict != Reproduced || r.Evidence.N != 3 || r.Evidence.PHolm == nil || *r.Evidence.PHolm < *r.Evidence.P {
			t.Errorf("%s: %q %s", id, r.Verdict, r.Evidence.Text)
		}
	}
}

func TestOppositeEffectsAreNotReproduced(t *testing.T) {
	m := theManifest(t)
	like := paperlike(m, 1e-5, 2)
	got := evaluate(m, "quick", drawAllTables(m, 3, func(c, r string, s int) *float64 {
		v := -*like(c, r, s)
		return &v
	}))
	for _, id := range directional {
		want := NotReproduced
		if id == "P12" { // both columns turned round: the same correlation
			want = Reproduced
		}
		if r := got[id]; r.Verdict != want {
			t.Errorf("%s: %q %+v", id, r.Verdict, r.Evidence)
		}
	}
}

func TestNeitherOneSeedNorSmokeDecides(t *testing.T) {
	m := theManifest(t)
	for name, got := range map[string]map[string]ClaimResult{
		"one seed": evaluate(m, "quick", drawAllTables(m, 1, paperlike(m, 1e-5, 3))),
		"smoke":    evaluate(m, "smoke", drawAllTables(m, 3, paperlike(m, 1e-5, 3))),
	} {
		for id, r := range got {
			if r.Kind == "identity" && name == "one seed" {
				continue // no matter of chance
			}
			if r.Verdict != Inconclusive && r.Pending == "" || r.Evidence.Text == "" {
				t.Errorf("%s, %s: %q %+v", name, id, r.Verdict, r.Evidence)
			}
		}
	}
}

func TestEqualDecimalsAreNoEvidence(t *testing.T) {
	// Three seeds with one and the same difference: no spread, so no test.
	m := theManifest(t)
	like := paperlike(m, 0, 4)
	for id, r := range evaluate(m, "quick", drawAllTables(m, 3, like)) {
		if contains(directional, id) && r.Kind == "greater" && r.Verdict != DirectionOnly {
			t.Errorf("%s: %q %s", id, r.Verdict, r.Evidence.Text)
		}
	}
}

// one is a report with one table "t" of one column "v", and one claim on it.
func one(claim Claim, rows map[string][]float64) (Claim, Family, []Item) {
	claim.ID, claim.Family = "C", "f"
	table := &Table{ID: "t", Columns: []Column{{ID: "v"}}}
	for _, id := range append(append([]string(nil), claim.Rows...), claim.Than...) {
		var cell Cell
		for i, v := range rows[id] {
			cell.Samples = append(cell.Samples, Sample{Seed: i + 1, Value: &v})
		}
		table.Rows = append(table.Rows, Row{ID: id, Cells: []Cell{cell}})
	}
	item := Item{ItemSpec: ItemSpec{ID: "table-t"}, Status: Computed, Artifacts: []Artifact{{Table: table}}}
	return claim, Family{ID: "f", Alpha: 0.05}, []Item{item}
}

func verdictOf(claim Claim, rows map[string][]float64) ClaimResult {
	c, f, items := one(claim, rows)
	return Evaluate([]Claim{c}, []Family{f}, Preset{ID: "p", Judges: true}, items, nil, nil)[0]
}

func claimOf(p Predicate) Claim { return Claim{ID: "C", Predicate: p} }

var (
	aboveB   = claimOf(Predicate{Kind: "greater", Columns: []string{"t.v"}, Rows: []string{"a"}, Than: []string{"b"}})
	aboveBC  = claimOf(Predicate{Kind: "greater", Columns: []string{"t.v"}, Rows: []string{"a"}, Than: []string{"b", "c"}})
	risesABC = claimOf(Predicate{Kind: "order", Columns: []string{"t.v"}, Rows: []string{"a", "b", "c", "d"}, Sense: "increasing"})
)

func TestVerdictRules(t *testing.T) {
	steps := func(x ...float64) map[string][]float64 { // four seeds with a little noise of their own
		out := map[string][]float64{}
		noise := [][]float64{{.01, -.02, .03, .01}, {-.02, .01, .01, -.03}, {.03, .02, -.01, -.02}, {.0, -.01, -.02, .02}}
		for i, row := range []string{"a", "b", "c", "d"} {
			for s := range 4 {
				out[row] = append(out[row], x[i]+noise[i][s])
			}
		}
		return out
	}
	for _, c := range []struct {
		name  string
		claim Claim
		rows  map[string][]float64
		want  Verdict
	}{
		{"clear", aboveB, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}}, Reproduced},
		{"clear, unrelated noise", aboveB, map[string][]float64{"a": {6.9, 5, 6}, "b": {2, 1.9, 2.1}}, Reproduced},
		{"points the way", aboveB, map[string][]float64{"a": {5, 6, 1}, "b": {1, 2, 3}}, DirectionOnly},
		{"clear the other way", aboveB, map[string][]float64{"a": {1, 2, 3}, "b": {5, 6, 7.2}}, NotReproduced},
		{"points the other way", aboveB, map[string][]float64{"a": {1, 2, 3}, "b": {5, 6, 1}}, Inconclusive},
		{"exactly equal", aboveB, map[string][]float64{"a": {1, 2, 3}, "b": {1, 2, 3}}, Inconclusive},
		{"one part is not significant", aboveBC, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}, "c": {4, 7, 6}}, DirectionOnly},
		{"one part is the other way", aboveBC, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}, "c": {9.1, 10, 11}}, NotReproduced},
		{"no value for one part", aboveBC, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}}, Inconclusive},
		{"strict order", risesABC, steps(1, 2, 3, 4), Reproduced},
		{"reversed order", risesABC, steps(4, 3, 2, 1), NotReproduced},
		{"one step back within noise", risesABC, steps(1, 2, 1.98, 4), DirectionOnly},
		{"one step back beyond noise", risesABC, steps(1, 3, 2, 4), NotReproduced},
		{"no order", risesABC, steps(1, 1.002, .998, 1.001), Inconclusive},
	} {
		if r := verdictOf(c.claim, c.rows); r.Verdict != c.want {
			t.Errorf("%s: %q, want %q (%+v)", c.name, r.Verdict, c.want, r.Evidence)
		}
	}
}

func TestSeedsThatWouldDecide(t *testing.T) {
	r := verdictOf(aboveB, map[string][]float64{"a": {5, 6, 1}, "b": {1, 2, 3}})
	if r.Evidence.Seeds < 4 || r.Evidence.Seeds > 100 {
		t.Errorf("%d seeds for an effect of 2 with a standard deviation of 3.5", r.Evidence.Seeds)
	}
	if r := verdictOf(aboveB, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}}); r.Evidence.Seeds != 0 {
		t.Errorf("%d seeds for a decided claim", r.Evidence.Seeds)
	}
}

// TestMissingNeverPasses breaks one cell of each predicate in every way there is.
func TestMissingNeverPasses(t *testing.T) {
	m := theManifest(t)
	items := drawAllTables(m, 3, paperlike(m, 1e-5, 5))
	d := findTables(items)
	p, _ := m.Preset("quick")
	for n, claim := range m.Claims {
		if claim.Pending != "" {
			continue
		}
		for _, pred := range claim.predicates() {
			column := pred.Columns[n%len(pred.Columns)]
			rows := append(append([]string(nil), pred.Rows...), pred.Than...)
			row := rows[n%len(rows)]
			tableID, col, _ := strings.Cut(column, ".")
			table, item := d.tables[tableID], d.item[tableID]
			cell := table.find(row, col)
			whole, columns, artifacts := *cell, table.Columns, item.Artifacts
			for _, how := range []string{"diverged", "not run yet", "not measured here", "no cell", "no row", "incomplete", "no table"} {
				at := -1
				switch how {
				case "diverged", "not run yet":
					cell.Samples = append([]Sample(nil), whole.Samples...)
					cell.Samples[1].Value, cell.Samples[1].Note = nil, how
				case "not measured here":
					cell.Samples, cell.Missing = nil, how
				case "no cell":
					table.Columns = columns[:index(columnIDs(table), col)]
				case "no row":
					at = index(ids(table.Rows, func(r Row) string { return r.ID }), row)
					table.Rows[at].ID = "another"
				case "incomplete":
					item.Status = Incomplete
				case "no table":
					item.Artifacts = nil
				}
				r := Evaluate([]Claim{claim}, m.Families, p, items, nil, nil)[0]
				if r.Verdict != NotRun && r.Verdict != Inconclusive || r.Evidence.Text == "" {
					t.Errorf("%s with %s: %q %q", claim.ID, how, r.Verdict, r.Evidence.Text)
				}
				if how == "diverged" && (r.Verdict != Inconclusive || !strings.Contains(r.Evidence.Text, "diverged")) {
					t.Errorf("%s with %s: %q %q", claim.ID, how, r.Verdict, r.Evidence.Text)
				}
				*cell, table.Columns, item.Artifacts, item.Status = whole, columns, artifacts, Computed
				if at >= 0 {
					table.Rows[at].ID = row
				}
			}
		}
	}
}

func columnIDs(t *Table) []string { return ids(t.Columns, func(c Column) string { return c.ID }) }

func TestUnsharedSeedsAreComparedByWelch(t *testing.T) {
	c, f, items := one(aboveB, map[string][]float64{"a": {5, 6, 7.2}, "b": {1, 2, 3}})
	for i := range items[0].Artifacts[0].Table.Rows[1].Cells[0].Samples {
		items[0].Artifacts[0].Table.Rows[1].Cells[0].Samples[i].Seed += 10
	}
	r := Evaluate([]Claim{c}, []Family{f}, Preset{Judges: true}, items, nil, nil)[0]
	if !strings.HasPrefix(r.Evidence.Test, "Welch") || r.Verdict != Reproduced {
		t.Errorf("%+v", r)
	}
}

func TestVerdictIsNeverEmpty(t *testing.T) {
	var v Verdict
	if _, err := json.Marshal(v); err == nil {
		t.Error("the zero verdict was marshalled")
	}
	if err := json.Unmarshal([]byte(`"fine"`), &v); err == nil {
		t.Error("an unknown verdict was accepted")
	}
	for _, want := range Verdicts() {
		b, err := json.Marshal(want)
		if err != nil || json.Unmarshal(b, &v) != nil || v != want {
			t.Errorf("%q: %s, %v", want, b, err)
		}
	}
	// A claim of a kind that this version does not know, in an unknown family.
	r := Evaluate([]Claim{{ID: "X", Predicate: Predicate{Kind: "magic"}}, {ID: "Y", Predicate: Predicate{Kind: "greater"}, Family: "none"}}, nil, Preset{Judges: true}, nil, nil, nil)
	for _, c := range r {
		if !c.Verdict.Valid() || c.Verdict == Reproduced {
			t.Errorf("%s: %q", c.ID, c.Verdict)
		}
	}
}

func TestEvidenceIsFinite(t *testing.T) {
	m := theManifest(t)
	for _, scale := range []float64{0, 1e-300, 1e150} {
		items := drawAllTables(m, 3, func(c, r string, s int) *float64 {
			v := scale * float64(len(r)*s)
			return &v
		})
		for id, r := range evaluate(m, "quick", items) {
			for _, p := range r.Evidence.Parts {
				for _, v := range []*float64{p.Effect, p.Low, p.High, p.P} {
					if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
						t.Errorf("%s at %g: %s", id, scale, fmt.Sprint(p))
					}
				}
			}
		}
	}
}
