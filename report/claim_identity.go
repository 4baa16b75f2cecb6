package report

import "fmt"

func init() { kinds["identity"] = identity{} }

// identity claims that two columns are the same number in every row, up to Margin,
// which is for rounding: the two sides of an equation. It is algebra that no sample
// can confirm or refute by chance, so there is no test, no p-value, and one network
// is enough; in its family it counts with p = 1, which helps no other claim.
type identity struct{}

func (identity) uses() []string { return []string{"margin"} }

func (identity) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) != 2:
		return "columns", "an equation has two sides; name two columns"
	case p.Margin == 0:
		return "margin", "say how much rounding may leave, like margin = 1e-6"
	}
	return "", ""
}

func (identity) judge(s scene[seeds]) judgement {
	j := judgement{test: "both sides compared, seed by seed", n: -1, p: 1, against: 1, holds: true, exact: true}
	held, largest := 0, 0.0
	for _, row := range s.Rows {
		ids, sides := shared(s.at(s.Columns[0], row), s.at(s.Columns[1], row))
		worst := 0.0
		for i := range ids {
			if d := sides[0][i] - sides[1][i]; max(d, -d) > max(worst, -worst) {
				worst = d
			}
		}
		holds := len(ids) > 0 && max(worst, -worst) <= s.Margin
		one := Part{Label: s.column(s.Columns[0]) + " − " + s.column(s.Columns[1]) + ", " + s.row(row), Effect: &worst, Holds: holds}
		if len(ids) == 0 {
			one.Note = "no seed has both sides"
		}
		if holds {
			held++
		}
		j.holds = j.holds && holds
		j.parts = append(j.parts, one)
		largest = max(largest, worst, -worst)
		if j.n < 0 || len(ids) < j.n {
			j.n = len(ids)
		}
	}
	j.text = fmt.Sprintf("%d of %d equations hold; the largest difference between their sides is %s", held, len(s.Rows), number3(largest))
	return j
}

func (identity) outcome(s scene[Published]) Outcome {
	var o printed
	for _, row := range s.Rows {
		x, y := s.at(s.Columns[0], row), s.at(s.Columns[1], row)
		o.within(x.Value-y.Value, s.Margin, s.row(row))
	}
	return o.outcome()
}
