package report

import "fmt"

func init() { kinds["greater"] = greater{} }

// greater claims that in every column each of Rows is larger than each of Than:
// "softmax transfers better than every other loss". Less is the same with rows and
// than swapped.
//
// The test is the paired t test over seeds, or Welch's, for each pair; all of them
// have to reject (Berger 1982).
type greater struct{}

func (greater) uses() []string { return []string{"than"} }

func (greater) check(p Predicate) (key, mend string) {
	if len(p.Than) == 0 {
		return "than", `name the smaller rows, like than = ["@others"]`
	}
	return "", ""
}

func (greater) judge(s scene[seeds]) judgement {
	var e evidence
	for _, column := range s.Columns {
		for _, a := range s.Rows {
			for _, b := range s.Than {
				t, name := contrast(0, difference(s, column, a, b))
				e.add(part(s.pair(column, a, b), t, t), name, t)
			}
		}
	}
	return e.judgement(tally(e.parts))
}

func (greater) outcome(s scene[Published]) Outcome {
	var o printed
	for _, column := range s.Columns {
		for _, a := range s.Rows {
			for _, b := range s.Than {
				x, y := s.at(column, a), s.at(column, b)
				o.compare(exceeds(x.Value, y.Value), x.Value == y.Value,
					fmt.Sprintf("%s: %s and %s", s.pair(column, a, b), asPrinted(x), asPrinted(y)))
			}
		}
	}
	return o.outcome()
}

// tally counts the parts that hold and names the weakest of them.
func tally(parts []Part) string {
	holds := 0
	least := parts[0]
	for _, p := range parts {
		if p.Holds {
			holds++
		}
		if *p.Effect < *least.Effect {
			least = p
		}
	}
	weakest := fmt.Sprintf("%s = %s", least.Label, number3(*least.Effect))
	if len(parts) == 1 {
		if holds == 1 {
			return fmt.Sprintf("the comparison points the claimed way (%s)", weakest)
		}
		return fmt.Sprintf("the comparison does not point the claimed way (%s)", weakest)
	}
	return fmt.Sprintf("%d of %d comparisons point the claimed way; the smallest difference is %s", holds, len(parts), weakest)
}
