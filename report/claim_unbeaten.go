package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["unbeaten"] = unbeaten{} }

// unbeaten claims of a table of combinations that none is better than the best of what
// is combined: "no combination of objectives is more accurate than the best one
// alone". The first column and the rows of Than have one thing alone, all other cells a
// combination of two. Margin is how much better still counts as no better.
//
// Which one alone is the best is not known beforehand. The null is a union over the
// combinations: some combination is better than every one alone by the margin or more.
// A combination is excluded when some one alone is significantly not that far behind
// it, by t tests over seeds with Bonferroni's correction for the number of those tried;
// the null is rejected when every combination is excluded (Berger 1982). The claim is
// refuted when some combination is significantly more than the margin ahead of every
// one alone: the largest p over those, by Simes over the combinations.
type unbeaten struct{}

func (unbeaten) uses() []string { return []string{"than", "margin"} }

func (unbeaten) check(p Predicate) (key, mend string) {
	switch {
	case len(p.Columns) < 2:
		return "columns", "name two or more: the first has the rows alone"
	case len(p.Than) == 0:
		return "than", "name the row that has the columns alone"
	}
	return "", ""
}

// tableCell is a cell by its column and row.
type tableCell struct{ column, row string }

// alone and combined divide the cells of the predicate.
func (p Predicate) alone() []tableCell {
	var out []tableCell
	for _, column := range p.Columns {
		for _, row := range p.Than {
			out = append(out, tableCell{column, row})
		}
	}
	for _, row := range p.Rows {
		out = append(out, tableCell{p.Columns[0], row})
	}
	return out
}

func (p Predicate) combined() []tableCell {
	var out []tableCell
	for _, column := range p.Columns[1:] {
		for _, row := range p.Rows {
			out = append(out, tableCell{column, row})
		}
	}
	return out
}

// cellName names one thing alone, or a combination of two.
func cellName[T any](s scene[T], c tableCell) string {
	switch {
	case contains(s.Than, c.row):
		return s.column(c.column)
	case c.column == s.Columns[0]:
		return s.row(c.row)
	}
	return s.column(c.column) + " with " + s.row(c.row)
}

// highest is the cell with the largest value.
func highest(cells []tableCell, value func(tableCell) float64) tableCell {
	best := cells[0]
	for _, c := range cells[1:] {
		if value(c) > value(best) {
			best = c
		}
	}
	return best
}

func (unbeaten) judge(s scene[seeds]) judgement {
	j := judgement{n: -1}
	alone, combined := s.alone(), s.combined()
	ahead := func(offset float64, a, b tableCell) (stat.Test, string) {
		return contrast(offset, []term{cellTerm(s, a.column, a.row, 1), cellTerm(s, b.column, b.row, -1)})
	}
	excluded := 0.0 // the largest p over combinations
	var beaten []float64
	for _, c := range combined {
		least, all := 1.0, 0.0
		for _, one := range alone {
			t, name := ahead(s.Margin, one, c)
			j.test = mergeNames(j.test, name)
			if j.n < 0 || t.N < j.n {
				j.n = t.N
			}
			switch {
			case t.Effect > 0:
				least, all = min(least, t.P), 1
			case t.Effect < 0:
				all = max(all, t.P)
			default:
				all = 1
			}
		}
		excluded = max(excluded, min(1, float64(len(alone))*least))
		beaten = append(beaten, all)
	}
	j.against = stat.Simes(beaten)
	mean := func(c tableCell) float64 { return stat.Mean(s.at(c.column, c.row).value) }
	one, two := highest(alone, mean), highest(combined, mean)
	shown, _ := ahead(0, one, two)
	tested, _ := ahead(s.Margin, one, two)
	j.holds = tested.Effect > 0
	j.p = 1
	if j.holds {
		j.p = excluded
	}
	j.parts = []Part{part(cellName(s, one)+" − "+cellName(s, two), shown, tested)}
	j.text = fmt.Sprintf("of %d combinations the best is %s, of %d alone %s; the difference is %s",
		len(combined), cellName(s, two), len(alone), cellName(s, one), number3(shown.Effect)+s.allowance())
	j.seeds = func(alpha float64) need {
		tests := make([]stat.Test, len(combined))
		for i, c := range combined {
			tests[i], _ = ahead(s.Margin, one, c)
		}
		return seedsFor(tests, alpha/float64(len(alone)))
	}
	return j
}

// allowance says that a margin was allowed.
func (p Predicate) allowance() string {
	if p.Margin == 0 {
		return ""
	}
	return fmt.Sprintf(", and %s the other way would count as none", number3(p.Margin))
}

func (unbeaten) outcome(s scene[Published]) Outcome {
	value := func(c tableCell) float64 { return s.at(c.column, c.row).Value }
	one, two := highest(s.alone(), value), highest(s.combined(), value)
	return Outcome{Holds: !exceeds(value(two), value(one)+s.Margin), Text: fmt.Sprintf("of the combinations the best is %s at %s, of those alone %s at %s",
		cellName(s, two), asPrinted(s.at(two.column, two.row)), cellName(s, one), asPrinted(s.at(one.column, one.row)))}
}
