package report

import (
	"encoding/json"
	"strings"
	"testing"
)

// robust is a report of two objectives with three seeds on two tasks, and a claim that one
// is ahead of the other on average.
func robust(t *testing.T) *Report {
	t.Helper()
	cells := func(values ...[]float64) []Cell {
		var out []Cell
		for _, v := range values {
			var c Cell
			for seed := range v {
				c.Samples = append(c.Samples, Sample{Seed: seed + 1, Value: &v[seed]})
			}
			out = append(out, c)
		}
		return out
	}
	table := &Table{
		ID: "table-9", Corner: "Loss", Columns: []Column{{ID: "a", Label: "A"}, {ID: "b", Label: "B"}, {ID: "mean", Label: "Mean"}, {ID: "one", Label: "One"}},
		Rows: []Row{
			{ID: "softmax", Label: "Softmax", Cells: cells([]float64{80, 82, 81.5}, []float64{50, 52, 51}, []float64{65, 67, 66.25}, []float64{9})},
			{ID: "sigmoid", Label: "Sigmoid", Cells: cells([]float64{70, 71, 72}, []float64{55, 56, 57}, []float64{62.5, 63.5, 64.5}, []float64{10})},
		},
	}
	item := Item{ItemSpec: ItemSpec{ID: "table-9", Kind: KindTable, Number: "9"}, Status: Computed, Artifacts: []Artifact{{Table: table}}}
	claim := Claim{ID: "P6", Text: "Softmax is ahead.", Family: "main", Predicate: Predicate{
		Kind: "greater", Columns: []string{"table-9.mean"}, Rows: []string{"softmax"}, Than: []string{"sigmoid"}}}
	r := &Report{
		SchemaVersion: SchemaVersion, Preset: Preset{ID: "quick", Judges: true}, Families: []Family{{ID: "main", Alpha: 0.05}}, Items: []Item{item},
		Robustness: &Robustness{Title: "Does it depend on the task?", Claims: []string{"P6"}, Replaces: []string{"table-9.mean"}, Choices: []Choice{
			{Label: "Mean", Columns: []string{"table-9.mean"}},
			{Label: "Both tasks", Columns: []string{"table-9.a", "table-9.b"}},
			{Label: "A", Columns: []string{"table-9.a"}},
			{Label: "B", Columns: []string{"table-9.b"}},
			{Label: "One seed", Columns: []string{"table-9.one"}},
			{Label: "Nothing", Columns: []string{"table-9.none"}},
		}},
	}
	r.Robustness.Also = []Robustness{{
		Title: "Does it depend on the other thing?", Head: "Thing", Claims: []string{"P6"}, Replaces: []string{"table-9.mean"},
		Choices: []Choice{{Label: "Thing B", Columns: []string{"table-9.b"}}},
	}}
	r.Claims = []ClaimResult{{Claim: claim}}
	r.recompute()
	return r
}

func TestRobustness(t *testing.T) {
	r := robust(t)
	var got []string
	for _, c := range r.Robustness.Choices {
		v := viewUnder(c.Verdicts[0])
		got = append(got, c.Label+": "+v.Verdict+", "+strings.ReplaceAll(v.Detail, "\u00a0", " "))
	}
	// scipy.stats.ttest_rel of the samples: p = 0.03641 for the means, 0.00188 for A and
	// 0.01307, the other way, for B.
	want := []string{
		"Mean: reproduced, as claimed, p = 0.036",
		"Both tasks: reproduced, as claimed, p = 0.036",
		"A: reproduced, as claimed, p = 0.0019",
		"B: not reproduced, not as claimed, p = 0.013",
		"One seed: inconclusive, not as claimed, one seed",
		"Nothing: not run, ",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
	if sum := r.Robustness.sum(0); sum != "as claimed under 3 of 5 choices" {
		t.Error(sum)
	}
	if out := render(t, r); !strings.Contains(string(out.HTML), "as claimed under 3 of 5 choices") || !strings.Contains(string(out.Markdown), "| : Both tasks | ✓ reproduced; as claimed, p = 0.036 |") {
		t.Error("the page or the Markdown lacks the panel")
	}
}

// Panels below the first have their own claims and choices, head and place on the page, and
// are verified like it.
func TestFurtherPanels(t *testing.T) {
	r := robust(t)
	out := render(t, r)
	for _, want := range []string{`<section id="robustness-2"`, "<th scope=col>Thing<th", "<th scope=col>Measure of transfer<th", "as claimed under 0 of 1 choices"} {
		if !strings.Contains(string(out.HTML), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if !strings.Contains(string(out.Markdown), "| : Thing B | ✗ not reproduced; not as claimed, p = 0.013 |") {
		t.Error("the Markdown lacks the panel")
	}
	r.Robustness.Also[0].Choices[0].Verdicts[0] = Under{Verdict: Reproduced, Holds: true, N: 3}
	text, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := Verify(text); err != nil || len(v.Findings) != 1 || !strings.Contains(v.Findings[0].Place, `choice "Thing B"`) {
		t.Errorf("a forged verdict: %v, %v", v, err)
	}
	r.Robustness.Also[0].Claims = nil
	if _, err := Encode(r); err == nil {
		t.Error("a panel of no claims is encoded")
	}
}

// A panel that says more than the samples do is found.
func TestVerifyFindsForgedRobustness(t *testing.T) {
	r := robust(t)
	r.Robustness.Choices[3].Verdicts[0] = Under{Verdict: Reproduced, Holds: true, N: 3}
	text, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	v, err := Verify(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Findings) != 1 || !strings.Contains(v.Findings[0].Place, `robustness, choice "B"`) {
		t.Errorf("findings: %v", v.Findings)
	}
	r.Robustness.Choices[3].Verdicts = nil
	if _, err := Encode(r); err == nil {
		t.Error("a choice without verdicts is encoded")
	}
	r = robust(t)
	r.Robustness.Claims = nil
	for i := range r.Robustness.Choices {
		r.Robustness.Choices[i].Verdicts = nil
	}
	if text, err = json.Marshal(r); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(text); err == nil || !strings.Contains(err.Error(), "robustness of no claims") {
		t.Errorf("choices about no claims: %v", err)
	}
}
