package report

import (
	"strconv"
	"strings"
)

// Labels are the words for IDs of rows, columns and tables, and for columns of one
// table as "table.column". An ID without a label is shown as it is.
type Labels map[string]string

// labels collects the words of a report.
func (r *Report) labels() Labels {
	l := Labels{"top1": "top-1", "top5": "top-5", "R2": "R²", MeanColumn: "mean", "avg": "mean"}
	for _, d := range r.Paper.Datasets {
		l[d.ID] = d.Label
	}
	for _, d := range r.Downstream {
		l[d.ID] = d.Label
	}
	for _, o := range r.Objectives {
		l[o.ID] = o.Label
		l[nounKey+o.ID] = "objectives"
	}
	for _, t := range r.Temperatures.Rows {
		l[t.Plays] = "τ = " + t.Plays
	}
	for _, t := range r.Temperatures.Rows {
		l[t.ID] = "τ = " + t.ID
	}
	for _, item := range r.Items {
		for _, s := range item.Tables {
			l[s.ID] = s.Title
		}
		for _, a := range item.Artifacts {
			if a.Table == nil {
				continue
			}
			for j, c := range a.Table.Columns {
				l[a.Table.ID+"."+c.ID] = a.Table.columnName(j)
				l[unitKey+a.Table.ID+"."+c.ID] = c.Unit
			}
			for _, row := range a.Table.Rows {
				if l[row.ID] == "" {
					l[row.ID] = row.Label
				}
			}
		}
	}
	return l
}

// columnName is the label of a column, with its group where another column has the same
// label: "Top-1, AutoAugment".
func (t *Table) columnName(j int) string {
	for i, other := range t.Columns {
		if i != j && other.Label == t.Columns[j].Label && t.Columns[j].Group != "" {
			return t.Columns[j].Label + ", " + t.Columns[j].Group
		}
	}
	return t.Columns[j].Label
}

// Keys of Labels that are no words for IDs: what kind of thing a row is, and the unit
// of a column. IDs have no spaces.
const (
	nounKey = "noun of "
	unitKey = "unit of "
)

// count says how many rows there are and what they are, if all are of one kind.
func (l Labels) count(rows []string) string {
	noun := l[nounKey+rows[0]]
	for _, r := range rows {
		if l[nounKey+r] != noun {
			noun = ""
		}
	}
	if noun == "" {
		noun = "rows"
	}
	return strconv.Itoa(len(rows)) + " " + noun
}

func (l Labels) row(id string) string {
	if s := l[id]; s != "" {
		return s
	}
	return id
}

// scene is what a kind sees of the tables: its predicate, the value of each of its
// cells, and the words for a reader.
type scene[T any] struct {
	Predicate
	at     func(column, row string) T
	labels Labels
	all    []string // the columns of all predicates of the claim
}

func (s scene[T]) row(id string) string { return s.labels.row(id) }

// rows joins the labels of rows: "Sigmoid and Dropout".
func (s scene[T]) rows(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = s.row(id)
	}
	return enumerate(out)
}

// column names a column, with its table where the predicate has several tables.
func (s scene[T]) column(full string) string {
	table, id, _ := strings.Cut(full, ".")
	name := s.labels[full]
	if name == "" {
		name = s.row(id)
	}
	for _, other := range s.all {
		if t, _, _ := strings.Cut(other, "."); t != table {
			return name + " (" + s.row(table) + ")"
		}
	}
	return name
}

// in names the column of a comparison where the claim has several, with its unit
// where they have different ones.
func (s scene[T]) in(full string) string {
	name, unit := "", ""
	for _, other := range s.all {
		if other != full {
			name = ", " + s.column(full)
		}
		if u := s.labels[unitKey+full]; u != "" && u != s.labels[unitKey+other] {
			unit = " in " + u
		}
	}
	return name + unit
}

// pair names a difference of two rows.
func (s scene[T]) pair(column, a, b string) string {
	return s.row(a) + " − " + s.row(b) + s.in(column)
}

// enumerate joins words as a sentence does: "a, b and c".
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
