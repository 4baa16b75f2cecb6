package report

import (
	"fmt"
	"sort"
	"strings"

	"lossxfer-report/report/stat"
)

// kind is a kind of predicate. Each is one file that registers itself.
type kind interface {
	// check looks at the parameters; key is empty if they are right, else the
	// key at fault, with the mend.
	check(c Claim) (key, mend string)
	// judge looks at the claim's cells, in the order columns × (rows, than). None
	// of them is missing.
	judge(c Claim, cell func(column, row string) seeds) judgement
	// outcome evaluates the predicate on published values, where a mean with no
	// samples is all there is.
	outcome(c Claim, value func(column, row string) Published) Outcome
}

var kinds = map[string]kind{}

// Kinds lists the kinds of claims there are, sorted.
func Kinds() []string { return sortedKeys(kinds) }

// judgement is what a kind finds before p-values are adjusted for the family.
type judgement struct {
	test  string
	n     int // seeds behind the weakest part
	parts []Part
	holds bool // every part points the claimed way
	// p is the largest p of the parts: an intersection–union test, which needs no
	// correction for the number of parts (Berger 1982). A part that points the
	// other way counts as 1.
	p float64
	// against is the p-value of the hypothesis that no part is the other way
	// round, by Simes over the parts; a part that points the claimed way counts
	// as 1.
	against float64
	// trend says that p is of the trend as a whole, which may be as claimed and
	// significant though not every part points the claimed way.
	trend bool
	seeds func(alpha float64) int // that would decide it; may be nil
	text  string                  // what was found, without the verdict
}

// power is the chance of finding the effect for which seeds are counted, and
// maxSeeds the largest count that is worth naming.
const (
	power    = 0.8
	maxSeeds = 1000
)

// Evaluate judges every claim on the drawn items, and on the published values
// where it has any. The result has the claims' order. The rules:
//
//   - The unit is a seed. Cells that share at least two seeds are compared by the
//     paired t test over the shared ones, others by Welch's.
//   - All p-values are two-sided. A claim with several parts takes the largest.
//   - Over the family p-values are adjusted by Holm's method. Claims that could
//     not be tested stay in the family with p = 1, so that a verdict cannot be
//     had by leaving out its neighbours.
//   - reproduced: every part points the claimed way and the adjusted p is below
//     the family's alpha.
//   - not reproduced: some part is significantly the other way round, by Simes
//     over the parts and Holm over the family.
//   - direction only: every part points the claimed way, but the claim is not
//     significant ("not significant" is never "equal"); or, for an order, the
//     trend is significant but not every step goes along.
//   - inconclusive: anything else; always where there is one seed only, where a
//     value diverged or could not be measured, and at a preset that does not judge.
//   - not run: a value has not been computed yet.
func Evaluate(claims []Claim, families []Family, preset Preset, items []Item, published []PublishedTable) []ClaimResult {
	d := findTables(items)
	results := make([]ClaimResult, len(claims))
	found := make([]*judgement, len(claims))
	for i, c := range claims {
		results[i] = ClaimResult{Claim: c, Published: outcome(c, published)}
		j, g := judge(c, d)
		if g != nil {
			results[i].Verdict = g.verdict
			results[i].Evidence = Evidence{Text: sentence(g.reason)}
			continue
		}
		found[i] = &j
	}
	for _, f := range families {
		var members []int
		var p, against []float64
		for i, c := range claims {
			if c.Family != f.ID {
				continue
			}
			members = append(members, i)
			one, other := 1.0, 1.0
			if j := found[i]; j != nil {
				one, other = j.p, j.against
			}
			p, against = append(p, one), append(against, other)
		}
		p, against = stat.Holm(p), stat.Holm(against)
		for k, i := range members {
			if found[i] != nil {
				results[i].Verdict, results[i].Evidence = found[i].decide(preset, f, len(members), p[k], against[k])
			}
		}
	}
	for i := range results {
		if results[i].Verdict == "" { // its family is unknown, which a loaded manifest excludes
			results[i].Verdict = Inconclusive
			results[i].Evidence.Text = fmt.Sprintf("The family %q is not in the report.", results[i].Family)
		}
	}
	return results
}

// judge runs a claim's kind if all its cells are there; otherwise it returns the
// worst gap, "not run" before "inconclusive", since more runs may still come.
func judge(c Claim, d drawn) (judgement, *gap) {
	k, ok := kinds[c.Kind]
	if !ok {
		return judgement{}, &gap{Inconclusive, fmt.Sprintf("this version knows no claims of kind %q", c.Kind)}
	}
	if key, mend := k.check(c); key != "" || len(c.Columns) == 0 || len(c.Rows) == 0 {
		return judgement{}, &gap{Inconclusive, strings.TrimSpace("its parameters do not fit its kind: " + key + " " + mend)}
	}
	cells := map[[2]string]seeds{}
	var first *gap
	gaps := 0
	for _, column := range c.Columns {
		for _, rows := range [][]string{c.Rows, c.Than} {
			for _, row := range rows {
				s, g := d.cell(column, row)
				if g == nil {
					cells[[2]string{column, row}] = s
					continue
				}
				gaps++
				if first == nil || first.verdict != NotRun && g.verdict == NotRun {
					first = g
				}
			}
		}
	}
	if first != nil {
		if gaps > 1 {
			first.reason += fmt.Sprintf("; %d of the values it speaks of are missing", gaps)
		}
		return judgement{}, first
	}
	return k.judge(c, func(column, row string) seeds { return cells[[2]string{column, row}] }), nil
}

