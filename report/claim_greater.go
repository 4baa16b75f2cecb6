package report

import (
	"fmt"

	"lossxfer-report/report/stat"
)

func init() { kinds["greater"] = greater{} }

// greater claims that in every column each of Rows is larger than each of Than:
// "softmax transfers better than every other loss".
type greater struct{}

func (greater) check(c Claim) (key, mend string) {
	switch {
	case len(c.Than) == 0:
		return "than", `name the smaller rows, like than = ["@others"]`
	case c.Sense != "":
		return "sense", "a claim of kind greater has none; swap rows and than instead"
	}
	for _, r := range c.Than {
		if contains(c.Rows, r) {
			return "than", fmt.Sprintf("row %q is among rows too; take it out of one", r)
		}
	}
	return "", ""
}

func (greater) judge(c Claim, cell func(column, row string) seeds) judgement {
	var parts []Part
	var tests []stat.Test
	name := ""
	for _, column := range c.Columns {
		for _, a := range c.Rows {
			for _, b := range c.Than {
				part, t, n := compare(pairLabel(c, column, a, b), cell(column, a), cell(column, b))
				parts, tests, name = append(parts, part), append(tests, t), mergeNames(name, n)
			}
		}
	}
	j := combine(tests, parts)
	j.test = name
	j.text = tally(parts)
	return j
}

func (greater) outcome(c Claim, value func(column, row string) Published) Outcome {
	var against []string
	ties, n := 0, 0
	for _, column := range c.Columns {
		for _, a := range c.Rows {
			for _, b := range c.Than {
				n++
				x, y := value(column, a).Value, value(column, b).Value
				if x == y {
					ties++
				}
				if x <= y {
					against = append(against, fmt.Sprintf("%s: %v and %v", pairLabel(c, column, a, b), x, y))
				}
			}
		}
	}
	if len(against) == 0 {
		return Outcome{Holds: true, Text: fmt.Sprintf("all %d comparisons are as claimed", n)}
	}
	text := fmt.Sprintf("%d of %d comparisons are as claimed", n-len(against), n)
	if ties > 0 {
		text += fmt.Sprintf(", %d are ties as printed", ties)
	}
	return Outcome{Text: text + "; the first that is not: " + against[0]}
}

// pairLabel names a comparison, with its column where the claim has several.
func pairLabel(c Claim, column, a, b string) string {
	if len(c.Columns) == 1 {
		return a + " − " + b
	}
	return fmt.Sprintf("%s − %s in %s", a, b, column)
}

// mergeNames says both tests where parts were tested in two ways.
func mergeNames(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return "paired t test over shared seeds, Welch's where none are shared"
}

// tally counts the parts that hold and names the weakest of them.
func tally(parts []Part) string {
	holds := 0
	for _, p := range parts {
		if p.Holds {
			holds++
		}
	}
	least := parts[0]
	for _, p := range parts[1:] {
		if *p.Effect < *least.Effect {
			least = p
		}
	}
	if len(parts) == 1 {
		if holds == 1 {
			return fmt.Sprintf("the comparison points the claimed way (%s = %.3g)", least.Label, *least.Effect)
		}
		return fmt.Sprintf("the comparison does not point the claimed way (%s = %.3g)", least.Label, *least.Effect)
	}
	return fmt.Sprintf("%d of %d comparisons point the claimed way; the smallest difference is %s = %.3g", holds, len(parts), least.Label, *least.Effect)
}
