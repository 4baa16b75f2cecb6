package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["peaks"] = peaks{} }

// peaks claims that two columns do not peak together: the row that is largest in the
// first (smallest, with that Sense) is not the one that is largest in the second.
// "The loss that separates classes most is not the most accurate one": no monotone
// relation leads from the one to the other.
//
// The null is a union: some row is the extreme of both. Row r is excluded when some
// other row is significantly further out in either column, by t tests over seeds with
// Bonferroni's correction for the 2(n − 1) tries; the null is rejected when every row
// is excluded (Berger 1982). The claim is refuted when one row is significantly
// ahead of all others in both columns; that the data choose the row costs nothing,
// as the tests are two-sided (Gutmann and Maymin 1987).
type peaks struct{}

func (peaks) uses() []string { return []string{"sense"} }

func (peaks) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) != 2:
		return "columns", "two columns peak together or not; name two"
	case len(p.Rows) < 2:
		return "rows", "one row is the extreme of everything; name two or more"
	case p.Sense != "largest" && p.Sense != "smallest":
		return "sense", `write sense = "largest" or sense = "smallest", of the first column`
	}
	return "", ""
}

// weights are the signs by which the extremes of the two columns become largest.
func (peaks) weights(p Predicate) [2]float64 {
	if p.Sense == "smallest" {
		return [2]float64{-1, 1}
	}
	return [2]float64{1, 1}
}

func (k peaks) judge(s scene[seeds]) judgement {
	j := judgement{n: -1, against: 1}
	n := len(s.Rows)
	weights := k.weights(s.Predicate)
	excluded := 0.0 // the largest p over rows
	for _, r := range s.Rows {
		least, both := 1.0, 0.0
		for i, column := range s.Columns {
			for _, o := range s.Rows {
				if o == r {
					continue
				}
				t, name := contrast(0, scaled(difference(s, column, o, r), weights[i]))
				j.test = mergeNames(j.test, name)
				if j.n < 0 || t.N < j.n {
					j.n = t.N
				}
				switch {
				case t.Effect > 0:
					least, both = min(least, t.P), 1
				case t.Effect < 0:
					both = max(both, t.P)
				default:
					both = 1
				}
			}
		}
		excluded = max(excluded, min(1, float64(2*(n-1))*least))
		j.against = min(j.against, both)
	}
	top := [2][]string{}
	for i, column := range s.Columns {
		top[i] = topRows(s.Rows, func(row string) float64 { return weights[i] * stat.Mean(s.at(column, row).value) })
	}
	j.holds = !overlap(top[0], top[1])
	j.p = 1
	if j.holds {
		j.p = excluded
	}
	a, b := top[0][0], top[1][0]
	j.text = fmt.Sprintf("%s is %s at %s, %s is largest at %s", s.column(s.Columns[0]), s.Sense, s.rows(top[0]), s.column(s.Columns[1]), s.rows(top[1]))
	if a != b {
		t, _ := contrast(0, difference(s, s.Columns[1], b, a))
		j.parts = []Part{part(s.pair(s.Columns[1], b, a), t, t)}
		j.parts[0].Holds = j.holds
	}
	return j
}

// topRows lists the rows with the largest value.
func topRows(rows []string, value func(string) float64) []string {
	var out []string
	for _, r := range rows {
		switch {
		case len(out) == 0 || value(r) > value(out[0]):
			out = []string{r}
		case value(r) == value(out[0]):
			out = append(out, r)
		}
	}
	return out
}

func overlap(a, b []string) bool {
	for _, x := range a {
		if contains(b, x) {
			return true
		}
	}
	return false
}

func (k peaks) outcome(s scene[Published]) Outcome {
	weights := k.weights(s.Predicate)
	top := [2][]string{}
	for i, column := range s.Columns {
		top[i] = topRows(s.Rows, func(row string) float64 { return weights[i] * s.at(column, row).Value })
	}
	return Outcome{Holds: !overlap(top[0], top[1]), Text: fmt.Sprintf("%s is %s at %s, %s is largest at %s",
		s.column(s.Columns[0]), s.Sense, s.rows(top[0]), s.column(s.Columns[1]), s.rows(top[1]))}
}
