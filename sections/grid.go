package sections

import (
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// grid is a table whose numbers are measures; its published values come from the
// table that the manifest names for it.
type grid struct {
	table     report.Table
	measures  [][]Measure
	rows      []string // the published row of each row
	published *report.PublishedTable
	column    func(id string) string // the published column of a column
}

// newGrid starts the table that the item's entry promises under the ID.
func (a *Ask) newGrid(id, corner string, columns []report.Column) *grid {
	g := &grid{table: report.Table{ID: id, Corner: corner, Columns: columns}, column: a.playedBy}
	for _, t := range a.Item.Tables {
		if t.ID != id {
			continue
		}
		g.table.Caption = t.Title
		if p, ok := a.Manifest.PublishedTable(t.Published); ok {
			g.published = &p
		}
	}
	return g
}

// add appends a row; published is the ID of the row of the published table that
// stands beside it.
func (g *grid) add(row report.Row, published string, cells ...Measure) {
	g.table.Rows = append(g.table.Rows, row)
	g.rows = append(g.rows, published)
	g.measures = append(g.measures, cells)
}

// draw reads the numbers that are there.
func (g *grid) draw(r *compute.Results) *report.Table {
	t := g.table
	t.Rows = make([]report.Row, len(g.table.Rows))
	for i, row := range g.table.Rows {
		row.Cells = make([]report.Cell, len(t.Columns))
		for j, column := range t.Columns {
			var p *report.Published
			if g.published != nil {
				p = g.published.Cell(g.rows[i], g.column(column.ID))
			}
			row.Cells[j] = g.measures[i][j].Cell(r, p)
		}
		t.Rows[i] = row
	}
	t.Columns = withoutLoneNames(&t)
	return &t
}

// withoutLoneNames drops what the paper measured from columns that show no value of it.
func withoutLoneNames(t *report.Table) []report.Column {
	columns := slices.Clone(t.Columns)
	for j := range columns {
		if !slices.ContainsFunc(t.Rows, func(r report.Row) bool { return r.Cells[j].Published != nil }) {
			columns[j].Of = ""
		}
	}
	return columns
}

// tables draws grids one after the other.
func tables(r *compute.Results, grids ...*grid) Drawing {
	var d Drawing
	for _, g := range grids {
		d.Artifacts = append(d.Artifacts, report.Artifact{Table: g.draw(r)})
	}
	return d
}

// playedBy maps a column of ours to the published column in whose place it
// stands: itself, or the first of the paper's data sets that a task plays.
func (a *Ask) playedBy(column string) string {
	for _, d := range a.Manifest.Downstream {
		if d.ID == column {
			if len(d.Plays) == 0 {
				return ""
			}
			return d.Plays[0]
		}
	}
	return column
}

// paperName is the label of one of the paper's data sets, or nothing if it has none
// of this ID.
func (a *Ask) paperName(id string) string {
	for _, d := range a.Manifest.Paper.Datasets {
		if d.ID == id {
			return d.Label
		}
	}
	return ""
}

// meanNote says over what the means of transferColumns are.
func (a *Ask) meanNote() string {
	if a.Manifest.PaperSetting(a.Preset) {
		return fmt.Sprintf("Mean: over the %d data sets, which are the paper's.", len(a.Manifest.Downstream))
	}
	beside := "A published value stands beside the task that plays its data set, named under the task"
	var names []string
	for _, d := range a.unplaced() {
		names = append(names, d.Label)
	}
	if names != nil {
		beside += "; a task that plays two has the first there, so that " + strings.Join(names, ", ") + " is in no column"
	}
	return fmt.Sprintf("%s. Mean: ours over our %d tasks, the paper's over its %d data sets, computed here from its columns.",
		beside, len(a.Manifest.Downstream), len(a.Manifest.Paper.Datasets))
}

// unplaced are the paper's data sets that a task plays only beside another.
func (a *Ask) unplaced() []report.PaperDataset {
	first, beside := map[string]bool{}, map[string]bool{}
	for _, d := range a.Manifest.Downstream {
		for i, id := range d.Plays {
			if i == 0 {
				first[id] = true
			} else {
				beside[id] = true
			}
		}
	}
	var out []report.PaperDataset
	for _, d := range a.Manifest.Paper.Datasets {
		if beside[d.ID] && !first[d.ID] {
			out = append(out, d)
		}
	}
	return out
}

// trained gives the runs of an objective; atTemperature those of a temperature.
func (a *Ask) trained(o report.Objective) models {
	return func(seed int) train.Model { return a.Model(o, seed) }
}

func (a *Ask) atTemperature(t report.Temperature) models {
	return func(seed int) train.Model { return a.AtTemperature(t, seed) }
}

func top1Column() report.Column {
	return report.Column{ID: "top1", Label: "Top-1", Unit: "%", Group: "Pretraining", Decimals: 1, Better: "higher"}
}

func separationColumn() report.Column {
	return report.Column{ID: "R2", Label: "Class separation R²", Group: "Pretraining", Decimals: 3, Comparable: true}
}

func (a *Ask) accuracyColumns() []report.Column {
	return []report.Column{
		top1Column(),
		{ID: "top5", Label: "Top-5", Unit: "%", Group: "Pretraining", Decimals: 2, Better: "higher"},
	}
}

// transferColumns has a column per downstream task and their mean.
func (a *Ask) transferColumns() []report.Column {
	var columns []report.Column
	for _, d := range a.Manifest.Downstream {
		of := a.paperName(a.playedBy(d.ID))
		if of == d.Label {
			of = "" // it is that data set
		}
		columns = append(columns, report.Column{ID: d.ID, Label: d.Label, Of: of, Unit: "%", Group: "Transfer", Decimals: 1, Better: "higher"})
	}
	return append(columns, report.Column{ID: report.MeanColumn, Label: "Mean", Of: fmt.Sprintf("its %d data sets", len(a.Manifest.Paper.Datasets)), Unit: "%", Group: "Transfer", Decimals: 1, Better: "higher"})
}
