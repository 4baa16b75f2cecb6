package report

import (
	"fmt"
	"strings"

	"lossxfer-report/report/stat"
)

// kind is a kind of predicate. Each is one file that registers itself.
type kind interface {
	// uses names the optional parameters that the kind has.
	uses() []string
	// check looks at the parameters, of which only those it uses are given; key is
	// empty if they are right, else the key at fault, with the mend.
	check(p Predicate) (key, mend string)
	// judge looks at the predicate's cells. None of them is missing.
	judge(s scene[seeds]) judgement
	// outcome evaluates the predicate on published values, where a mean with no
	// samples is all there is.
	outcome(s scene[Published]) Outcome
}

// selective is a kind that does not speak of every cell of its rows and columns.
type selective interface {
	ignores(p Predicate, column, row string) bool
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
	// exact says that there is no chance in it: no seeds and no test are needed.
	exact bool
	// sample is what the test counts where it is not seeds: "9 objectives".
	sample string
	each   string                   // what stands for a seed, where it is not one: "pair of seeds"
	back   []string                 // steps of an order that go the other way
	seeds  func(alpha float64) need // that would decide it; may be nil
	text   string                   // what was found, without the verdict
}

// power is the chance of finding the effect for which seeds are counted, and
// maxSeeds the largest count that is worth naming.
const (
	power    = 0.8
	maxSeeds = 1000
)

