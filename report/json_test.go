package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// drawnReport is a finished report with every promised table drawn.
func drawnReport(t testing.TB, seeds int) *Report {
	t.Helper()
	m := theManifest(t)
	p, err := m.Preset("quick")
	if err != nil {
		t.Fatal(err)
	}
	r := New(m, p)
	r.Items = drawAllTables(m, seeds, paperlike(m, 0.01, 11))
	if err := r.Finish(m); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReportRoundTrip(t *testing.T) {
	first, err := Encode(drawnReport(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	second, err := Encode(drawnReport(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("equal reports gave different bytes")
	}
	r, err := Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("decoding and encoding changed the bytes")
	}
	// What the file implies can be recomputed from it alone.
	Summarise(r.Items)
	claims := make([]Claim, len(r.Claims))
	for i, c := range r.Claims {
		claims[i] = c.Claim
	}
	r.Claims = Evaluate(claims, r.Families, r.Preset, r.Items, r.Published, r.labels())
	if again, err = Encode(r); err != nil || !bytes.Equal(first, again) {
		t.Errorf("%v: recomputing summaries and claims from the file changed them", err)
	}
}

func TestReportHasNoNull(t *testing.T) {
	// A list that is null in one report and [] in another would differ in bytes.
	b, err := Encode(drawnReport(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if strings.Contains(line, ": null") && !strings.Contains(line, `"value"`) && !strings.Contains(line, `"effect"`) && !strings.Contains(line, `"cells"`) {
			t.Errorf("%s", line)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for want, damage := range map[string]func(r *Report){
		`the sample of seed 1 is NaN`:                          func(r *Report) { *sampleOf(r) = math.NaN() },
		`table "table-1-linear", row "softmax", column "top1"`: func(r *Report) { *sampleOf(r) = math.Inf(1) },
		`claim "P1" has no verdict`:                            func(r *Report) { r.Claims[0].Verdict = "" },
		`status ""`:                                            func(r *Report) { r.Items[0].Status = "" },
		`exactly one of samples, text and missing`:             func(r *Report) { firstCell(r).Text = "7" },
		`cells for`:               func(r *Report) { firstTable(r).Columns = firstTable(r).Columns[1:] },
		`value "x" is not finite`: func(r *Report) { r.Items[0].Values = map[string]float64{"x": math.NaN()} },
		`schema_version is 7`:     func(r *Report) { r.SchemaVersion = 7 },
		`point 1 is not finite`: func(r *Report) {
			r.Items[0].Artifacts = []Artifact{{Figure: &Figure{ID: "f", Panels: []Panel{{Series: []Series{{Points: []Point{{X: math.NaN()}}}}}}}}}
		},
		`heat map value 1, 1`: func(r *Report) {
			v := math.Inf(-1)
			r.Items[0].Artifacts = []Artifact{{Figure: &Figure{ID: "f", Panels: []Panel{{Heat: &Heat{Values: [][]*float64{{&v}}}}}}}}
		},
	} {
		r := drawnReport(t, 2)
		damage(r)
		if _, err := Encode(r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func firstTable(r *Report) *Table { return r.Items[0].Artifacts[0].Table }
func firstCell(r *Report) *Cell   { return &firstTable(r).Rows[0].Cells[0] }
func sampleOf(r *Report) *float64 { return firstCell(r).Samples[0].Value }
func float(v float64) *float64    { return &v }
func cellOf(v ...float64) (c Cell) {
	for i, x := range v {
		c.Samples = append(c.Samples, Sample{Seed: i + 1, Value: float(x)})
	}
	return c
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(drawnReport(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, new string) string { return strings.Replace(string(good), old, new, 1) }
	for want, text := range map[string]string{
		"no schema_version":      `{}`,
		"is newer than 1":        swap(`"schema_version": 1`, `"schema_version": 2`),
		"is older than 1":        swap(`"schema_version": 1`, `"schema_version": 0`),
		`unknown field "colour"`: swap(`"manifest_digest"`, `"colour"`),
		"unexpected end":         string(good[:len(good)/2]),
		"invalid character":      string(good) + "{}",
		`verdict "fine"`:         swap(`"verdict": "inconclusive"`, `"verdict": "fine"`),
		"has no verdict":         swap(`"verdict": "inconclusive",`, ``),
		`status "" is none of`:   swap(`"status": "computed",`, ``),
		"number 1e999":           swap(`"equation": 1`, `"equation": 1e999`),
	} {
		if _, err := Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	var empty Report
	if _, err := json.Marshal(ClaimResult{}); err == nil {
		t.Error("a claim without a verdict was marshalled")
	}
	if _, err := Encode(&empty); err == nil {
		t.Error("an empty report was encoded")
	}
}

func TestSummaries(t *testing.T) {
	table := &Table{
		Columns: []Column{{ID: "up", Better: "higher"}, {ID: "down", Better: "lower"}, {ID: "plain"}},
		Rows: []Row{
			{ID: "a", Cells: []Cell{cellOf(1, 2, 3), cellOf(7, 7.5, 8), cellOf(1)}},
			{ID: "b", Cells: []Cell{cellOf(1.1, 1.9, 3.2), cellOf(1, 1.4, 2), cellOf(1, 2)}},
			{ID: "c", Cells: []Cell{cellOf(.1, 1.1, 2.2), {Missing: MissingNotRun}, cellOf(1, 2)}},
		},
	}
	diverged := cellOf(9, 9, 9)
	diverged.Samples[2] = Sample{Seed: 3, Note: MissingDiverged}
	partial := cellOf(0, 0.2, 0)
	partial.Samples[2] = Sample{Seed: 3, Note: MissingNotRun}
	table.Rows = append(table.Rows, Row{ID: "d", Cells: []Cell{diverged, partial, diverged}})
	items := []Item{{Artifacts: []Artifact{{Table: table}}}}
	for range 2 { // doing it twice changes nothing
		Summarise(items)
		if s := table.Rows[0].Cells[0].Summary; s == nil || s.N != 3 || s.Mean != 2 || s.Half == nil || math.Abs(*s.Half-2.48414) > 1e-5 {
			t.Errorf("%+v", s)
		}
		if s := table.Rows[0].Cells[2].Summary; s == nil || s.N != 1 || s.Mean != 1 || s.Half != nil {
			t.Errorf("one seed: %+v", s)
		}
		if s := table.Rows[2].Cells[1].Summary; s != nil {
			t.Errorf("missing: %+v", s)
		}
		if s := table.Rows[3].Cells[0].Summary; s != nil {
			t.Errorf("diverged: %+v", s)
		}
		if s := table.Rows[3].Cells[1].Summary; s == nil || s.N != 2 || s.Mean != .1 {
			t.Errorf("partly run: %+v", s)
		}
		var marks []string
		for _, r := range table.Rows {
			for _, c := range r.Cells {
				marks = append(marks, c.Mark)
			}
		}
		want := "tied,,;best,tied,;,,;,best,"
		got := strings.Join(marks[0:3], ",") + ";" + strings.Join(marks[3:6], ",") + ";" + strings.Join(marks[6:9], ",") + ";" + strings.Join(marks[9:12], ",")
		if got != want {
			t.Errorf("marks %q, want %q", got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	m, err := ParseManifest("small.toml", smallManifest, smallPublished)
	if err != nil {
		f.Fatal(err)
	}
	r := New(m, m.Presets[0])
	r.Items = drawAllTables(m, 2, func(c, row string, seed int) *float64 { return float(float64(len(c) * seed)) })
	if err := r.Finish(m); err != nil {
		f.Fatal(err)
	}
	good, err := Encode(r)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"schema_version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Decode(data)
		if err != nil {
			return
		}
		Summarise(r.Items)
		claims := make([]Claim, len(r.Claims))
		for i, c := range r.Claims {
			claims[i] = c.Claim
		}
		r.Claims = Evaluate(claims, r.Families, r.Preset, r.Items, r.Published, r.labels())
		if _, err := Encode(r); err != nil && !strings.Contains(err.Error(), "finite") {
			t.Fatal(err)
		}
	})
}
