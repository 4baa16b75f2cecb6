package report

import (
	"fmt"
	"strconv"
	"strings"
)

// printed counts comparisons of printed values.
type printed struct {
	n, held, ties int
	first         string // the first comparison that is not as claimed
}

func (o *printed) compare(holds, tie bool, text string) {
	o.n++
	switch {
	case holds:
		o.held++
	case o.first == "":
		o.first = text
	}
	if tie {
		o.ties++
	}
}

func (o *printed) outcome() Outcome {
	if o.held == o.n {
		if o.n == 1 {
			return Outcome{Holds: true, Text: "the comparison is as claimed"}
		}
		return Outcome{Holds: true, Text: fmt.Sprintf("all %d comparisons are as claimed", o.n)}
	}
	text := fmt.Sprintf("%d of %d comparisons are as claimed", o.held, o.n)
	if o.ties > 0 {
		text += fmt.Sprintf(", %d are ties as printed", o.ties)
	}
	return Outcome{Text: text + "; the first that is not: " + o.first}
}

// rounding is far above the noise of sums and differences of printed decimals and
// far below half a unit of their last digit.
const rounding = 1e-9

// exceeds compares differences of printed decimals: 86.4 − 86.2 is 0.2 and not more.
func exceeds(a, b float64) bool { return a > float64(b)+rounding }

// asPrinted shows a value with the decimals of the paper.
func asPrinted(p Published) string { return fixed(p.Value, p.Decimals) }

// number3 prints three significant digits with a real minus sign.
func number3(v float64) string {
	s := strconv.FormatFloat(v, 'g', 3, 64)
	if a := max(v, -v); strings.Contains(s, "e") && a >= 1 && a < 1e6 {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	return minus(powers(s))
}
