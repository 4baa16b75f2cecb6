package report

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"
)

// grid is a table "t" by column and row, one value per seed.
type testGrid map[string]map[string][]float64

// items draws the grid as a report does.
func (g testGrid) items() []Item {
	table := &Table{ID: "t"}
	rows := map[string]bool{}
	for _, column := range sortedKeys(g) {
		table.Columns = append(table.Columns, Column{ID: column})
		for row := range g[column] {
			rows[row] = true
		}
	}
	for _, row := range sortedKeys(rows) {
		r := Row{ID: row}
		for _, c := range table.Columns {
			var cell Cell
			for i, v := range g[c.ID][row] {
				cell.Samples = append(cell.Samples, Sample{Seed: i + 1, Value: &v})
			}
			if len(cell.Samples) == 0 {
				cell.Missing = "not measured here"
			}
			r.Cells = append(r.Cells, cell)
		}
		table.Rows = append(table.Rows, r)
	}
	return []Item{{ItemSpec: ItemSpec{ID: "table-t"}, Status: Computed, Artifacts: []Artifact{{Table: table}}}}
}

func (g testGrid) judge(p Predicate) ClaimResult {
	c := Claim{ID: "C", Family: "f", Predicate: p}
	return Evaluate([]Claim{c}, []Family{{ID: "f", Alpha: 0.05}}, Preset{ID: "p", Judges: true}, g.items(), nil, nil)[0]
}

