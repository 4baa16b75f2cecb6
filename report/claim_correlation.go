package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["correlation"] = correlation{} }

// correlation claims the sign of the rank correlation of two columns over rows:
// "objectives with more class separation transfer worse".
//
// As in the paper the points are the rows' means over seeds, and p is Spearman's,
// exact for up to ten rows. The rows are then the sample, so that more seeds make
// the points sharper but do not add points; the correlation within each seed is
// shown beside it, for a reader to see how far it hangs on the seed.
type correlation struct{}

func (correlation) uses() []string { return []string{"sense"} }

func (correlation) check(c Predicate) (key, mend string) {
	switch {
	case len(c.Columns) != 2:
		return "columns", "a correlation is between two columns; name two"
	case len(c.Rows) < 4:
		return "rows", "a rank correlation of fewer than four rows is never significant; name more"
	case c.Sense != "positive" && c.Sense != "negative":
		return "sense", `write sense = "positive" or sense = "negative"`
	}
	return "", ""
}

func (correlation) judge(c scene[seeds]) judgement {
	var cells [2][]seeds
	var means [2][]float64
	n := -1
	for i, column := range c.Columns {
		for _, row := range c.Rows {
			s := c.at(column, row)
			cells[i] = append(cells[i], s)
			means[i] = append(means[i], stat.Mean(s.value))
			if n < 0 || len(s.value) < n {
				n = len(s.value)
			}
		}
	}
	j := judgement{test: "Spearman's rank correlation over rows, exact by permutation", n: n, p: 1, against: 1, sample: c.labels.count(c.Rows)}
	r, ok := stat.Spearman(means[0], means[1])
	if !ok {
		j.text = "one of the two columns does not vary, so there is no correlation"
		j.parts = []Part{{Label: "ρ of the means over seeds", Note: "a column does not vary"}}
		return j
	}
	if !r.Exact {
		j.test = "Spearman's rank correlation over rows, t approximation"
	}
	j.holds = claimedSign(c.Predicate, r.Rho)
	if j.holds {
		j.p = r.P
	} else if r.Rho != 0 {
		j.against = r.P
	}
	j.parts = []Part{{Label: "ρ of the means over seeds", Effect: &r.Rho, P: &r.P, Holds: j.holds}}
	j.text = fmt.Sprintf("ρ = %s over %s, %s against %s", fixed(r.Rho, 2), c.labels.count(c.Rows), c.column(c.Columns[0]), c.column(c.Columns[1]))
	all := append(append([]seeds(nil), cells[0]...), cells[1]...)
	common, values := shared(all...)
	for i, v := range transpose(values) {
		if s, ok := stat.Spearman(v[:len(c.Rows)], v[len(c.Rows):]); ok && n > 1 {
			j.parts = append(j.parts, Part{
				Label:  fmt.Sprintf("ρ of seed %d", common[i]),
				Effect: &s.Rho,
				Holds:  claimedSign(c.Predicate, s.Rho),
				Note:   shownOnly,
			})
		}
	}
	return j
}

func (correlation) outcome(c scene[Published]) Outcome {
	var x, y []float64
	for _, row := range c.Rows {
		x = append(x, c.at(c.Columns[0], row).Value)
		y = append(y, c.at(c.Columns[1], row).Value)
	}
	r, ok := stat.Spearman(x, y)
	if !ok {
		return Outcome{Text: "a column does not vary as printed"}
	}
	return Outcome{
		Holds: claimedSign(c.Predicate, r.Rho) && r.P < 0.05,
		Text:  fmt.Sprintf("ρ = %s over %s (p %s)", fixed(r.Rho, 3), c.labels.count(c.Rows), relation(r.P)),
	}
}

func claimedSign(c Predicate, rho float64) bool {
	return c.Sense == "negative" && rho < 0 || c.Sense == "positive" && rho > 0
}
