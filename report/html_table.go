package report

import "strings"

// tableView is a table ready to print.
type tableView struct {
	ID, Caption, Corner string
	Groups              []spanView // empty where no column has a group
	Columns             []columnView
	Bodies              []bodyView
	Notes               []string
	Wide                bool // many columns: intervals under the values
}

// spanView is a heading over several columns.
type spanView struct {
	Label string
	Span  int
}

// columnView heads one column.
type columnView struct {
	Label, Unit, Mark string
	Of                string // what the paper measured in this column
	Words             bool   // holds words: set left
}

// bodyView is a group of rows under a heading of their own.
type bodyView struct {
	Label string
	Span  int
	Rows  []rowView
}

// rowView is one line of a table.
type rowView struct {
	Label string
	Cells []cellView
}

// wideTable is the number of columns from which a table is set narrowly.
const wideTable = 8

func viewTable(t *Table, pm string) *tableView {
	v := &tableView{ID: anchor(t.ID), Caption: t.Caption, Corner: t.Corner, Notes: tableNotes(t, pm), Groups: spans(t.Columns), Wide: len(t.Columns) >= wideTable}
	for j := range t.Columns {
		col := columnView{Label: unbroken(t.Columns[j].Label), Unit: t.Columns[j].Unit, Of: t.Columns[j].Of, Words: wordy(t, j)}
		if foreign(t, j) {
			col.Mark = "†"
		}
		v.Columns = append(v.Columns, col)
	}
	n := commonN(t)
	for i := range t.Rows {
		row := &t.Rows[i]
		if k := len(v.Bodies); k == 0 || v.Bodies[k-1].Label != row.Group {
			v.Bodies = append(v.Bodies, bodyView{Label: row.Group, Span: len(t.Columns) + 1})
		}
		line := rowView{Label: row.Label}
		for j := range row.Cells {
			c := viewCell(&row.Cells[j], &t.Columns[j], n)
			c.Words = v.Columns[j].Words
			line.Cells = append(line.Cells, c)
		}
		b := &v.Bodies[len(v.Bodies)-1]
		b.Rows = append(b.Rows, line)
	}
	return v
}

// unbroken keeps a short heading such as Top-1 on one line.
func unbroken(label string) string {
	if len(label) > 6 {
		return label
	}
	return strings.ReplaceAll(label, "-", "\u2011")
}

// foreign says whether a column shows published values that were measured on other data.
func foreign(t *Table, j int) bool {
	if t.Columns[j].Comparable {
		return false
	}
	for i := range t.Rows {
		if t.Rows[i].Cells[j].Published != nil {
			return true
		}
	}
	return false
}

// spans joins neighbouring columns of one group under one heading.
func spans(columns []Column) []spanView {
	var out []spanView
	named := false
	for i := range columns {
		named = named || columns[i].Group != ""
		if i > 0 && columns[i].Group == columns[i-1].Group {
			out[len(out)-1].Span++
			continue
		}
		out = append(out, spanView{columns[i].Group, 1})
	}
	if !named {
		return nil
	}
	return out
}