// printed evaluates the predicate on the means, as if the paper had printed them.
func (g testGrid) printed(p Predicate) *Outcome {
	t := PublishedTable{ID: "t"}
	items := g.items()
	Summarise(items)
	table := items[0].Artifacts[0].Table
	for _, c := range table.Columns {
		t.Columns = append(t.Columns, c.ID)
	}
	for _, r := range table.Rows {
		row := PublishedRow{ID: r.ID}
		for _, c := range r.Cells {
			var cell PublishedCell
			if c.Summary != nil {
				cell.Value = &Published{Value: c.Summary.Mean, Decimals: 3}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	p.PaperColumns, p.PaperRows, p.PaperThan = p.Columns, p.Rows, p.Than
	return p.outcome([]PublishedTable{t}, nil, p.PaperColumns)
}

// draw gives every cell its mean with noise for each seed: half of the variance is
// the seed's, as objectives of one seed share their initial weights.
func draw(rng *rand.Rand, means map[string]map[string]float64, noise float64, seeds int) testGrid {
	shared := make([]float64, seeds)
	for i := range shared {
		shared[i] = rng.NormFloat64()
	}
	g := testGrid{}
	for _, column := range sortedKeys(means) {
		g[column] = map[string][]float64{}
		for _, row := range sortedKeys(means[column]) {
			for i := range seeds {
				g[column][row] = append(g[column][row], means[column][row]+noise*(0.7*shared[i]+0.7*rng.NormFloat64()))
			}
		}
	}
	return g
}

// kindCase is a predicate with means that make it clearly true, clearly false, and
// just not true, where a test errs most.
type kindCase struct {
	predicate                  Predicate
	isTrue, isFalse, justFalse map[string]map[string]float64
}

func cells(text string) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	for _, column := range strings.Split(text, ";") {
		name, rows, _ := strings.Cut(strings.TrimSpace(column), ":")
		out[name] = map[string]float64{}
		for i, v := range strings.Fields(rows) {
			var x float64
			if _, err := fmt.Sscanf(v, "%g", &x); err != nil {
				panic(err)
			}
			out[name][string(rune('a'+i))] = x
		}
	}
	return out
}

func x(columns ...string) []string {
	for i := range columns {
		columns[i] = "t." + columns[i]
	}
	return columns
}

func kindCases() map[string]kindCase {
	abc, abcd := []string{"a", "b", "c"}, []string{"a", "b", "c", "d"}
	return map[string]kindCase{
		"greater": {Predicate{Kind: "greater", Columns: x("x"), Rows: []string{"a"}, Than: []string{"b", "c"}},
			cells("x: 9 5 1"), cells("x: 1 5 9"), cells("x: 5 5 -9")},
		"best": {Predicate{Kind: "best", Columns: x("x", "y"), Rows: []string{"a"}, Than: []string{"b", "c"}, Margin: 2, Reason: "r"},
			cells("x: 9 9 1; y: 8 9 1"), cells("x: 1 9 1; y: 1 9 1"), cells("x: 7 9 -9; y: 90 0 0")},
		"best of most": {Predicate{Kind: "best", Columns: x("x", "y", "z"), Rows: []string{"a"}, Than: []string{"b"}, Majority: true},
			cells("x: 9 1; y: 9 1; z: 1 9"), cells("x: 1 9; y: 1 9; z: 1 9"), cells("x: 90 1; y: 5 5; z: -90 1")},
		"equivalent": {Predicate{Kind: "equivalent", Columns: x("x"), Rows: abc, Margin: 4, Reason: "r"},
			cells("x: 5 5.1 4.9"), cells("x: 1 9 15"), cells("x: 5 9 7")},
		"equivalent to one": {Predicate{Kind: "equivalent", Columns: x("x"), Rows: []string{"a"}, Than: []string{"b", "c"}, Margin: 4, Reason: "r"},
			cells("x: 5 5.1 4.9"), cells("x: 1 9 -9"), cells("x: 5 9 5")},
		"parallel": {Predicate{Kind: "parallel", Columns: x("x", "y"), Rows: abc, Margin: 4, Reason: "r"},
			cells("x: 1 5 9; y: 3 7 11"), cells("x: 1 5 9; y: 3 27 51"), cells("x: 1 5 9; y: 3 11 13")},
		"above": {Predicate{Kind: "threshold", Columns: x("x", "y"), Rows: []string{"a"}, Sense: "above", Bound: 5, Reason: "r"},
			cells("x: 9; y: 8"), cells("x: 1; y: 8"), cells("x: 5; y: 90")},
		"below": {Predicate{Kind: "threshold", Columns: x("x"), Rows: []string{"a", "b"}, Sense: "below", Bound: 5, Reason: "r"},
			cells("x: 1 2"), cells("x: 9 1"), cells("x: 5 -90")},
		"fraction of rows": {Predicate{Kind: "fraction", Columns: x("x"), Rows: []string{"a"}, Than: []string{"b"}, Factor: 0.5, Reason: "r"},
			cells("x: 10 50"), cells("x: 40 50"), cells("x: 25 50")},
		"fraction of columns": {Predicate{Kind: "fraction", Columns: x("x", "y"), Rows: []string{"a", "b"}, Factor: 0.5, Reason: "r"},
			cells("x: 10 10; y: 50 60"), cells("x: 40 10; y: 50 60"), cells("x: 25 -90; y: 50 60")},
		"spread": {Predicate{Kind: "spread", Columns: x("x", "y"), Rows: abc, Than: []string{"a", "c"}, Factor: 0.5, Reason: "r"},
			cells("x: 1 2 3; y: 90 60 30"), cells("x: 1 20 60; y: 90 60 30"), cells("x: 30 0 15; y: 90 60 30")},
		"shift": {Predicate{Kind: "shift", Columns: x("x", "y"), Rows: abc, Factor: 0.5, Reason: "r"},
			cells("x: 11 41 70; y: 10 40 71"), cells("x: 10 90 70; y: 10 40 71"), cells("x: 25 40 900; y: 10 40 900")},
		"peaks": {Predicate{Kind: "peaks", Columns: x("x", "y"), Rows: abc, Sense: "largest"},
			cells("x: 90 10 1; y: 10 90 1"), cells("x: 90 10 1; y: 90 10 1"), cells("x: 90 10 1; y: 50 50 1")},
		"peaks of the smallest": {Predicate{Kind: "peaks", Columns: x("x", "y"), Rows: abc, Sense: "smallest"},
			cells("x: 90 10 1; y: 10 90 1"), cells("x: 90 10 1; y: 9 10 90"), cells("x: 90 10 1; y: -90 50 50")},
		"unbeaten": {Predicate{Kind: "unbeaten", Columns: x("x", "y"), Rows: []string{"b", "c"}, Than: []string{"a"}, Margin: 2, Reason: "r"},
			cells("x: 1 5 9; y: 7 9 5"), cells("x: 1 5 9; y: 7 15 5"), cells("x: 7 7 7; y: 7 9 -90")},
		"unbeaten by the row": {Predicate{Kind: "unbeaten", Columns: x("x", "y"), Rows: []string{"b"}, Than: []string{"a"}},
			cells("x: 1 5; y: 9 8"), cells("x: 1 5; y: 2 8"), cells("x: 7 -90; y: 7 7")},
		"cluster": {Predicate{Kind: "cluster", Columns: x("a", "b", "c", "d"), Rows: abcd, Groups: [][]string{{"a", "b"}, {"c", "d"}}},
			cells("a: 0 9 1 1; b: 9 0 1 1; c: 1 1 0 9; d: 1 1 9 0"), cells("a: 0 1 9 9; b: 1 0 9 9; c: 9 9 0 1; d: 9 9 1 0"), cells("a: 0 1 1 1; b: 1 0 1 1; c: 1 1 0 90; d: 1 1 90 0")},
		"cluster of the diagonal": {Predicate{Kind: "cluster", Columns: x("a", "b"), Rows: []string{"a", "b"}, Groups: [][]string{{"a"}, {"b"}}},
			cells("a: 9 1; b: 1 9"), cells("a: 1 9; b: 9 1"), cells("a: 1 1; b: 1 90")},
		"order": {Predicate{Kind: "order", Columns: x("x"), Rows: abcd, Sense: "increasing"},
			cells("x: 1 9 17 25"), cells("x: 25 17 9 1"), cells("x: 5 5 5 5")},
		"identity": {Predicate{Kind: "identity", Columns: x("x", "y"), Rows: []string{"a", "b"}, Margin: 1, Reason: "r"},
			cells("x: 5 9; y: 5 9"), cells("x: 5 9; y: 7 9"), cells("x: 5 9; y: 90 9")},
		"correlation": {Predicate{Kind: "correlation", Columns: x("x", "y"), Rows: []string{"a", "b", "c", "d", "e", "f"}, Sense: "negative"},
			cells("x: 1 9 17 25 33 41; y: 50 40 30 20 10 0"), cells("x: 1 9 17 25 33 41; y: 0 10 20 30 40 50"), cells("x: 5 5 5 5 5 5; y: 5 5 5 5 5 5")},
	}
}

func TestEveryKindDecides(t *testing.T) {
	kindsSeen := map[string]bool{}
	for name, c := range kindCases() {
		kindsSeen[c.predicate.Kind] = true
		rng := rand.New(rand.NewSource(11))
		yes, no := draw(rng, c.isTrue, .05, 4), draw(rng, c.isFalse, .05, 4)
		if r := yes.judge(c.predicate); r.Verdict != Reproduced || r.Evidence.N != 4 || len(r.Evidence.Parts) == 0 {
			t.Errorf("%s: true, but %q: %s", name, r.Verdict, r.Evidence.Text)
		}
		if r := no.judge(c.predicate); r.Verdict != NotReproduced {
			t.Errorf("%s: false, but %q: %s", name, r.Verdict, r.Evidence.Text)
		}
		if o := yes.printed(c.predicate); o == nil || !o.Holds || o.Text == "" {
			t.Errorf("%s: true as printed, but %+v", name, o)
		}
		if o := no.printed(c.predicate); o == nil || o.Holds || o.Text == "" {
			t.Errorf("%s: false as printed, but %+v", name, o)
		}
		if c.predicate.Kind == "identity" { // no matter of chance
			continue
		}
		// One seed, or seeds that do not differ, are no evidence of anything.
		for _, g := range []testGrid{draw(rng, c.isTrue, .05, 1), draw(rng, c.isTrue, 0, 4)} {
			r := g.judge(c.predicate)
			if r.Verdict == NotReproduced || r.Verdict == Reproduced && c.predicate.Kind != "order" && c.predicate.Kind != "correlation" {
				t.Errorf("%s: %q without spread", name, r.Verdict)
			}
		}
	}
	for _, kind := range Kinds() {
		if !kindsSeen[kind] {
			t.Errorf("no case of kind %q", kind)
		}
	}
}

// TestErrorRateOfEveryKind draws each kind where it is just not true and counts how
// often it is called reproduced: alone, and as a family.
func TestErrorRateOfEveryKind(t *testing.T) {
	cases := kindCases()
	names := sortedKeys(cases)
	const draws = 400
	// 5% of 400 is 20; the 99.9% bound of that binomial is 34.
	const most = 34
	rng := rand.New(rand.NewSource(12))
	alone := map[string]int{}
	families := 0
	for range draws {
		// Each claim has a table of its own.
		var claims []Claim
		var items []Item
		for _, name := range names {
			c := cases[name]
			drawn := draw(rng, c.justFalse, 1, 4).items()[0]
			id := strings.ReplaceAll(name, " ", "-")
			drawn.ID, drawn.Artifacts[0].Table.ID = "table-"+id, id
			items = append(items, drawn)
			p := c.predicate
			p.Columns = nil
			for _, column := range c.predicate.Columns {
				p.Columns = append(p.Columns, id+strings.TrimPrefix(column, "t"))
			}
			claims = append(claims, Claim{ID: name, Family: "f", Predicate: p})
		}
		wrong := false
		for _, r := range Evaluate(claims, []Family{{ID: "f", Alpha: 0.05}}, Preset{Judges: true}, items, nil, nil) {
			wrong = wrong || r.Verdict == Reproduced
			if r.Kind != "identity" && *r.Evidence.P < 0.05 { // before Holm; 1 where a part is the other way round
				alone[r.ID]++
			}
		}
		if wrong {
			families++
		}
	}
	t.Logf("of %d draws: %v alone, %d families", draws, alone, families)
	for name, n := range alone {
		if n > most {
			t.Errorf("%s: true in %d of %d draws in which it is not", name, n, draws)
		}
	}
	if families > most {
		t.Errorf("%d of %d families without a true claim have one called reproduced", families, draws)
	}
}

// TestPowerIsAsStated: the number of seeds that would decide a claim finds an effect
// of that size about as often as it says.
func TestPowerIsAsStated(t *testing.T) {
	rng := rand.New(rand.NewSource(13))
	p := kindCases()["greater"].predicate
	p.Than = []string{"b"}
	var small testGrid
	for range 100 { // one that is undecided with three seeds
		small = draw(rng, cells("x: 1.5 0"), 1, 3)
		if r := small.judge(p); r.Evidence.Seeds > 3 && r.Evidence.Seeds < 40 {
			break
		}
	}
	r := small.judge(p)
	n, effect := r.Evidence.Seeds, *r.Evidence.Parts[0].Effect
	if n == 0 {
		t.Fatalf("%+v", r)
	}
	a, b := small["x"]["a"], small["x"]["b"]
	var d, mean, sd float64
	for i := range a {
		mean += (a[i] - b[i]) / float64(len(a))
	}
	for i := range a {
		d = a[i] - b[i] - mean
		sd += d * d / float64(len(a)-1)
	}
	found, draws := 0, 600
	for range draws {
		g := testGrid{"x": {"a": nil, "b": nil}}
		for range n {
			g["x"]["b"] = append(g["x"]["b"], 0)
			g["x"]["a"] = append(g["x"]["a"], effect+math.Sqrt(sd)*rng.NormFloat64())
		}
		if g.judge(p).Verdict == Reproduced {
			found++
		}
	}
	if share := float64(found) / float64(draws); share < 0.75 || share > 0.95 {
		t.Errorf("%d seeds, said to have 80%% power, find the effect in %.0f%% of the draws", n, 100*share)
	}
}

// TestKindsKeepTheRules: replication never weakens a verdict, order of rows and
// samples changes nothing, and a missing cell decides nothing.
func TestKindsKeepTheRules(t *testing.T) {
	for name, c := range kindCases() {
		rng := rand.New(rand.NewSource(14))
		seen := map[Verdict]int{}
		for i := range 30 {
			means := []map[string]map[string]float64{c.isTrue, c.isFalse, c.justFalse}[i%3]
			noise := []float64{.1, 1, 4}[rng.Intn(3)]
			g := draw(rng, means, noise, 2+rng.Intn(4))
			before := g.judge(c.predicate)
			seen[before.Verdict]++
			twice := testGrid{}
			for column, rows := range g {
				twice[column] = map[string][]float64{}
				for row, v := range rows {
					twice[column][row] = append(append(append([]float64(nil), v...), v...), v...)
				}
			}
			if after := twice.judge(c.predicate); weaker(before.Verdict, after.Verdict) {
				t.Fatalf("%s: %q became %q after replication of %v", name, before.Verdict, after.Verdict, g)
			}
			items := g.items()
			rows := items[0].Artifacts[0].Table.Rows
			rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			for _, r := range rows {
				for _, cell := range r.Cells {
					rng.Shuffle(len(cell.Samples), func(i, j int) { cell.Samples[i], cell.Samples[j] = cell.Samples[j], cell.Samples[i] })
				}
			}
			claim := Claim{ID: "C", Family: "f", Predicate: c.predicate}
			evaluate := func(items []Item) ClaimResult {
				return Evaluate([]Claim{claim}, []Family{{ID: "f", Alpha: 0.05}}, Preset{ID: "p", Judges: true}, items, nil, nil)[0]
			}
			if got := evaluate(items); !reflect.DeepEqual(jsonOf(t, got), jsonOf(t, before)) {
				t.Fatalf("%s: the order of rows or samples changed the evidence", name)
			}
			column := c.predicate.Columns[rng.Intn(len(c.predicate.Columns))]
			row := c.predicate.Rows[rng.Intn(len(c.predicate.Rows))]
			if k, ok := kinds[c.predicate.Kind].(selective); ok && k.ignores(c.predicate, column, row) {
				continue
			}
			cell := items[0].Artifacts[0].Table.find(row, strings.TrimPrefix(column, "t."))
			cell.Samples[0].Value, cell.Samples[0].Note = nil, MissingDiverged
			if got := evaluate(items); got.Verdict != Inconclusive {
				t.Fatalf("%s: %q although %s of %s diverged", name, got.Verdict, column, row)
			}
		}
		if seen[Reproduced] == 0 || seen[NotReproduced] == 0 || len(seen) < 3 && c.predicate.Kind != "identity" {
			t.Errorf("%s: the samples gave only %v", name, seen)
		}
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestOppositeOfKindsFlips: what is reproduced is not reproduced when the claim is
// turned round.
func TestOppositeOfKindsFlips(t *testing.T) {
	turned := map[string]func(*Predicate){
		"greater":          func(p *Predicate) { p.Rows, p.Than = p.Than, p.Rows },
		"above":            func(p *Predicate) { p.Sense = "below" },
		"below":            func(p *Predicate) { p.Sense = "above" },
		"order":            func(p *Predicate) { p.Sense = "decreasing" },
		"correlation":      func(p *Predicate) { p.Sense = "positive" },
		"fraction of rows": func(p *Predicate) { p.Rows, p.Than, p.Factor = p.Than, p.Rows, 2 },
		"cluster":          func(p *Predicate) { p.Groups = [][]string{{"a", "c"}, {"b", "d"}} },
		"best of most":     func(p *Predicate) { p.Rows, p.Than = p.Than, p.Rows },
	}
	cases := kindCases()
	for name, turn := range turned {
		c := cases[name]
		g := draw(rand.New(rand.NewSource(15)), c.isTrue, .05, 4)
		p := c.predicate
		turn(&p)
		if r := g.judge(p); r.Verdict != NotReproduced {
			t.Errorf("%s turned round: %q, %s", name, r.Verdict, r.Evidence.Text)
		}
	}
}

func TestPartsOfAClaimAllHaveToHold(t *testing.T) {
	cases := kindCases()
	rng := rand.New(rand.NewSource(16))
	g := draw(rng, cells("x: 9 5 1; y: 5 5.1 4.9"), .02, 4)
	holds := cases["greater"].predicate
	near := cases["equivalent"].predicate
	far := near
	near.Columns, far.Columns = x("y"), x("x")
	far.Margin = 1
	both := func(parts ...Predicate) ClaimResult {
		c := Claim{ID: "C", Family: "f", All: parts}
		return Evaluate([]Claim{c}, []Family{{ID: "f", Alpha: 0.05}}, Preset{ID: "p", Judges: true}, g.items(), nil, nil)[0]
	}
	if r := both(holds, near); r.Verdict != Reproduced || len(r.Evidence.Parts) != 5 || !strings.Contains(r.Evidence.Text, "; ") {
		t.Errorf("%q %+v", r.Verdict, r.Evidence)
	}
	if r := both(holds, far); r.Verdict != NotReproduced {
		t.Errorf("%q %+v", r.Verdict, r.Evidence)
	}
	missing := near
	missing.Columns = x("z")
	if r := both(holds, missing); r.Verdict != NotRun {
		t.Errorf("%q %+v", r.Verdict, r.Evidence)
	}
}

func TestPendingClaimsAreNotRunWithTheirReason(t *testing.T) {
	c := Claim{ID: "C", Family: "f", Pending: "nothing draws it yet"}
	r := Evaluate([]Claim{c}, []Family{{ID: "f", Alpha: 0.05}}, Preset{Judges: true}, nil, nil, nil)[0]
	if r.Verdict != NotRun || r.Evidence.Text != "Nothing draws it yet." {
		t.Errorf("%q %q", r.Verdict, r.Evidence.Text)
	}
}

func TestSentencesUseLabelsAndMinusSigns(t *testing.T) {
	g := draw(rand.New(rand.NewSource(17)), cells("x: 1 5 9; y: 2 3 4"), .05, 4)
	p := kindCases()["greater"].predicate
	p.Columns = x("x", "y")
	c := Claim{ID: "C", Family: "f", Predicate: p}
	labels := Labels{"a": "Softmax", "b": "Label smoothing", "c": "Squared error", "t.x": "Greek"}
	r := Evaluate([]Claim{c}, []Family{{ID: "f", Alpha: 0.05}}, Preset{Judges: true}, g.items(), nil, labels)[0]
	if want := "0 of 4 comparisons point the claimed way; the smallest difference is Softmax − Squared error, Greek = −7.99. "; !strings.HasPrefix(r.Evidence.Text, want) {
		t.Errorf("%q", r.Evidence.Text)
	}
	for v, want := range map[float64]string{0: "0", -0.2: "−0.2", 86.4126: "86.4", 12345: "12345", 1e-7: "10⁻⁷", -0.00123: "−0.00123", 1e300: "10³⁰⁰", -3e-5: "−3×10⁻⁵"} {
		if got := number3(v); got != want {
			t.Errorf("%g: %q, want %q", v, got, want)
		}
	}
}

func TestChoicesAreShownWithTheirReasons(t *testing.T) {
	c := Claim{Note: "as the paper has it", Predicate: Predicate{Kind: "best", Margin: 0.5, Reason: "half a point is little."}}
	if got, want := c.remarks(), "As the paper has it. The margin is 0.5: half a point is little."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := (&Claim{Note: "P. 3"}).remarks(); got != "P. 3." {
		t.Errorf("%q", got)
	}
}

// Columns of one label are told apart by their groups.
func TestColumnNames(t *testing.T) {
	table := Table{Columns: []Column{{Label: "Top-1", Group: "Standard"}, {Label: "Top-1", Group: "Mixup"}, {Label: "R²", Group: "Mixup"}}}
	for j, want := range []string{"Top-1, Standard", "Top-1, Mixup", "R²"} {
		if got := table.columnName(j); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
