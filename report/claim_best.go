package report

import (
	"fmt"
	"math"

	"lossxfer-report/report/stat"
)

func init() { kinds["best"] = best{} }

// best claims that each of Rows is the best of a column, ties allowed, in every
// column, in AtLeast of them, or in a majority: "softmax is best on all data sets but
// Pets". Margin is how far behind still counts as a tie; without one only equality
// does, which no test can show, so that a claim that needs its ties is at most
// "direction only".
//
// In a column each of Rows has to be non-inferior to each of Than: the paired t test
// against −Margin, all of them rejecting (Berger 1982). "At least k of n columns" is
// tested by the partial conjunction of the columns (Benjamini and Heller 2008), and
// refuted when at least n − k + 1 columns are significantly the other way round.
type best struct{}

func (best) uses() []string { return []string{"than", "margin", "at_least", "majority"} }

func (best) check(p Predicate) (key, mend string) {
	if len(p.Than) == 0 {
		return "than", `name the rows that are no better, like than = ["@others"]`
	}
	return "", ""
}

// needed is the number of columns in which the rows have to be best.
func (p Predicate) needed() int {
	switch {
	case p.Majority:
		return len(p.Columns)/2 + 1
	case p.AtLeast > 0:
		return p.AtLeast
	}
	return len(p.Columns)
}

func (best) judge(s scene[seeds]) judgement {
	j := judgement{n: -1}
	var tests []stat.Test
	var ps, against []float64
	held, needed, missed := 0, s.needed(), ""
	for _, column := range s.Columns {
		var c bestColumn
		for _, a := range s.Rows {
			for _, b := range s.Than {
				shown, name := contrast(0, difference(s, column, a, b))
				t, _ := contrast(s.Margin, difference(s, column, a, b))
				c.add(s.pair(column, a, b), shown, t)
				j.test = mergeNames(j.test, name)
				tests = append(tests, t)
				if j.n < 0 || t.N < j.n {
					j.n = t.N
				}
			}
		}
		j.parts = append(j.parts, c.part())
		ps, against = append(ps, c.p), append(against, stat.Simes(c.opposed))
		if !c.behind {
			held++
		} else if missed == "" {
			missed = fmt.Sprintf("; the first where not: %s = %s", c.label, number3(c.shown.Effect))
			if s.Margin > 0 {
				missed += ", beyond the margin of " + number3(s.Margin)
			}
		}
	}
	n := len(s.Columns)
	j.holds = held >= needed
	j.p = 1
	if j.holds {
		j.p = stat.PartialConjunction(ps, needed)
	}
	j.against = stat.PartialConjunction(against, n-needed+1)
	if needed == n {
		j.seeds = func(alpha float64) need { return seedsFor(tests, alpha) }
	}
	j.text = fmt.Sprintf("%s best or tied in %d of %d columns", areBest(s), held, n)
	if n == 1 {
		j.text = s.besides(j.parts[0].Label, *j.parts[0].Effect, number3(*j.parts[0].Effect), j.holds)
		return j
	}
	if needed < n {
		j.text += fmt.Sprintf("; the claim asks for %d", needed)
	}
	j.text += missed
	return j
}

// besides says how one column came out: by its worst difference, with a margin that
// lets a row count as tied though it is behind.
func (s scene[T]) besides(label string, worst float64, shown string, holds bool) string {
	least := label + " = " + shown
	switch {
	case s.Margin > 0 && exceeds(0, worst) && holds:
		return fmt.Sprintf("%s, within the margin of %s", least, number3(s.Margin))
	case s.Margin > 0 && !holds:
		return fmt.Sprintf("%s, beyond the margin of %s", least, number3(s.Margin))
	case holds:
		return fmt.Sprintf("%s best or tied; the smallest difference is %s", areBest(s), least)
	}
	return fmt.Sprintf("%s not best; the smallest difference is %s", areBest(s), least)
}

func areBest[T any](s scene[T]) string {
	if len(s.Rows) == 1 {
		return s.row(s.Rows[0]) + " is"
	}
	return s.rows(s.Rows) + " are"
}

// bestColumn collects the comparisons of one column.
type bestColumn struct {
	label       string // of the worst
	shown       stat.Test
	worst       stat.Test
	p           float64
	opposed     []float64
	behind, any bool
}

func (c *bestColumn) add(label string, shown, t stat.Test) {
	if !c.any || t.Effect < c.worst.Effect {
		c.label, c.shown, c.worst = label, shown, t
	}
	c.any = true
	against := 1.0
	switch {
	case t.Effect > 0:
		c.p = max(c.p, t.P)
	default:
		c.p = 1
		if t.Effect < 0 {
			c.behind = true
			against = t.P
		}
	}
	c.opposed = append(c.opposed, against)
}

// part shows the comparison with the best of the others.
func (c *bestColumn) part() Part {
	out := part(c.label, c.shown, c.worst)
	out.Holds = !c.behind
	return out
}

func (best) outcome(s scene[Published]) Outcome {
	held, first := 0, ""
	label, worst, decimals := "", math.Inf(1), 0
	for _, column := range s.Columns {
		ok := true
		for _, a := range s.Rows {
			for _, b := range s.Than {
				x, y := s.at(column, a), s.at(column, b)
				if d := x.Value - y.Value; d < worst {
					label, worst, decimals = s.pair(column, a, b), d, x.Decimals
				}
				if exceeds(y.Value, x.Value+s.Margin) {
					ok = false
					if first == "" {
						first = fmt.Sprintf("; the first where not: %s: %s and %s", s.pair(column, a, b), asPrinted(x), asPrinted(y))
					}
				}
			}
		}
		if ok {
			held++
		}
	}
	text := fmt.Sprintf("%s best or tied in %d of %d columns", areBest(s), held, len(s.Columns))
	if len(s.Columns) == 1 {
		return Outcome{Holds: held > 0, Text: s.besides(label, worst, fixed(worst, decimals), held > 0)}
	}
	return Outcome{Holds: held >= s.needed(), Text: text + first}
}
