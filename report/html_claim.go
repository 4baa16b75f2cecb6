package report

import (
	"html/template"
	"strconv"
	"strings"
)

// boardView is one verdict on the board with its claims.
type boardView struct {
	Verdict, Slug, Sign string
	Count               int
	Claims              []claimView
}

// claimView is a claim with verdict and evidence.
type claimView struct {
	ID, Anchor, Text, Section string
	Verdict, Slug, Sign       string
	Evidence, Test, Note      string
	Paper                     string // what the same test says of the paper's own numbers
	Parts                     []partView
	PartsText                 string
	Fragile                   bool   // chance or rounding could have made it in the paper
	Elsewhere                 string // anchor of the full text, where it stands with an earlier item
	DiscussionText            string // as Markdown, empty if there is none
	Discussion                template.HTML
	DiscussedWith             *sameView // the claim with which the same discussion stands
}

type partView struct{ Label, Effect, Interval, P, Holds string }

// signs stand beside the colour of a verdict, so that it is never told by colour alone.
var signs = map[Verdict]string{
	Reproduced: "✓", DirectionOnly: "↗", NotReproduced: "✗", Inconclusive: "?", NotRun: "–",
}

func viewBoard(r *Report) []boardView {
	var board []boardView
	for _, verdict := range Verdicts() {
		b := boardView{Verdict: string(verdict), Slug: anchor(string(verdict)), Sign: signs[verdict]}
		for i := range r.Claims {
			if r.Claims[i].Verdict == verdict {
				b.Claims = append(b.Claims, viewClaim(&r.Claims[i]))
			}
		}
		b.Count = len(b.Claims)
		board = append(board, b)
	}
	return board
}

func viewClaim(c *ClaimResult) claimView {
	v := claimView{
		ID: c.ID, Anchor: "claim-" + anchor(c.ID), Text: c.Text, Section: c.Section,
		Verdict: string(c.Verdict), Slug: anchor(string(c.Verdict)), Sign: signs[c.Verdict],
		Evidence: c.Evidence.Text, Test: testText(&c.Evidence), Note: c.remarks(),
		Fragile: c.Fragile, DiscussionText: c.discussion(),
	}
	if p := c.Published; p != nil {
		v.Paper = "does not hold"
		if p.Holds {
			v.Paper = "holds"
		}
		if c.Fragile {
			v.Paper += ", fragile"
		}
		if p.Text != "" {
			v.Paper += ": " + p.Text
		}
	}
	for _, p := range c.Evidence.Parts {
		v.Parts = append(v.Parts, viewPart(p))
	}
	v.PartsText = "The comparison"
	if n := len(v.Parts); n > 1 {
		v.PartsText = "The " + strconv.Itoa(n) + " comparisons"
	}
	return v
}

func viewPart(p Part) partView {
	v := partView{Label: p.Label, Effect: "–", Interval: "–", P: "–", Holds: "no"}
	if p.Holds {
		v.Holds = "yes"
	}
	if p.Effect != nil {
		v.Effect = number4(*p.Effect)
	} else {
		v.Holds = p.Note
		if p.Note == "" {
			v.Holds = "not run"
		}
	}
	if p.Low != nil && p.High != nil {
		v.Interval = number4(*p.Low) + " to " + number4(*p.High)
	}
	if p.P != nil {
		v.P = pValue(*p.P)
	}
	return v
}

// testText names the test with its numbers: "paired t test over seeds, n = 3, p = 0.01".
func testText(e *Evidence) string {
	var parts []string
	if e.Test != "" {
		parts = append(parts, e.Test)
	}
	switch {
	case e.Sample != "" && e.N > 0:
		parts = append(parts, e.Sample, counted(e.N, unit(e.Each))+" each")
	case e.N > 0:
		parts = append(parts, "n = "+strconv.Itoa(e.N))
	}
	if e.Reverse == nil {
		parts = append(parts, pText(e.P, e.PHolm)...)
	} else {
		parts = append(parts,
			"for the claim: "+strings.Join(pText(e.P, e.PHolm), ", "),
			"for the reverse: "+strings.Join(pText(e.Reverse, e.ReverseHolm), ", "))
	}
	if e.Seeds > 0 {
		verb := "confirm"
		if e.SeedsRefute {
			verb = "refute"
		}
		parts = append(parts, "at this effect about "+counted(e.Seeds, unit(e.Each))+" would "+verb+" it")
	}
	return strings.Join(parts, "; ")
}

func pText(p, holm *float64) []string {
	var parts []string
	if p != nil {
		parts = append(parts, "p "+relation(*p))
	}
	if holm != nil {
		parts = append(parts, "Holm-adjusted p "+relation(*holm))
	}
	return parts
}

// counted puts a number before a noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + pluralOf(noun)
}

func relation(p float64) string {
	s := pValue(p)
	if strings.HasPrefix(s, "<") {
		return s
	}
	return "= " + s
}

// pValue prints two significant digits, and no false precision below 0.0001.
func pValue(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	s := strconv.FormatFloat(p, 'g', 2, 64)
	if strings.Contains(s, "e") {
		s = strconv.FormatFloat(p, 'f', 4, 64)
	}
	return s
}

// verdictSentence sums the board up.
func verdictSentence(r *Report) string {
	if len(r.Claims) == 0 {
		return "No claim of the paper is tested in this build."
	}
	var parts []string
	tested, notRun := 0, 0
	for _, b := range viewBoard(r) {
		switch {
		case b.Verdict == string(NotRun):
			notRun = b.Count
		case b.Count > 0:
			tested += b.Count
			parts = append(parts, strconv.Itoa(b.Count)+" "+b.Verdict)
		}
	}
	text := counted(len(r.Claims), "claim") + " of the paper: " + strconv.Itoa(tested) + " tested"
	if tested > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	if notRun > 0 {
		text += ", " + strconv.Itoa(notRun) + " " + string(NotRun)
	}
	return text + "."
}

// stateSentence says how much of the paper stands on the page.
func stateSentence(r *Report) string {
	count := make(map[Status]int)
	for i := range r.Items {
		count[r.Items[i].Status]++
	}
	text := "Of the paper's " + strconv.Itoa(len(r.Items)) + " tables and figures, " +
		strconv.Itoa(count[Computed]) + " computed"
	for _, s := range []Status{Incomplete, Failed, NotBuilt, NotHere} {
		if count[s] > 0 {
			text += ", " + strconv.Itoa(count[s]) + " " + string(s)
		}
	}
	return text + "."
}
