package report

import (
	"fmt"
	"math"
	"strings"

	"lossxfer-report/report/stat"
)

// nearness is how far a column of ours agrees with the paper's.
type nearness struct {
	label    string
	n        int // rows that have both values
	rho, p   float64
	distance float64 // root mean square difference over the standard deviation of the paper's values; NaN where values cannot be compared
}

// fewestRows is the least number of rows over which orders are compared: of three, a
// sixth of all orders agree perfectly by chance.
const fewestRows = 4

// nearnesses compares the columns of a table with the published ones: the order of the
// rows, and where both measure the same thing their values too.
func (t *Table) nearnesses() []nearness {
	var all []nearness
	for j, column := range t.Columns {
		var ours, theirs []float64
		for i := range t.Rows {
			if c := t.Rows[i].Cells[j]; c.Summary != nil && c.Published != nil {
				ours, theirs = append(ours, c.Summary.Mean), append(theirs, c.Published.Value)
			}
		}
		if len(ours) < fewestRows {
			continue
		}
		r, ok := stat.Spearman(ours, theirs)
		if !ok {
			continue
		}
		n := nearness{label: t.columnName(j), n: len(ours), rho: r.Rho, p: r.P, distance: math.NaN()}
		if column.Comparable {
			n.distance = relativeDistance(ours, theirs)
		}
		all = append(all, n)
	}
	return all
}

// relativeDistance is the root mean square difference in standard deviations of the
// second list: 0 for equal lists, about 1 if the first told no more than its mean.
func relativeDistance(ours, theirs []float64) float64 {
	sum := 0.0
	for i, v := range ours {
		d := v - theirs[i]
		sum += float64(d * d)
	}
	n := float64(len(ours))
	return math.Sqrt(sum/n) / (stat.SD(theirs) * math.Sqrt((n-1)/n))
}

// nearnessNote says in a sentence how far a table agrees with the paper's; empty if too
// little of it is published.
func (t *Table) nearnessNote() string {
	all := t.nearnesses()
	if len(all) == 0 {
		return ""
	}
	var ranks, distances []string
	for _, n := range all {
		ranks = append(ranks, fmt.Sprintf("%s %s (p %s)", n.label, fixed(n.rho, 2), relation(n.p)))
		if !math.IsNaN(n.distance) {
			distances = append(distances, fmt.Sprintf("%s %s", n.label, fixed(n.distance, 2)))
		}
	}
	text := fmt.Sprintf("Do our rows stand in the paper's order? Spearman's ρ over the %d rows with both values: %s.", all[0].n, strings.Join(ranks, ", "))
	if len(distances) > 0 {
		text += fmt.Sprintf(" Root mean square difference of the values, in standard deviations of the paper's: %s.", strings.Join(distances, ", "))
	}
	return text
}
