package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["threshold"] = threshold{} }

// threshold claims that every cell is above, or below, Bound: "at most a quarter of
// the features is not zero". The test is Student's one-sample t test over seeds for
// each cell; all of them have to reject (Berger 1982).
type threshold struct{}

func (threshold) uses() []string { return []string{"bound", "sense"} }

func (threshold) check(p Predicate) (key, mend string) {
	switch {
	case p.Sense != "above" && p.Sense != "below":
		return "sense", `write sense = "above" or sense = "below"`
	case p.Bound == 0:
		return "bound", "say what the values are held against, like bound = 25"
	}
	return "", ""
}

// sign is 1 for above and −1 for below.
func (threshold) sign(p Predicate) float64 {
	if p.Sense == "below" {
		return -1
	}
	return 1
}

func (k threshold) judge(s scene[seeds]) judgement {
	var e evidence
	sign := k.sign(s.Predicate)
	held, weakest := 0, -1
	var worst stat.Test
	for _, column := range s.Columns {
		for _, row := range s.Rows {
			shown, name := contrast(0, []term{cellTerm(s, column, row, 1)})
			t, _ := contrast(-sign*s.Bound, []term{cellTerm(s, column, row, sign)})
			e.add(part(s.row(row)+s.in(column), shown, t), name, t)
			if t.Effect > 0 {
				held++
			}
			if weakest < 0 || t.Effect < worst.Effect {
				weakest, worst = len(e.parts)-1, t
			}
		}
	}
	return e.judgement(fmt.Sprintf("%d of %d values are %s %s; the weakest is %s = %s",
		held, len(e.parts), s.Sense, number3(s.Bound), e.parts[weakest].Label, number3(*e.parts[weakest].Effect)))
}

func (k threshold) outcome(s scene[Published]) Outcome {
	var o printed
	sign := k.sign(s.Predicate)
	for _, column := range s.Columns {
		for _, row := range s.Rows {
			v := s.at(column, row)
			o.compare(exceeds(sign*v.Value, sign*s.Bound), false, fmt.Sprintf("%s is %s", s.row(row)+s.in(column), asPrinted(v)))
		}
	}
	return o.outcome()
}
