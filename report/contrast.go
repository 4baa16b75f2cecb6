package report

import "lossxfer-report/report/stat"

// term is a cell with its weight in a linear combination of cells. Cells with one
// key are the same cell; their weights add up.
type term struct {
	key    [2]string // column, row
	cell   seeds
	weight float64
}

// term is the cell of a column and a row with a weight.
func cellTerm(s scene[seeds], column, row string, weight float64) term {
	return term{[2]string{column, row}, s.at(column, row), weight}
}

// minus is the difference of two cells, as terms.
func difference(s scene[seeds], column, a, b string) []term {
	return []term{cellTerm(s, column, a, 1), cellTerm(s, column, b, -1)}
}

// scaled multiplies the weights of terms.
func scaled(terms []term, by float64) []term {
	out := append([]term(nil), terms...)
	for i := range out {
		out[i].weight *= by
	}
	return out
}

// contrast tests whether offset + Σ weight·cell is above zero. Cells that share at
// least two seeds are combined seed by seed, others as independent samples.
func contrast(offset float64, terms ...[]term) (stat.Test, string) {
	var cells []seeds
	var weights []float64
	at := map[[2]string]int{}
	for _, list := range terms {
		for _, t := range list {
			if i, ok := at[t.key]; ok {
				weights[i] += t.weight
				continue
			}
			at[t.key] = len(cells)
			cells, weights = append(cells, t.cell), append(weights, t.weight)
		}
	}
	samples := make([][]float64, len(cells))
	most := 0
	for i, c := range cells {
		samples[i] = c.value
		most = max(most, len(c.value))
	}
	ids, both := shared(cells...)
	switch {
	case len(cells) == 1:
		return stat.Contrast(samples, weights, offset), "t test over seeds"
	case len(ids) >= 2 || len(ids) == 1 && most == 1:
		return stat.Contrast(both, weights, offset), "paired t test over seeds"
	}
	return stat.WelchContrast(samples, weights, offset), "Welch's t test over seeds"
}

// noteOneSeed says why a part has no interval.
const noteOneSeed = "one seed"

// part is a row of evidence: shown is the quantity a reader looks at, with its
// interval; tests are what has to be positive, all of them. Without a margin they
// are one and the same.
func part(label string, shown stat.Test, tests ...stat.Test) Part {
	out := Part{Label: label, Effect: &shown.Effect, Holds: true}
	p, least := 0.0, tests[0]
	for _, t := range tests {
		out.Holds = out.Holds && t.Effect > 0
		p = max(p, t.P)
		if t.Effect < least.Effect {
			least = t
		}
	}
	if !out.Holds { // how clearly it is the other way round
		p = least.P
	}
	switch {
	case shown.N < 2:
		out.Note = noteOneSeed
	case shown.Degenerate:
		out.Note = "the seeds do not differ, so there is no test"
	default:
		out.Low, out.High, out.P = &shown.Low, &shown.High, &p
	}
	return out
}

// evidence collects tests, all of which have to be positive, and the parts that
// show them.
type evidence struct {
	tests []stat.Test
	parts []Part
	name  string
}

func (e *evidence) add(p Part, name string, tests ...stat.Test) {
	e.parts, e.tests, e.name = append(e.parts, p), append(e.tests, tests...), mergeNames(e.name, name)
}

// judgement combines what has been collected.
func (e *evidence) judgement(text string) judgement {
	j := combine(e.tests, e.parts)
	j.test, j.text = e.name, text
	return j
}

// mergeNames says both tests where parts were tested in two ways.
func mergeNames(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return "paired t test over shared seeds, Welch's where none are shared"
}

// equivalence tests that a combination of cells differs from zero by less than a
// margin: two one-sided tests (Schuirmann 1987), both of which have to reject. Their
// p-values are doubled like all others of the report, so that a difference is within
// the margin when its 95% interval is; Schuirmann asks for the 90% interval.
func (e *evidence) equivalence(label string, margin float64, terms ...[]term) {
	shown, name := contrast(0, terms...)
	above, _ := contrast(margin, terms...)
	var negative [][]term
	for _, t := range terms {
		negative = append(negative, scaled(t, -1))
	}
	below, _ := contrast(margin, negative...)
	e.add(part(label, shown, above, below), name, above, below)
}
