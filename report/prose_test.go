package report

import (
	"os"
	"strings"
	"testing"

	"lossxfer-report/templates"
)

func TestLookUp(t *testing.T) {
	r := sampleReport(t)
	sweep := &Table{ID: "table-x-sweep", Columns: []Column{{ID: "R2", Decimals: 2}}, Rows: []Row{{ID: "0.05", Cells: []Cell{sampleCell(.634, .01, nil)}}}}
	r.Items = append(r.Items, Item{
		ItemSpec: ItemSpec{ID: "table-x", Tables: []TableSpec{{ID: "table-y"}}}, Status: Computed,
		Artifacts: []Artifact{{Table: sweep}},
	})
	for name, want := range map[string]string{
		"table-3.softmax.R2":             "0.776",
		"table-3.softmax.R2.half":        "0.010",
		"table-3.softmax.R2.n":           "3",
		"table-3.softmax.R2.published":   "0.349",
		"table-3.spearman":               "−0.82",
		"table-x-sweep.0.05.R2":          "0.63",
		"table-1-linear.dropout.digits":  "diverged",
		"claim.P6.verdict":               "reproduced",
		"preset.seeds":                   "3",
		"table-2.anything.at.all":        notYet, // not built yet
		"figure-3.share":                 notYet, // incomplete
		"table-2-part.softmax.digits":    notYet, // not built yet, and nothing is said of its tables
		"table-1-linear.softmax.digits":  "65.8",
		"table-1-linear.softmax.mean":    "63.8",
		"table-1-knn.squared_error.mean": "58.2",
	} {
		if got, err := lookUp(r, name); err != nil || got != want {
			t.Errorf("{{%s}} = %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{
		"", "x", "table-9.softmax.R2", "table-3-part.softmax.R2", "table-3.softmax", "table-3.softmax.r2", "table-3.nobody.R2",
		"table-3.softmax.R2.published.x", "claim.P99.verdict", "claim.P6.text", "preset.x", "table-y.softmax.top1",
	} {
		if got, err := lookUp(r, name); err == nil {
			t.Errorf("{{%s}} = %q: a name that means nothing has to be an error", name, got)
		}
	}
}

func TestMissingNumberNamesFile(t *testing.T) {
	_, err := fillIn(sampleReport(t), "R² is {{ table-3.softmax.R3 }}.", "templates/prose/table-3.md")
	if err == nil || !strings.Contains(err.Error(), "templates/prose/table-3.md") || !strings.Contains(err.Error(), "table-3.softmax.R3") {
		t.Errorf("got %v", err)
	}
}

func TestFillInEscapes(t *testing.T) {
	r := sampleReport(t)
	r.Items[0].Artifacts[0].Table.Rows[0].Cells[0] = Cell{Missing: "<b>*x*"}
	got, err := fillIn(r, "It is {{table-1-linear.softmax.top1}}.", "x")
	if want := `It is \<b\>\*x\*.`; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	// The per cent sign is a number's.
	if got, err := fillIn(r, "{{table-3.softmax.R2}}% or {{table-1-linear.dropout.digits}}%.", "x"); err != nil || got != "0.776% or diverged." {
		t.Errorf("got %q, %v", got, err)
	}
	html, err := markdownHTML(got + ` <script>x</script> [y](javascript:z)`)
	if err != nil || strings.Contains(string(html), "<script") || strings.Contains(string(html), "javascript:") || strings.Contains(string(html), "<b>") {
		t.Errorf("prose lets markup through: %s, %v", html, err)
	}
}

// TestProseOfTheProgram fills in all prose before anything has run: each file is of an item
// of the manifest, and each number it names is one that the manifest promises.
func TestProseOfTheProgram(t *testing.T) {
	m, err := LoadManifest(os.DirFS(".."), "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{}
	known := map[string]bool{"introduction": true, "method": true}
	for _, spec := range m.Items {
		r.Items = append(r.Items, Item{ItemSpec: spec, Status: Incomplete})
		known[spec.ID] = true
	}
	for _, c := range m.Claims {
		r.Claims = append(r.Claims, ClaimResult{Claim: c, Verdict: NotRun})
	}
	ids := templates.ProseIDs()
	if len(ids) < 3 {
		t.Errorf("prose: %q", ids)
	}
	for _, id := range ids {
		if !known[id] {
			t.Errorf("templates/prose/%s.md is of no item", id)
		}
		if text, err := proseOf(r, id); err != nil || text == "" {
			t.Errorf("%s: %q, %v", id, text, err)
		}
	}
	if _, err := fillIn(r, "{{table-3.sofmax.R2}}", "x"); err == nil {
		t.Error("a misspelt row passes while the table is not computed")
	}
}

// TestProseOfPresets: words that a preset has of its own are about items and cells that
// it has, and no other preset is given them.
func TestProseOfPresets(t *testing.T) {
	m := theManifest(t)
	own := 0
	for _, p := range m.Presets {
		at, err := m.At(p.ID)
		if err != nil {
			t.Fatal(err)
		}
		r := New(at, p)
		for _, spec := range at.Items {
			r.Items = append(r.Items, Item{ItemSpec: spec, Status: Incomplete})
		}
		for _, spec := range at.Items {
			if _, _, ok := templates.Prose(p.ID + "/" + spec.ID); ok {
				own++
			}
			if _, err := itemProse(r, &r.Items[0]); err != nil {
				t.Error(err)
			}
			if _, err := proseOf(r, spec.ID); err != nil && p.Without[spec.ID] == "" {
				t.Errorf("preset %s: %v", p.ID, err)
			}
		}
	}
	if own != 9 { // three of cifar, six of paper
		t.Errorf("%d items have words of a preset's own", own)
	}
}

// A number that a computed item could not give reads as its reason; a name that the item
// knows nothing of is still an error.
func TestProseSaysWhyANumberIsAbsent(t *testing.T) {
	r := &Report{Items: []Item{{ItemSpec: ItemSpec{ID: "figure-5"}, Status: Computed, Absent: map[string]string{"rho": "a point is missing"}}}}
	if got, err := fillIn(r, "ρ = {{figure-5.rho}}", "x.md"); err != nil || got != "ρ = (no value: a point is missing)" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := fillIn(r, "{{figure-5.roh}}", "x.md"); err == nil {
		t.Error("a wrong name is no error")
	}
}
