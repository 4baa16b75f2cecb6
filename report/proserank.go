package report

import (
	"fmt"
	"strings"

	"lossxfer-report/report/stat"
)

// lookUpRank is Spearman's ρ of the means of two columns, "table-3.R2 table-1-knn.mean",
// over the rows that both tables have, but for those named after them with a dash.
func lookUpRank(r *Report, words []string) (string, error) {
	if len(words) < 2 {
		return "", fmt.Errorf("a rank correlation is of two columns: rank table.column table.column")
	}
	var x, y column
	for i, into := range []*column{&x, &y} {
		var err error
		if *into, err = columnOf(r, words[i]); err != nil {
			return "", err
		}
	}
	without := map[string]bool{}
	for _, w := range words[2:] {
		row, ok := strings.CutPrefix(w, "-")
		if !ok || !contains(x.rows, row) {
			return "", fmt.Errorf("%q is no row of %s with a dash before it", w, words[0])
		}
		without[row] = true
	}
	var xs, ys []float64
	for _, row := range x.rows {
		if without[row] || !contains(y.rows, row) {
			continue
		}
		a, inX := x.mean[row]
		b, inY := y.mean[row]
		switch {
		case inX && inY:
			xs, ys = append(xs, a), append(ys, b)
		case !x.drawn || !y.drawn:
			return notYet, nil
		default:
			return "(no value: " + row + " has none)", nil
		}
	}
	c, ok := stat.Spearman(xs, ys)
	if !ok {
		return "", fmt.Errorf("%s and %s share too few rows, or one does not vary", words[0], words[1])
	}
	return fixed(c.Rho, 2), nil
}

// column is a column of a table, drawn or promised.
type column struct {
	drawn bool // all that its item has is there
	rows  []string
	mean  map[string]float64 // of the rows that have one
}

func columnOf(r *Report, name string) (column, error) {
	table, id, _ := strings.Cut(name, ".")
	for i := range r.Items {
		it := &r.Items[i]
		t, promise := tableOf(it, table), promised(it, table)
		switch {
		case t != nil:
			c := column{drawn: it.Status == Computed, mean: map[string]float64{}}
			found := false
			for _, row := range t.Rows {
				c.rows = append(c.rows, row.ID)
				if cell, _ := cellAt(t, row.ID, id); cell != nil {
					found = true
					if cell.Summary != nil {
						c.mean[row.ID] = cell.Summary.Mean
					}
				}
			}
			if found {
				return c, nil
			}
			return c, fmt.Errorf("%s has no column %q", table, id)
		case promise != nil && contains(promise.Columns, id):
			return column{rows: promise.Rows}, nil
		case promise != nil:
			return column{}, fmt.Errorf("the manifest promises %s no column %q", table, id)
		}
	}
	return column{}, fmt.Errorf("no table is called %q", table)
}