// Evaluate judges every claim on the drawn items, and on the published values
// where it has any. The result has the claims' order. The rules, with their sources
// and reasons, are in docs/verdicts.md:
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
//   - not run: a value has not been computed yet, or nothing computes it yet.
//
// An identity, which is no matter of chance, holds or does not.
func Evaluate(claims []Claim, families []Family, preset Preset, items []Item, published []PublishedTable, labels Labels) []ClaimResult {
	d := findTables(items)
	results := make([]ClaimResult, len(claims))
	found := make([]*judgement, len(claims))
	for i := range claims {
		c := &claims[i]
		results[i] = ClaimResult{Claim: *c, Published: outcome(c, published, labels)}
		j, g := judge(c, d, labels)
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

// judge runs a claim's predicates if all their cells are there; otherwise it returns
// the worst gap, "not run" before "inconclusive", since more runs may still come.
func judge(c *Claim, d drawn, labels Labels) (judgement, *gap) {
	predicates := c.predicates()
	switch {
	case c.Pending != "":
		return judgement{}, &gap{NotRun, c.Pending, false}
	case len(predicates) == 0:
		return judgement{}, &gap{Inconclusive, "the claim has no predicate", false}
	}
	var found []judgement
	var gaps gaps
	for _, p := range predicates {
		k, ok := kinds[p.Kind]
		if !ok {
			return judgement{}, &gap{Inconclusive, fmt.Sprintf("this version knows no claims of kind %q", p.Kind), false}
		}
		if key, mend := p.check(k); key != "" {
			return judgement{}, &gap{Inconclusive, "its parameters do not fit its kind: " + key + ": " + mend, false}
		}
		cells := gaps.collect(*p, k, d)
		if gaps.worst == nil {
			j := k.judge(scene[seeds]{*p, func(column, row string) seeds { return cells[[2]string{column, row}] }, labels, c.columns()})
			found = append(found, j.counting(eachOf(cells)))
		}
	}
	if gaps.worst != nil {
		return judgement{}, gaps.summary()
	}
	return conjunction(found), nil
}

// gaps counts the cells that are missing and keeps the worst.
type gaps struct {
	n     int
	worst *gap
}

// collect finds the cells of a predicate.
func (g *gaps) collect(p Predicate, k kind, d drawn) map[[2]string]seeds {
	cells := map[[2]string]seeds{}
	some, selects := k.(selective)
	for _, column := range p.Columns {
		for _, rows := range [][]string{p.Rows, p.Than} {
			for _, row := range rows {
				if selects && some.ignores(p, column, row) {
					continue
				}
				s, gap := d.cell(column, row)
				if gap == nil {
					cells[[2]string{column, row}] = s
					continue
				}
				g.n++
				if g.worst == nil || g.worst.verdict != NotRun && gap.verdict == NotRun {
					g.worst = gap
				}
			}
		}
	}
	return cells
}

func (g *gaps) summary() *gap {
	out := *g.worst
	switch {
	case !out.ofCell || g.n < 2:
	case strings.HasSuffix(out.reason, MissingAtPreset):
		out.reason += fmt.Sprintf("; %d of the cells it speaks of have no value", g.n)
	case out.verdict == NotRun:
		out.reason += fmt.Sprintf("; not all seeds have run yet in %d of the cells it speaks of", g.n)
	default:
		out.reason += fmt.Sprintf("; %d of the cells it speaks of lack a seed", g.n)
	}
	return &out
}

// conjunction joins predicates that all have to hold, as combine does parts: the
// largest p (Berger 1982), and Simes for their opposites.
func conjunction(found []judgement) judgement {
	if len(found) == 1 {
		return found[0]
	}
	all := judgement{n: found[0].n, holds: true, each: found[0].each}
	var tests, texts []string
	var against []float64
	for _, j := range found {
		all.n = min(all.n, j.n)
		all.holds = all.holds && j.holds
		if j.each != all.each {
			all.each = "sample"
		}
		all.p = max(all.p, j.p)
		all.trend = all.trend || j.trend
		all.back = append(all.back, j.back...)
		all.parts = append(all.parts, j.parts...)
		against = append(against, j.against)
		texts = append(texts, strings.TrimSuffix(j.text, "."))
		if !contains(tests, j.test) {
			tests = append(tests, j.test)
		}
	}
	all.against = stat.Simes(against)
	all.test, all.text = strings.Join(tests, "; "), strings.Join(texts, "; ")
	all.seeds = func(alpha float64) need {
		needs := make([]need, len(found))
		for i, j := range found {
			if j.seeds != nil {
				needs[i] = j.seeds(alpha)
			}
			needs[i].refute = needs[i].refute || !j.holds
		}
		return decideAll(needs)
	}
	return all
}

// decide turns a judgement into a verdict with its evidence.
func (j judgement) decide(preset Preset, f Family, members int, p, against float64) (Verdict, Evidence) {
	e := Evidence{Text: sentence(j.text), Test: j.test, N: j.n, Sample: j.sample, Each: j.each, Parts: j.parts}
	if j.exact && preset.Judges && j.n > 0 {
		if j.holds {
			return Reproduced, e
		}
		return NotReproduced, e
	}
	if j.n < 2 {
		e.Test = "" // none was made
		e.Text += fmt.Sprintf(" One %s cannot tell an effect from chance.", unit(j.each))
		return Inconclusive, e
	}
	e.P, e.PHolm = &j.p, &p
	if !j.holds {
		e.Reverse, e.ReverseHolm = &j.against, &against
	}
	if !preset.Judges {
		e.Text += fmt.Sprintf(" The preset %s is for plumbing and decides nothing.", preset.ID)
		return Inconclusive, e
	}
	switch {
	case j.holds && p < f.Alpha:
		return Reproduced, e
	case !j.holds && against < f.Alpha:
		e.Text += fmt.Sprintf(" The other way round is significant (adjusted p %s).", relation(against))
		return NotReproduced, e
	}
	if j.seeds != nil {
		// A number no larger than what there is would contradict the verdict: the
		// correction is harder on this claim than the estimate knows.
		if n := j.seeds(f.Alpha / float64(members)); n.seeds > j.n {
			e.Seeds, e.SeedsRefute = n.seeds, n.refute
		}
	}
	switch {
	case j.holds:
		return DirectionOnly, e
	case j.trend && p < f.Alpha:
		e.Text += fmt.Sprintf(" The trend is significant, but %s.", goBack(j.back))
		return DirectionOnly, e
	}
	return Inconclusive, e
}

// outcome evaluates a claim on the published tables; nil if not all of its
// predicates have cells there.
func outcome(c *Claim, published []PublishedTable, labels Labels) *Outcome {
	var all *Outcome
	for _, p := range c.predicates() {
		o := p.outcome(published, labels, c.paperColumns())
		switch {
		case o == nil:
			return nil
		case all == nil:
			all = o
		default:
			all.Holds = all.Holds && o.Holds
			all.Text += "; " + o.Text
		}
	}
	if all != nil {
		all.Text = sentence(all.Text)
	}
	return all
}

func (p Predicate) outcome(published []PublishedTable, labels Labels, all []string) *Outcome {
	k, ok := kinds[p.Kind]
	if !ok || len(p.PaperColumns) == 0 || len(p.PaperRows) == 0 {
		return nil
	}
	some, selects := k.(selective)
	p.Columns, p.Rows, p.Than = p.PaperColumns, p.PaperRows, p.PaperThan
	if key, _ := p.check(k); key != "" {
		return nil
	}
	values := map[[2]string]Published{}
	for _, column := range p.Columns {
		id, name, _ := strings.Cut(column, ".")
		for _, row := range append(append([]string(nil), p.Rows...), p.Than...) {
			if selects && some.ignores(p, column, row) {
				continue
			}
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
	o := k.outcome(scene[Published]{p, func(column, row string) Published { return values[[2]string{column, row}] }, labels, all})
	return &o
}

// compare is one part: is a larger than b?
func compare(label string, a, b seeds) (Part, stat.Test, string) {
	t, name := contrast(0, []term{{[2]string{"", "a"}, a, 1}, {[2]string{"", "b"}, b, -1}})
	return part(label, t, t), t, name
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
	j.seeds = func(alpha float64) need { return seedsFor(tests, alpha) }
	return j
}
