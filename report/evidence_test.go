package report

import (
	"strings"
	"testing"
)

// What a verdict says of the other way round, and of more seeds.
func TestEvidenceSaysBothWays(t *testing.T) {
	against := verdictOf(aboveB, map[string][]float64{"a": {1, 4, 1.5}, "b": {3, 4.5, 4}})
	e := against.Evidence
	if against.Verdict != Inconclusive || e.Reverse == nil || e.ReverseHolm == nil || *e.Reverse >= 1 {
		t.Fatalf("%q %+v", against.Verdict, e)
	}
	if e.Seeds <= e.N || !e.SeedsRefute {
		t.Errorf("%d seeds, refute %v", e.Seeds, e.SeedsRefute)
	}
	text := testText(&e)
	for _, want := range []string{"for the claim: p = 1", "for the reverse: p = 0.", "seeds would refute it"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	along := verdictOf(aboveB, map[string][]float64{"a": {5, 6, 1}, "b": {1, 2, 3}}).Evidence
	if along.Reverse != nil || along.SeedsRefute || !strings.Contains(testText(&along), "seeds would confirm it") {
		t.Errorf("%+v", along)
	}
}

func TestDecideAll(t *testing.T) {
	for _, c := range []struct {
		needs []need
		want  need
	}{
		{[]need{{5, false}, {9, false}}, need{9, false}},
		{[]need{{5, false}, {0, false}}, need{}},
		{[]need{{5, false}, {12, true}, {7, true}, {0, true}}, need{7, true}},
		{[]need{{5, false}, {0, true}}, need{0, true}},
	} {
		if got := decideAll(c.needs); got != c.want {
			t.Errorf("%v: %v, want %v", c.needs, got, c.want)
		}
	}
}

func TestAnOrderNamesTheStepsThatGoBack(t *testing.T) {
	r := verdictOf(risesABC, map[string][]float64{
		"a": {1, 1.01, .99, 1.02}, "b": {2, 2.2, 1.9, 2.1}, "c": {1.95, 2.1, 2, 2.05}, "d": {4, 4.1, 3.9, 4},
	})
	if r.Verdict != DirectionOnly || !strings.Contains(r.Evidence.Text, "The trend is significant, but b → c goes back.") {
		t.Errorf("%q: %s", r.Verdict, r.Evidence.Text)
	}
}

// A row that is behind by less than the margin is not said to be ahead.
func TestBehindWithinTheMargin(t *testing.T) {
	got := evaluate(theManifest(t), "quick", nil)
	for id, want := range map[string]string{
		"P2": "Softmax − squared_error = −0.2, within the margin of 0.5.",
		"P8": "Softmax − extra_final_layer_l2 = −0.17, within the margin of 0.5.",
	} {
		if text := got[id].Published.Text; !strings.EqualFold(text, want) {
			t.Errorf("%s: %q, want %q", id, text, want)
		}
	}
	p2 := got["P2"]
	if v := viewClaim(&p2); !v.Fragile || !strings.HasPrefix(v.Paper, "holds, fragile: ") {
		t.Errorf("%+v", v)
	}
}

// A claim over columns of several units names each.
func TestColumnsAndUnitsAreNamed(t *testing.T) {
	s := scene[seeds]{labels: Labels{"a": "Softmax", "b": "Sigmoid", "t.ece": "ECE", "t.nll": "NLL", unitKey + "t.ece": "%"}, all: []string{"t.ece", "t.nll"}}
	if got := s.pair("t.ece", "a", "b"); got != "Softmax − Sigmoid, ECE in %" {
		t.Error(got)
	}
	if got := s.pair("t.nll", "a", "b"); got != "Softmax − Sigmoid, NLL" {
		t.Error(got)
	}
	l := Labels{nounKey + "a": "objectives", nounKey + "b": "objectives"}
	if got := l.count([]string{"a", "b"}) + ", " + l.count([]string{"a", "x"}); got != "2 objectives, 2 rows" {
		t.Error(got)
	}
	e := Evidence{Test: "T", N: 3, Sample: "9 objectives"}
	if got := testText(&e); got != "T; 9 objectives; 3 seeds each" {
		t.Error(got)
	}
}

func TestVerdictSentenceCountsWhatWasTested(t *testing.T) {
	r := &Report{Claims: []ClaimResult{{Verdict: Reproduced}, {Verdict: NotRun}, {Verdict: NotRun}, {Verdict: Inconclusive}}}
	if got, want := verdictSentence(r), "4 claims of the paper: 2 tested (1 reproduced, 1 inconclusive), 2 not run."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Samples that are no seeds are not called seeds, nor counted as such.
func TestEvidenceCountsPairs(t *testing.T) {
	evidence := func(rows map[string][]float64, each string) Evidence {
		c, f, items := one(aboveB, rows)
		items[0].Artifacts[0].Table.Each = each
		return Evaluate([]Claim{c}, []Family{f}, Preset{ID: "p", Judges: true}, items, nil, nil)[0].Evidence
	}
	e := evidence(map[string][]float64{"a": {5, 6, 1}, "b": {1, 2, 3}}, "pair of seeds")
	if text := testText(&e); !strings.HasPrefix(text, "paired t test over pairs of seeds; n = 3;") || !strings.Contains(text, " pairs of seeds would confirm it") {
		t.Error(text)
	}
	lone := evidence(map[string][]float64{"a": {5}, "b": {1}}, "pair of seeds")
	if !strings.HasSuffix(lone.Text, " One pair of seeds cannot tell an effect from chance.") || lone.Parts[0].Note != "one pair of seeds" {
		t.Errorf("%+v", lone)
	}
	mixed := map[[2]string]seeds{{"t.v", "a"}: {each: "pair of seeds"}, {"t.v", "b"}: {}}
	if got := eachOf(mixed); got != "sample" {
		t.Errorf("samples of two kinds are called %q", got)
	}
	both := conjunction([]judgement{{each: "pair of seeds"}, {}, {}})
	if both.each != "sample" {
		t.Errorf("parts of two kinds are counted in %q", both.each)
	}
}
