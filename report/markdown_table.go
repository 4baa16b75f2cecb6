package report

import "strings"

func (m *markdown) drawnTable(t *Table, pm string) {
	if t.Caption != "" {
		m.para("**" + escapeMarkdown(t.Caption) + "**")
	}
	head := []string{t.Corner}
	for j := range t.Columns {
		head = append(head, columnHead(t, j))
	}
	n := commonN(t)
	var rows [][]string
	for i := range t.Rows {
		label := t.Rows[i].Label
		if g := t.Rows[i].Group; g != "" {
			label = g + ": " + label
		}
		row := []string{escapeCell(label)}
		for j := range t.Rows[i].Cells {
			row = append(row, markdownCell(viewCell(&t.Rows[i].Cells[j], &t.Columns[j], n)))
		}
		rows = append(rows, row)
	}
	m.rawTable(head, rows, func(j int) bool { return j == 0 || wordy(t, j-1) })
	var notes []string
	for _, note := range tableNotes(t, pm) {
		// Markdown has neither grey nor underlining.
		note = strings.Replace(note, "In grey italics:", "In brackets:", 1)
		notes = append(notes, strings.Replace(note, "Underlined:", "Italic:", 1))
	}
	m.bullets(notes)
}

func columnHead(t *Table, j int) string {
	c := &t.Columns[j]
	head := c.Label
	if c.Group != "" {
		head = c.Group + ": " + head
	}
	if c.Unit != "" {
		head += " (" + c.Unit + ")"
	}
	if foreign(t, j) {
		head += " †"
	}
	if c.Of != "" {
		head += " [paper: " + c.Of + "]"
	}
	return head
}

func markdownCell(v cellView) string {
	var text string
	switch {
	case v.Missing != "":
		text = "*" + escapeCell(v.Missing) + "*"
	default:
		text = escapeCell(v.Value)
		if v.Half != "" {
			text += " ± " + v.Half
		}
		switch v.Mark {
		case MarkBest:
			text = "**" + text + "**"
		case MarkTied:
			text = "*" + text + "*"
		}
		if v.N != "" {
			text += " n = " + v.N
		}
	}
	if v.Published != "" {
		text += " \\[" + v.Published
		if v.PM != "" {
			text += " ± " + v.PM
		}
		text += "\\]"
	}
	return text
}

// table escapes its cells; the first left columns are aligned left, the others right.
func (m *markdown) table(head []string, rows [][]string, left int) {
	escaped := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			escaped[i] = append(escaped[i], escapeCell(cell))
		}
	}
	m.rawTable(head, escaped, func(j int) bool { return j < left })
}

// rawTable has cells that are Markdown already; left says which columns are set left.
func (m *markdown) rawTable(head []string, rows [][]string, left func(j int) bool) {
	line := func(cells []string) { m.b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	rule := make([]string, len(head))
	names := make([]string, len(head))
	for i, h := range head {
		names[i] = escapeCell(h)
		rule[i] = "---:"
		if left(i) {
			rule[i] = ":---"
		}
	}
	line(names)
	line(rule)
	for _, row := range rows {
		line(row)
	}
	m.b.WriteByte('\n')
}
