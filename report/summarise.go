package report

import (
	"math"

	"lossxfer-report/report/stat"
)

// tieLevel is the level at which a value is told from the best of its column.
// It is not adjusted for the number of rows: the mark says what one comparison
// would, as the paper's bold type does.
const tieLevel = 0.05

// Summarise fills what a table's samples imply: each cell's mean with its 95% t
// interval over seeds, and the best value of each column together with those not
// significantly different from it (paired t test over shared seeds, otherwise
// Welch's). It overwrites whatever was there, so doing it twice changes nothing.
//
// A cell in which a run diverged has no mean: that of the survivors would flatter
// it. Runs that have not been made yet are only absent.
func Summarise(items []Item) {
	for i := range items {
		for _, a := range items[i].Artifacts {
			if a.Table != nil {
				a.Table.summarise()
			}
		}
	}
}

func (t *Table) summarise() {
	for r := range t.Rows {
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			cell.Summary, cell.Mark = SummariseSamples(cell.Samples), ""
		}
	}
	for c, column := range t.Columns {
		if column.Better != "" {
			t.markBest(c, column.Better == "lower")
		}
	}
}

// SummariseSamples returns the mean over seeds with its 95% t interval, nil where
// there is no mean to show.
func SummariseSamples(samples []Sample) *Summary {
	var values []float64
	for _, s := range samples {
		switch {
		case s.Value != nil:
			values = append(values, *s.Value)
		case !notRunYet(s.Note):
			return nil
		}
	}
	if len(values) == 0 {
		return nil
	}
	iv := stat.MeanInterval(values, 0.95)
	if !isFinite(iv.Mean) {
		return nil // values that no measurement comes to, of which the check that follows names one
	}
	s := &Summary{N: iv.N, Mean: iv.Mean}
	if isFinite(iv.Half) {
		s.Half = &iv.Half
	}
	return s
}

// markBest marks one column. With one seed there is no telling what ties, so the
// best value alone is marked.
func (t *Table) markBest(column int, lower bool) {
	best := math.Inf(-1)
	value := func(c *Cell) float64 {
		if lower {
			return -c.Summary.Mean
		}
		return c.Summary.Mean
	}
	var cells []*Cell
	for r := range t.Rows {
		if column < len(t.Rows[r].Cells) && t.Rows[r].Cells[column].Summary != nil {
			c := &t.Rows[r].Cells[column]
			cells = append(cells, c)
			best = max(best, value(c))
		}
	}
	if len(cells) < 2 {
		return
	}
	var first *Cell
	for _, c := range cells {
		if value(c) == best {
			c.Mark = MarkBest
			if first == nil {
				first = c
			}
		}
	}
	reference := sampleSeeds(first.Samples)
	for _, c := range cells {
		if c.Mark != "" || first.Summary.N < 2 || c.Summary.N < 2 {
			continue
		}
		if _, test, _ := compare("", reference, sampleSeeds(c.Samples)); test.P >= tieLevel {
			c.Mark = MarkTied
		}
	}
}

// Values of Cell.Mark.
const (
	MarkBest = "best"
	MarkTied = "tied"
)
