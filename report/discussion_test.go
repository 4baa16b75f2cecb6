package report

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// discussing is the sample with discussions as they would come from a manifest.
func discussing(t testing.TB, all ...Discussion) *Report {
	t.Helper()
	r := sampleReport(t)
	r.Discussions = all
	if err := r.discuss(); err != nil {
		t.Fatal(err)
	}
	return r
}

func discussionOf(r *Report, id string) string {
	for _, c := range r.Claims {
		if c.ID == id {
			return c.Discussion
		}
	}
	return ""
}

func TestDiscussionIsShownForItsVerdictOnly(t *testing.T) {
	r := discussing(t,
		Discussion{Claims: []string{"P10"}, Verdict: NotReproduced, Text: "Softmax has\n{{table-3.softmax.R2}}."},
		Discussion{Claims: []string{"P6"}, Verdict: Inconclusive, Text: "Nobody knows."},
		Discussion{Claims: []string{"P1", "P12"}, Verdict: DirectionOnly, Text: "Both lean."},
		Discussion{Claims: []string{"P14"}, Verdict: Inconclusive, Text: "It will run."},
		Discussion{Claims: []string{"P40"}, Verdict: Reproduced, Text: "Later: {{figure-3.share}}."},
	)
	for id, want := range map[string]string{"P10": "Softmax has 0.776.", "P6": "", "P1": "", "P12": "", "P14": "", "P40": ""} {
		if got := discussionOf(r, id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	want := "P6 is reproduced; its discussion was written for inconclusive\nP12 is inconclusive; its discussion was written for direction only"
	if got := strings.Join(r.Stale(), "\n"); got != want {
		t.Errorf("stale:\n%s\nwant\n%s", got, want)
	}
	r.Discussions = append(r.Discussions, Discussion{Claims: []string{"P6"}, Verdict: Reproduced, Text: "It does."})
	if err := r.discuss(); err != nil || discussionOf(r, "P6") != "It does." || len(r.Stale()) != 1 {
		t.Errorf("the text for another verdict: %v, %q, %q", err, discussionOf(r, "P6"), r.Stale())
	}
}

func TestDiscussionOfAWrongNumber(t *testing.T) {
	r := sampleReport(t)
	r.Discussions = []Discussion{{Claims: []string{"P10"}, Verdict: NotReproduced, Text: "It is {{table-3.softmax.R3}}."}}
	if err := r.discuss(); err == nil || !strings.Contains(err.Error(), "the discussion of P10") || !strings.Contains(err.Error(), "table-3.softmax.R3") {
		t.Errorf("got %v", err)
	}
	// What is not shown is not looked up: its verdict may rest on tables that are gone.
	r.Discussions[0].Verdict = Reproduced
	if err := r.discuss(); err != nil {
		t.Error(err)
	}
}

// A text that stands with two claims is on the board once and at the items once, and so it
// is in Markdown.
func TestDiscussionOnThePage(t *testing.T) {
	r := discussing(t,
		Discussion{Claims: []string{"P10"}, Verdict: NotReproduced, Text: "A *first* text."},
		Discussion{Claims: []string{"P6", "P40"}, Verdict: Reproduced, Text: "A common text."},
	)
	out := render(t, r)
	for text, want := range map[string]int{
		"A <em>first</em> text.": 2, "A common text.": 2, `<a href="#claim-p6">Discussed with P6</a>`: 2,
		`<div class="discussion"><b>Discussion.</b> <p>A <em>first</em> text.</p>`: 1,
	} {
		if n := strings.Count(string(withoutData(out.HTML)), text); n != want {
			t.Errorf("the page has %d times %s, want %d", n, text, want)
		}
	}
	for _, text := range []string{"*Discussion:* A *first* text.\n", "*Discussion:* A common text.\n"} {
		if n := strings.Count(string(out.Markdown), text); n != 1 {
			t.Errorf("report.md has %d times %q", n, text)
		}
	}
}

// withoutData cuts report.json and what else is packed off a page.
func withoutData(page []byte) []byte {
	text := string(page)
	return []byte(text[:strings.Index(text, "</main>")])
}

// linked is Markdown's link or image to an address, or HTML after the word Discussion.
var linked = regexp.MustCompile(`[^\\]\]\((http:|javascript:)|\*Discussion:\* [<#]`)

// A report may come from anyone: what a manifest could not have is shown as it is written.
func TestHostileDiscussion(t *testing.T) {
	plain := discussing(t, Discussion{Claims: []string{"P10"}, Verdict: NotReproduced, Text: "Plain."})
	for _, text := range []string{hostileText, "![x](http://example.org/x.png)", "# A heading", "- [a](http://b) <b>", "1. x", "a\n\n---\n\n<!--", "`x` | y"} {
		bad := discussing(t, plain.Discussions...)
		for i := range bad.Claims {
			if bad.Claims[i].Discussion != "" {
				bad.Claims[i].Discussion = text
			}
		}
		want, got := string(withoutData(render(t, plain).HTML)), string(withoutData(render(t, bad).HTML))
		for _, tag := range []string{"<script", "<img", "<a ", "<h1", "<ul", "<ol", "<hr", "<b>", "<!--", "<code"} {
			if a, b := strings.Count(want, tag), strings.Count(got, tag); a != b {
				t.Errorf("%q: %s stands %d times, not %d", text, tag, b, a)
			}
		}
		if md := render(t, bad).Markdown; linked.Match(md) {
			t.Errorf("%q reaches report.md", text)
		}
	}
}

func TestVerifyComparesDiscussions(t *testing.T) {
	r, _ := verifiable(t)
	var claim string
	for _, c := range r.Claims {
		if c.Verdict == Inconclusive {
			claim = c.ID
		}
	}
	r.Discussions = []Discussion{{Claims: []string{claim}, Presets: []string{"quick"}, Verdict: Inconclusive, Text: "R² is {{table-3.softmax.R2}}."}}
	if err := r.recompute(); err != nil {
		t.Fatal(err)
	}
	check := func() string {
		data, err := Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Verify(data)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, f := range v.Findings {
			all = append(all, f.String())
		}
		return strings.Join(all, "; ")
	}
	if got := check(); got != "" {
		t.Error(got)
	}
	for i := range r.Claims {
		r.Claims[i].Discussion = strings.Replace(r.Claims[i].Discussion, "0.776", "0.976", 1)
	}
	if got := check(); !strings.Contains(got, "claim "+claim+", discussion") || !strings.Contains(got, "0.976") {
		t.Errorf("a changed number gives %q", got)
	}
}

func TestBadDiscussions(t *testing.T) {
	good := programText(t)
	for _, c := range []struct{ entry, want string }{
		{`claims = []`, `claims is empty; name at least one claim`},
		{`claims = ["P99"]`, `unknown claim "P99"; `},
		{`claims = ["P20", "P20"]`, `"P20" is in the list twice`},
		{`presets = ["standrad"]`, `unknown preset "standrad"; did you mean "standard"?`},
		{`presets = []`, `presets is empty; name at least one preset`},
		{`verdict = "not reproducd"`, `unknown verdict "not reproducd"; did you mean "not reproduced"?`},
		{`verdict = "not run"`, `unknown verdict "not run"; `},
		{`verdict = 3`, `verdict is 3; write a string`},
		{`text = " "`, `text is empty; say what you make of the verdict`},
		{`text = "a [link](x)"`, `text has the character '['; write one paragraph of plain sentences`},
		{`text = "a\n\nb"`, `text has an empty line`},
		{`text = "- a"`, `text has the character '-' at its start`},
		{`text = "{{table-3.sofmax.R2}}"`, `the manifest promises table-3 no row "sofmax" with a column "R2"; write the name of a cell, a value or a claim`},
		{`text = "{{claim.P20.colour}}"`, `a claim has no "colour"; there are verdict,`},
		{`text = "{{rank table-3.R2 table-1-knn.man}}"`, `the manifest promises table-1-knn no column "man"`},
		{`txet = "a"`, `unknown key "txet"; did you mean "text"?`},
	} {
		key, _, _ := strings.Cut(c.entry, " ")
		entry := "\n[[discussion]]\n"
		if key == "txet" {
			key = "text"
		}
		for _, line := range []string{`claims = ["P20"]`, `presets = ["quick"]`, `verdict = "inconclusive"`, `text = "We suppose."`} {
			if strings.HasPrefix(line, key+" ") {
				line = c.entry
			}
			entry += line + "\n"
		}
		bad := good + entry
		line := 1 + strings.Count(bad[:strings.LastIndex(bad, c.entry)], "\n")
		_, err := ParseManifest("paper.toml", bad, os.DirFS("../published"))
		me, ok := err.(*ManifestError)
		if !ok || me.Line != line || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want line %d, %s", c.entry, err, line, c.want)
		}
	}
	twice := good + strings.Repeat("\n[[discussion]]\nclaims = [\"P20\"]\npresets = [\"quick\"]\nverdict = \"inconclusive\"\ntext = \"a\"\n", 2)
	if _, err := ParseManifest("paper.toml", twice, os.DirFS("../published")); err == nil || !strings.Contains(err.Error(), "P20 at quick: inconclusive is discussed already on line") {
		t.Errorf("two discussions of one verdict: %v", err)
	}
}

func TestLookUpOfClaimsAndRanks(t *testing.T) {
	r := sampleReport(t)
	p1 := &r.Claims[0].Evidence
	p1.Seeds, p1.Reverse, p1.ReverseHolm = 15, ptr(0.1), ptr(0.2)
	p1.Parts = append(p1.Parts, Part{Label: "ρ of seed 1", Effect: ptr(0.5), Holds: true, Note: shownOnly})
	x := &Table{ID: "table-x", Columns: []Column{{ID: "a"}, {ID: "b"}}}
	for i, b := range []float64{1, 3, 2, 9} {
		x.Rows = append(x.Rows, Row{ID: string(rune('p' + i)), Cells: []Cell{{Summary: &Summary{Mean: float64(i)}}, {Summary: &Summary{Mean: b}}}})
	}
	r.Items = append(r.Items, Item{ItemSpec: ItemSpec{ID: "table-x"}, Status: Computed, Artifacts: []Artifact{{Table: x}}})
	for name, want := range map[string]string{
		"claim.P1.comparisons": "2", "claim.P1.hold": "1", "claim.P1.p": "< 0.0001", "claim.P1.reverse": "0.2", "claim.P1.seeds": "15",
		"claim.P1.effect.softmax − sigmoid": "0.6", "claim.P1.low.softmax − sigmoid": "0.1", "claim.P1.high.softmax − sigmoid": "1.1",
		"claim.P6.seeds": "(no value: no number is known)", "claim.P14.p": notYet,
		"rank table-x.a table-x.b": "0.80", "rank table-x.a table-x.b -s": "0.50",
	} {
		if got, err := lookUp(r, name); err != nil || got != want {
			t.Errorf("{{%s}} = %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{
		"claim.P1.effect.softmax − nobody", "claim.P6.reverse", "claim.P1.", "rank table-3.R2", "rank table-3.R2 table-9.R2",
		"rank table-3.R2 table-3.R9", "rank table-3.R2 table-3.top1 -nobody", "rank table-3.R2 table-3.top1 softmax", "rank table-x.a table-3.R2",
	} {
		if got, err := lookUp(r, name); err == nil {
			t.Errorf("{{%s}} = %q: a name that means nothing has to be an error", name, got)
		}
	}
}

// TestReferenceReportIsDiscussed: every claim of the committed report that is not
// reproduced has a discussion in the manifest which was written for its verdict there.
func TestReferenceReportIsDiscussed(t *testing.T) {
	r := referenceReport(t)
	r.Discussions = New(theManifest(t), r.Preset).Discussions
	if err := r.discuss(); err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Stale() {
		t.Error(s)
	}
	for _, c := range r.Claims {
		if c.Verdict != Reproduced && c.Discussion == "" {
			t.Errorf("%s is %s and has no discussion", c.ID, c.Verdict)
		}
		if strings.Contains(c.Discussion, "no value") {
			t.Errorf("%s: %s", c.ID, c.Discussion)
		}
	}
}
