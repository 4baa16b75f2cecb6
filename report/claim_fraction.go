package report

import "fmt"

func init() { kinds["fraction"] = fractionOf{} }

// fractionOf, kind fraction, claims that one thing is less than Factor times another. With Than: in
// every column, each of Rows is less than Factor × each of Than ("less than half the
// calibration error of softmax"). Without: in every row, the first column is less
// than Factor × the second ("less than half of the linear accuracy"); with factor 1
// the columns are compared as they are.
//
// The test is the paired t test of Factor × the larger − the smaller, which asks
// about the ratio of the means without dividing (Fieller 1954); all of them have to
// reject (Berger 1982).
type fractionOf struct{}

func (fractionOf) uses() []string { return []string{"than", "factor"} }

func (fractionOf) check(p Predicate) (key, mend string) {
	if len(p.Than) == 0 && len(p.Columns) != 2 {
		return "columns", "name two columns, or the rows in than"
	}
	return "", ""
}

// ratio is a comparison: small is less than a factor times large.
type ratio struct{ small, large [2]string } // column, row

func (p Predicate) ratios() []ratio {
	var out []ratio
	if len(p.Than) == 0 {
		for _, row := range p.Rows {
			out = append(out, ratio{[2]string{p.Columns[0], row}, [2]string{p.Columns[1], row}})
		}
		return out
	}
	for _, column := range p.Columns {
		for _, a := range p.Rows {
			for _, b := range p.Than {
				out = append(out, ratio{[2]string{column, a}, [2]string{column, b}})
			}
		}
	}
	return out
}

// name says what is compared: "0.5 × Softmax − Label smoothing", or for two columns
// "0.5 × linear − assignment, Greek".
func ratioName[T any](s scene[T], r ratio) string {
	times := ""
	if s.Factor != 1 {
		times = number3(s.Factor) + " × "
	}
	if len(s.Than) == 0 {
		return times + s.column(r.large[0]) + " − " + s.column(r.small[0]) + ", " + s.row(r.large[1])
	}
	return times + s.pair(r.large[0], r.large[1], r.small[1])
}

func (fractionOf) judge(s scene[seeds]) judgement {
	var e evidence
	for _, r := range s.ratios() {
		t, name := contrast(0, []term{cellTerm(s, r.large[0], r.large[1], s.Factor), cellTerm(s, r.small[0], r.small[1], -1)})
		e.add(part(ratioName(s, r), t, t), name, t)
	}
	return e.judgement(tally(e.parts))
}

func (fractionOf) outcome(s scene[Published]) Outcome {
	var o printed
	for _, r := range s.ratios() {
		x, y := s.at(r.small[0], r.small[1]), s.at(r.large[0], r.large[1])
		o.compare(exceeds(s.Factor*y.Value, x.Value), s.Factor == 1 && x.Value == y.Value,
			fmt.Sprintf("%s: %s and %s", ratioName(s, r), asPrinted(y), asPrinted(x)))
	}
	return o.outcome()
}