// decide turns a judgement into a verdict with its evidence.
func (j judgement) decide(preset Preset, f Family, members int, p, against float64) (Verdict, Evidence) {
	e := Evidence{Text: sentence(j.text), Test: j.test, N: j.n, Parts: j.parts}
	if j.n < 2 {
		e.Test = "" // none was made
		e.Text += " One seed cannot tell an effect from chance."
		return Inconclusive, e
	}
	e.P, e.PHolm = &j.p, &p
	if !preset.Judges {
		e.Text += fmt.Sprintf(" The preset %s is for plumbing and decides nothing.", preset.ID)
		return Inconclusive, e
	}
	switch {
	case j.holds && p < f.Alpha:
		return Reproduced, e
	case !j.holds && against < f.Alpha:
		e.Text += fmt.Sprintf(" The other way round is significant (adjusted p = %.2g).", against)
		return NotReproduced, e
	}
	if j.seeds != nil {
		e.Seeds = j.seeds(f.Alpha / float64(members))
	}
	if j.holds || j.trend && p < f.Alpha {
		return DirectionOnly, e
	}
	return Inconclusive, e
}

// outcome evaluates a claim on the published tables; nil if it has no cells there.
func outcome(c Claim, published []PublishedTable) *Outcome {
	k, ok := kinds[c.Kind]
	if !ok || len(c.PaperColumns) == 0 || len(c.PaperRows) == 0 {
		return nil
	}
	values := map[[2]string]Published{}
	for _, column := range c.PaperColumns {
		id, name, _ := strings.Cut(column, ".")
		for _, rows := range [][]string{c.PaperRows, c.PaperThan} {
			for _, row := range rows {
				var v *Published
				for _, t := range published {
					if t.ID == id {
						v = t.Cell(row, name)
					}
				}
				if v == nil {
					return nil
				}
				values[[2]string{column, row}] = *v
			}
		}
	}
	c.Columns, c.Rows, c.Than = c.PaperColumns, c.PaperRows, c.PaperThan
	if key, _ := k.check(c); key != "" {
		return nil
	}
	o := k.outcome(c, func(column, row string) Published { return values[[2]string{column, row}] })
	o.Text = sentence(o.Text)
	return &o
}

// compare is one part: is a larger than b? It also estimates the seeds that would
// decide it.
func compare(label string, a, b seeds) (Part, stat.Test, string) {
	t, name := stat.Test{}, "paired t test over seeds"
	ids, both := shared(a, b)
	if len(ids) >= 2 || len(ids) == 1 && len(a.value) == 1 {
		t = stat.Paired(both[0], both[1])
	} else {
		t, name = stat.Welch(a.value, b.value), "Welch's t test over seeds"
	}
	part := Part{Label: label, Effect: &t.Effect, Holds: t.Effect > 0}
	switch {
	case t.N < 2:
		part.Note = "one seed"
	case t.Degenerate:
		part.Note = "the seeds do not differ, so there is no test"
	default:
		part.Low, part.High, part.P = &t.Low, &t.High, &t.P
	}
	return part, t, name
}

// combine summarises parts that all have to hold.
func combine(tests []stat.Test, parts []Part) judgement {
	j := judgement{parts: parts, holds: true, n: tests[0].N}
	opposed := make([]float64, len(tests))
	for i, t := range tests {
		j.n = min(j.n, t.N)
		opposed[i] = 1
		switch {
		case t.Effect > 0:
			j.p = max(j.p, t.P)
		default:
			j.holds = false
			j.p = 1
			if t.Effect < 0 {
				opposed[i] = t.P
			}
		}
	}
	j.against = stat.Simes(opposed)
	j.seeds = func(alpha float64) int { return seedsFor(tests, alpha) }
	return j
}

// seedsFor says how many seeds would decide a set of parts: all of them to
// confirm it, or the clearest contrary one to refute it.
func seedsFor(tests []stat.Test, alpha float64) int {
	var confirm, refute []int
	for _, t := range tests {
		n := stat.SeedsToDecide(t.Effect, t.SD, alpha, power, maxSeeds)
		if t.Effect > 0 {
			confirm = append(confirm, n)
		} else if n > 0 {
			refute = append(refute, n)
		}
	}
	if len(confirm) < len(tests) {
		sort.Ints(refute)
		if len(refute) == 0 {
			return 0
		}
		return refute[0]
	}
	sort.Ints(confirm)
	if confirm[0] == 0 {
		return 0
	}
	return confirm[len(confirm)-1]
}
