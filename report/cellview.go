package report

import (
	"strconv"
	"strings"
)

// cellView is a cell ready to print: every renderer shows the same words.
type cellView struct {
	Value     string // our value, or the text of the cell
	Half      string // half-width of its 95% interval
	N         string // number of seeds, where it is not the table's
	Published string // the paper's value
	PM        string // its printed ±
	Missing   string // why there is no value of ours
	Mark      string // MarkBest, MarkTied or empty
	Words     bool   // the cell stands in a column of words, set left
}

// viewCell formats a cell; n is the number of seeds that the table's note states.
func viewCell(c *Cell, col *Column, n int) cellView {
	v := cellView{Mark: c.Mark}
	if s := c.Summary; s != nil {
		v.Value = fixed(s.Mean, col.Decimals)
		if s.Half != nil {
			v.Half = halfWidth(*s.Half, col.Decimals)
		}
		if s.N != n {
			v.N = thousands(int64(s.N))
		}
	} else if c.Text != "" {
		v.Value = c.Text
	} else {
		v.Missing = missingReason(c)
	}
	if p := c.Published; p != nil {
		v.Published = fixed(p.Value, p.Decimals)
		if p.PM != nil {
			v.PM = strconv.FormatFloat(*p.PM, 'f', -1, 64) // as printed
		}
	}
	return v
}

// missingReason is never empty: a blank cell would say nothing.
func missingReason(c *Cell) string {
	if c.Missing != "" {
		return c.Missing
	}
	for _, s := range c.Samples {
		if s.Value == nil && s.Note != "" {
			return s.Note
		}
	}
	return "no value"
}

// wordy says whether a column holds words rather than numbers.
func wordy(t *Table, j int) bool {
	for i := range t.Rows {
		text := t.Rows[i].Cells[j].Text
		if _, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64); text != "" && err != nil {
			return true
		}
	}
	return false
}

// commonN is the number of seeds that most cells of a table have; zero if no cell
// has any.
func commonN(t *Table) int {
	count := make(map[int]int)
	best := 0
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			s := t.Rows[i].Cells[j].Summary
			if s == nil {
				continue
			}
			count[s.N]++
			if c := count[s.N]; c > count[best] || c == count[best] && s.N > best {
				best = s.N
			}
		}
	}
	return best
}

// tableTraits says what a table's note has to explain.
type tableTraits struct {
	n                                                  int
	half, published, pm, best, tied, odd, incomparable bool
}

func traitsOf(t *Table) tableTraits {
	tr := tableTraits{n: commonN(t)}
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			tr.odd = tr.odd || c.Summary != nil && c.Summary.N != tr.n
			tr.half = tr.half || c.Summary != nil && c.Summary.Half != nil
			tr.best = tr.best || c.Mark == MarkBest
			tr.tied = tr.tied || c.Mark == MarkTied
			if c.Published != nil {
				tr.published = true
				tr.pm = tr.pm || c.Published.PM != nil
				tr.incomparable = tr.incomparable || !t.Columns[j].Comparable
			}
		}
	}
	return tr
}

// pluralOf gives the plural of "seed" and of "pair of seeds".
func pluralOf(each string) string {
	one, rest, found := strings.Cut(each, " ")
	if !found {
		return one + "s"
	}
	return one + "s " + rest
}

// tableNotes explains what the marks and small figures of a table mean, then adds its
// own notes. pm says what the paper's ± is.
func tableNotes(t *Table, pm string) []string {
	tr := traitsOf(t)
	var notes []string
	each := unit(t.Each)
	many := pluralOf(each)
	switch {
	case tr.n == 1:
		text := "One " + each + ", hence no interval"
		if tr.odd {
			text += "; cells with more of them say so"
		}
		notes = append(notes, text+".")
	case tr.n > 1 && tr.half:
		text := "Mean over n = " + thousands(int64(tr.n)) + " " + many + " ± half-width of its 95% t interval"
		if tr.n == 2 {
			text += ", which is 12.7 standard errors: two values leave one degree of freedom"
		}
		if tr.odd {
			text += "; cells with another number of them say so"
		}
		notes = append(notes, text+".")
	case tr.n > 1:
		notes = append(notes, "Mean over "+thousands(int64(tr.n))+" "+many+".")
	}
	if tr.published {
		text := "In grey italics: the value published in the paper"
		if tr.pm {
			text += ", ± as printed there"
			if pm != "" {
				text += " (" + pm + ")"
			}
		}
		notes = append(notes, text+".")
	}
	if tr.incomparable {
		notes = append(notes, "Published values in columns marked † were measured on other data: compare the order of the rows, not the values.")
	}
	if tr.best {
		notes = append(notes, "Bold: best of its column.")
	}
	if tr.tied {
		notes = append(notes, "Underlined: not significantly different from the best (over seeds, p ≥ 0.05).")
	}
	if near := t.nearnessNote(); near != "" {
		notes = append(notes, near)
	}
	return append(notes, t.Notes...)
}
