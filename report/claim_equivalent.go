package report

import "fmt"

func init() {
	kinds["equivalent"] = equivalent{}
	kinds["parallel"] = parallel{}
}

// equivalent claims that in every column each of Rows differs from each of Than by
// less than Margin; without Than, all Rows from each other. "Not significantly
// different" is never enough: the interval has to lie within the margin, by two
// one-sided tests (Schuirmann 1987), for all pairs (Berger 1982). A difference that
// is significantly beyond the margin refutes it.
type equivalent struct{}

func (equivalent) uses() []string { return []string{"than", "margin"} }

func (equivalent) check(p Predicate) (key, mend string) {
	switch {
	case p.Margin == 0:
		return "margin", "say how large a difference counts as none, like margin = 0.5"
	case len(p.Than) == 0 && len(p.Rows) < 2:
		return "rows", "there is nothing to compare; name two rows, or than"
	}
	return "", ""
}

// pairs lists the pairs of rows that are compared.
func (p Predicate) pairs() [][2]string {
	var out [][2]string
	for i, a := range p.Rows {
		others := p.Than
		if len(others) == 0 {
			others = p.Rows[:i]
		}
		for _, b := range others {
			out = append(out, [2]string{a, b})
		}
	}
	return out
}

func (equivalent) judge(s scene[seeds]) judgement {
	var e evidence
	for _, column := range s.Columns {
		for _, p := range s.pairs() {
			e.equivalence(s.pair(column, p[0], p[1]), s.Margin, difference(s, column, p[0], p[1]))
		}
	}
	return e.judgement(within(e.parts, s.Margin))
}

func (equivalent) outcome(s scene[Published]) Outcome {
	var o printed
	for _, column := range s.Columns {
		for _, p := range s.pairs() {
			x, y := s.at(column, p[0]), s.at(column, p[1])
			o.within(x.Value-y.Value, s.Margin, s.pair(column, p[0], p[1]))
		}
	}
	return o.outcome()
}

// parallel claims that the step from the first column to the second is the same for
// all rows, up to Margin: "augmentation gains as much with every loss". The tests are
// those of equivalent, on differences of steps.
type parallel struct{}

func (parallel) uses() []string { return []string{"margin"} }

func (parallel) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) != 2:
		return "columns", "a step is between two columns; name two"
	case len(p.Rows) < 2:
		return "rows", "one step is parallel to nothing; name two rows or more"
	case p.Margin == 0:
		return "margin", "say how large a difference counts as none, like margin = 0.5"
	}
	return "", ""
}

func (parallel) judge(s scene[seeds]) judgement {
	var e evidence
	for _, p := range s.pairs() {
		e.equivalence("step of "+s.row(p[0])+" − step of "+s.row(p[1]), s.Margin,
			difference(s, s.Columns[1], p[0], p[1]), scaled(difference(s, s.Columns[0], p[0], p[1]), -1))
	}
	return e.judgement(within(e.parts, s.Margin))
}

func (parallel) outcome(s scene[Published]) Outcome {
	var o printed
	step := func(row string) float64 { return s.at(s.Columns[1], row).Value - s.at(s.Columns[0], row).Value }
	for _, p := range s.pairs() {
		o.within(step(p[0])-step(p[1]), s.Margin, "step of "+s.row(p[0])+" − step of "+s.row(p[1]))
	}
	return o.outcome()
}

// within counts the differences that are smaller than a margin and names the largest.
func within(parts []Part, margin float64) string {
	held, largest := 0, parts[0]
	for _, p := range parts {
		if p.Holds {
			held++
		}
		if size(p) > size(largest) {
			largest = p
		}
	}
	return fmt.Sprintf("%d of %d differences are below the margin of %s; the largest is %s = %s",
		held, len(parts), number3(margin), largest.Label, number3(*largest.Effect))
}

func size(p Part) float64 { return max(*p.Effect, -*p.Effect) }

// within holds a printed difference against a margin.
func (o *printed) within(d, margin float64, label string) {
	o.compare(!exceeds(max(d, -d), margin), false, fmt.Sprintf("%s = %s, the margin is %s", label, number3(d), number3(margin)))
}
