package report

import "strings"

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
			for _, c := range a.Table.Columns {
				l[a.Table.ID+"."+c.ID] = c.Label
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
	for _, other := range s.Columns {
		if t, _, _ := strings.Cut(other, "."); t != table {
			return name + " (" + s.row(table) + ")"
		}
	}
	return name
}

// in names the column of a comparison where the predicate has several.
func (s scene[T]) in(full string) string {
	if len(s.Columns) == 1 {
		return ""
	}
	return ", " + s.column(full)
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
