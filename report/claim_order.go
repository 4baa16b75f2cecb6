package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["order"] = order{} }

// order claims that in every column the values rise (or fall) strictly from each
// row to the next: "class separation increases with the temperature".
//
// The test is Page's (Page 1963) with seeds as blocks: it asks whether an order
// like this one could be chance. The claim of strictness is the direction: every
// step of the means has to go the claimed way. Steps that significantly go the
// other way, by the paired t test, refute it; so does Page's test the other way
// round where the order is exactly reversed.
type order struct{}

func (order) uses() []string { return []string{"sense"} }

func (order) check(c Predicate) (key, mend string) {
	switch {
	case len(c.Rows) < 3:
		return "rows", "an order needs at least three rows; use kind greater for two"
	case c.Sense != "increasing" && c.Sense != "decreasing":
		return "sense", `write sense = "increasing" or sense = "decreasing"`
	}
	return "", ""
}

func (order) judge(c scene[seeds]) judgement {
	whole := judgement{test: "Page's trend test, seeds as blocks", n: -1, holds: true, trend: true}
	var against []float64
	for _, column := range c.Columns {
		for i := 1; i < len(c.Rows); i++ {
			d := stat.Mean(c.at(column, c.Rows[i]).value) - stat.Mean(c.at(column, c.Rows[i-1]).value)
			if c.Sense == "increasing" && d <= 0 || c.Sense == "decreasing" && d >= 0 {
				whole.back = append(whole.back, c.row(c.Rows[i-1])+" → "+c.row(c.Rows[i])+c.in(column))
			}
		}
		rows := append([]string(nil), c.Rows...)
		if c.Sense == "decreasing" {
			reverse(rows)
		}
		cells := make([]seeds, len(rows))
		for i, row := range rows {
			cells[i] = c.at(column, row)
		}
		j := rising(cells, func(i int) string { return c.pair(column, rows[i], rows[i-1]) })
		whole.parts = append(whole.parts, j.parts...)
		whole.holds = whole.holds && j.holds
		whole.p = max(whole.p, j.p)
		against = append(against, j.against)
		if whole.n < 0 || j.n < whole.n {
			whole.n = j.n
		}
	}
	whole.against = stat.Simes(against)
	steps := 0
	for _, p := range whole.parts {
		if p.Holds {
			steps++
		}
	}
	if 0 < steps && steps < len(whole.parts) {
		whole.test += "; for the reverse, paired t tests of the steps"
	}
	whole.text = fmt.Sprintf("%d of %d steps go the claimed way", steps, len(whole.parts))
	return whole
}

// rising judges whether cells rise strictly. The steps' own p-values are shown
// but not asked for: p is of the trend.
func rising(cells []seeds, label func(i int) string) judgement {
	var tests []stat.Test
	var parts []Part
	reversed := true
	for i := 1; i < len(cells); i++ {
		part, t, _ := compare(label(i), cells[i], cells[i-1])
		parts, tests = append(parts, part), append(tests, t)
		reversed = reversed && t.Effect < 0
	}
	j := combine(tests, parts)
	common, values := shared(cells...)
	j.n = len(common)
	page, ok := stat.Page(transpose(values))
	j.p = 1
	if ok {
		j.p = min(1, 2*page.Rising)
		if reversed {
			j.against = min(1, 2*page.Falling)
		}
	}
	return j
}

func reverse(s []string) {
	for i, k := 0, len(s)-1; i < k; i, k = i+1, k-1 {
		s[i], s[k] = s[k], s[i]
	}
}

func (order) outcome(c scene[Published]) Outcome {
	var o printed
	for _, column := range c.Columns {
		for i := 1; i < len(c.Rows); i++ {
			a, b := c.at(column, c.Rows[i-1]), c.at(column, c.Rows[i])
			rises, falls := exceeds(b.Value, a.Value), exceeds(a.Value, b.Value)
			o.compare(c.Sense == "increasing" && rises || c.Sense == "decreasing" && falls, !rises && !falls,
				fmt.Sprintf("from %s at %s to %s at %s%s", asPrinted(a), c.row(c.Rows[i-1]), asPrinted(b), c.row(c.Rows[i]), c.in(column)))
		}
	}
	return o.outcome()
}

// transpose turns one slice per cell into one per seed.
func transpose(x [][]float64) [][]float64 {
	out := make([][]float64, len(x[0]))
	for s := range out {
		out[s] = make([]float64, len(x))
		for i := range x {
			out[s][i] = x[i][s]
		}
	}
	return out
}
