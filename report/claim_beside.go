package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() {
	kinds["spread"] = spread{}
	kinds["shift"] = shift{}
}

// spread claims that rows lie close together in the first column beside a gap in the
// second: every two Rows differ in the first column by less than Factor × the gap in
// the second between the two rows of Than, larger first. "Fine-tuned networks differ
// little beside those with fixed features." The gap is between two rows named
// beforehand: the range of noisy values would grow with the noise.
//
// The tests are t tests over seeds of Factor × gap ± difference, for all pairs and
// both signs, all of them rejecting (Berger 1982).
type spread struct{}

func (spread) uses() []string { return []string{"than", "factor"} }

func (spread) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) != 2:
		return "columns", "name two: the one with the small differences, the one with the gap"
	case len(p.Rows) < 2:
		return "rows", "one row has no spread; name two or more"
	case len(p.Than) != 2:
		return "than", "name the two rows of the gap in the second column, the larger first"
	}
	return "", ""
}

func (spread) judge(s scene[seeds]) judgement {
	var e evidence
	gap := scaled(difference(s, s.Columns[1], s.Than[0], s.Than[1]), s.Factor)
	for i, a := range s.Rows {
		for _, b := range s.Rows[:i] {
			e.beside(s.pair(s.Columns[0], a, b), difference(s, s.Columns[0], a, b), gap)
		}
	}
	limit, _ := contrast(0, gap)
	return e.judgement(smallBeside(e.parts, limit.Effect))
}

func (spread) outcome(s scene[Published]) Outcome {
	var o printed
	gap := s.Factor * (s.at(s.Columns[1], s.Than[0]).Value - s.at(s.Columns[1], s.Than[1]).Value)
	for i, a := range s.Rows {
		for _, b := range s.Rows[:i] {
			d := s.at(s.Columns[0], a).Value - s.at(s.Columns[0], b).Value
			o.small(d, gap, s.pair(s.Columns[0], a, b))
		}
	}
	return o.outcome()
}

// shift claims that the step of each row from the second column to the first is
// small beside the gaps between rows in the second: less than Factor × the gap of
// any two rows. "Augmentation changes class separation little beside what the loss
// does."
//
// The tests are those of spread for each step and each gap; a gap takes the sign
// that it has in the data, which two-sided p-values allow.
type shift struct{}

func (shift) uses() []string { return []string{"factor"} }

func (shift) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) != 2:
		return "columns", "a step is between two columns; name two"
	case len(p.Rows) < 2:
		return "rows", "one row has no gap to another; name two or more"
	}
	return "", ""
}

func (shift) judge(s scene[seeds]) judgement {
	var e evidence
	smallest := -1.0
	for _, row := range s.Rows {
		step := []term{cellTerm(s, s.Columns[0], row, 1), cellTerm(s, s.Columns[1], row, -1)}
		var narrow evidence
		for _, p := range s.pairs() {
			gap := scaled(difference(s, s.Columns[1], p[0], p[1]), s.Factor)
			t, _ := contrast(0, gap)
			if t.Effect < 0 {
				gap, t.Effect = scaled(gap, -1), -t.Effect
			}
			if smallest < 0 || t.Effect < smallest {
				smallest = t.Effect
			}
			narrow.beside("step of "+s.row(row), step, gap)
		}
		e.tests = append(e.tests, narrow.tests...)
		e.parts = append(e.parts, weakestPart(narrow.parts))
		e.name = mergeNames(e.name, narrow.name)
	}
	return e.judgement(smallBeside(e.parts, smallest))
}

// weakestPart is one that does not hold, or else the one with the largest p.
func weakestPart(parts []Part) Part {
	out := parts[0]
	for _, p := range parts[1:] {
		if out.Holds && (!p.Holds || p.P != nil && (out.P == nil || *p.P > *out.P)) {
			out = p
		}
	}
	return out
}

func (shift) outcome(s scene[Published]) Outcome {
	var o printed
	for _, row := range s.Rows {
		step := s.at(s.Columns[0], row).Value - s.at(s.Columns[1], row).Value
		for _, p := range s.pairs() {
			gap := s.Factor * (s.at(s.Columns[1], p[0]).Value - s.at(s.Columns[1], p[1]).Value)
			o.small(step, max(gap, -gap), "step of "+s.row(row)+" beside "+s.pair(s.Columns[1], p[0], p[1]))
		}
	}
	return o.outcome()
}

// beside adds the tests that a difference, of either sign, is smaller than a gap.
func (e *evidence) beside(label string, small, gap []term) {
	shown, name := contrast(0, small)
	var tests [2]stat.Test
	for i, sign := range []float64{1, -1} {
		tests[i], _ = contrast(0, gap, scaled(small, sign))
	}
	e.add(part(label, shown, tests[:]...), name, tests[:]...)
}

// smallBeside counts the differences below a limit and names the largest.
func smallBeside(parts []Part, limit float64) string {
	held, largest := 0, parts[0]
	for _, p := range parts {
		if p.Holds {
			held++
		}
		if size(p) > size(largest) {
			largest = p
		}
	}
	return fmt.Sprintf("%d of %d differences are small beside the gap, below %s; the largest is %s = %s",
		held, len(parts), number3(limit), largest.Label, number3(*largest.Effect))
}

// small holds a printed difference against a gap that it has to be smaller than.
func (o *printed) small(d, gap float64, label string) {
	o.compare(exceeds(gap, max(d, -d)), false, fmt.Sprintf("%s = %s is not below %s", label, number3(d), number3(gap)))
}
