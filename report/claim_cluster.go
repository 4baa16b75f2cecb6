package report

import (
	"fmt"
	"strings"
)

func init() { kinds["cluster"] = cluster{} }

// cluster claims of a square matrix that pairs within a group are on average larger
// than pairs of it with other groups: "networks of these losses agree more with each
// other". Columns and Rows are the matrix in one order, Groups its parts. Pairs
// within a group are of different rows; where every group has one row, they are the
// diagonal: two networks of one loss that differ in the seed. A single row beside
// larger groups is among the others only.
//
// The test is the t test over seeds of mean within − mean between, for each group,
// all of them rejecting (Berger 1982). Samples are to be disjoint pairs of networks,
// so that they are independent.
type cluster struct{}

func (cluster) uses() []string { return []string{"groups"} }

func (cluster) check(p Predicate) (key, mend string) {
	if len(p.Groups) < 2 {
		return "groups", `name two groups or more, like groups = [["softmax", "sigmoid"], ["cosine_softmax"]]`
	}
	if len(p.Columns) != len(p.Rows) {
		return "columns", "a matrix has a column for each row"
	}
	for i, c := range p.Columns {
		if _, id, _ := strings.Cut(c, "."); id != p.Rows[i] {
			return "columns", fmt.Sprintf("column %q stands at row %q; a matrix has both in one order", c, p.Rows[i])
		}
	}
	var seen []string
	for _, g := range p.Groups {
		if len(g) == 0 {
			return "groups", "a group is empty; take it out"
		}
		for _, r := range g {
			if !contains(p.Rows, r) {
				return "groups", fmt.Sprintf("%q is not among the rows; %s", r, suggest(r, p.Rows))
			}
			if contains(seen, r) {
				return "groups", fmt.Sprintf("%q is in two groups; take it out of one", r)
			}
			seen = append(seen, r)
		}
	}
	return "", ""
}

// ignores says that a cell is not part of the claim: the diagonal where groups have
// several rows, and rows of no group.
func (cluster) ignores(p Predicate, column, row string) bool {
	_, id, _ := strings.Cut(column, ".")
	grouped := func(r string) bool {
		for _, g := range p.Groups {
			if contains(g, r) {
				return true
			}
		}
		return false
	}
	return !grouped(id) || !grouped(row) || id == row && !singles(p.Groups)
}

// singles says that every group has one row.
func singles(groups [][]string) bool {
	for _, g := range groups {
		if len(g) > 1 {
			return false
		}
	}
	return true
}

// matrixPair is a cell of the matrix: a row and the column of another row.
type matrixPair struct{ column, row string }

// clusterPairs lists the cells within group g and between it and the others.
func (p Predicate) clusterPairs(g int) (within, between []matrixPair) {
	for _, a := range p.Groups[g] {
		for h, group := range p.Groups {
			for _, b := range group {
				pair := matrixPair{p.Columns[index(p.Rows, b)], a}
				switch {
				case h != g:
					between = append(between, pair, matrixPair{p.Columns[index(p.Rows, a)], b})
				case a != b || singles(p.Groups):
					within = append(within, pair)
				}
			}
		}
	}
	return within, between
}

func groupName[T any](s scene[T], g int) string {
	return "within − around " + s.rows(s.Groups[g])
}

func (cluster) judge(s scene[seeds]) judgement {
	var e evidence
	for g := range s.Groups {
		within, between := s.clusterPairs(g)
		if len(within) == 0 {
			continue
		}
		var terms []term
		for _, c := range within {
			terms = append(terms, cellTerm(s, c.column, c.row, 1/float64(len(within))))
		}
		for _, c := range between {
			terms = append(terms, cellTerm(s, c.column, c.row, -1/float64(len(between))))
		}
		t, name := contrast(0, terms)
		e.add(part(groupName(s, g), t, t), name, t)
	}
	return e.judgement(tally(e.parts))
}

func (cluster) outcome(s scene[Published]) Outcome {
	var o printed
	for g := range s.Groups {
		within, between := s.clusterPairs(g)
		if len(within) == 0 {
			continue
		}
		mean := func(cells []matrixPair) float64 {
			sum := 0.0
			for _, c := range cells {
				sum += s.at(c.column, c.row).Value
			}
			return sum / float64(len(cells))
		}
		in, out := mean(within), mean(between)
		o.compare(exceeds(in, out), false, fmt.Sprintf("%s: %s and %s", groupName(s, g), number3(in), number3(out)))
	}
	return o.outcome()
}
