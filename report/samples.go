package report

import (
	"fmt"
	"sort"
	"strings"
)

// seeds is a cell's samples in the order of their seeds.
type seeds struct {
	each  string // what a sample is, where it is not a seed
	seed  []int
	value []float64
}

// drawn finds the cells of the drawn tables.
type drawn struct {
	tables map[string]*Table
	item   map[string]*Item    // the item that a table belongs to, drawn or not
	means  map[string][]string // columns that are the mean of others
}

func findTables(items []Item) drawn {
	d := drawn{tables: map[string]*Table{}, item: map[string]*Item{}}
	for i := range items {
		for _, s := range items[i].Tables {
			d.item[s.ID] = &items[i]
		}
		for _, a := range items[i].Artifacts {
			if a.Table != nil {
				d.tables[a.Table.ID] = a.Table
				d.item[a.Table.ID] = &items[i]
			}
		}
	}
	return d
}

// gap says why a claim cannot be judged: a value has not been computed, or was
// and is not there.
type gap struct {
	verdict Verdict // NotRun or Inconclusive
	reason  string
	ofCell  bool // some seed of one cell, and not its whole item
}

// cell returns the samples of a cell; column is "table.column". A cell with a
// missing or diverged seed is a gap as a whole: leaving out the runs that failed
// would judge the objective by its survivors.
func (d drawn) cell(column, row string) (seeds, *gap) {
	if of := d.means[column]; of != nil {
		return d.meanCell(of, row)
	}
	tableID, columnID, _ := strings.Cut(column, ".")
	item := d.item[tableID]
	switch {
	case item == nil:
		return seeds{}, &gap{NotRun, fmt.Sprintf("%s is not in the report", tableID), false}
	case item.Status == NotBuilt:
		return seeds{}, &gap{NotRun, fmt.Sprintf("%s is not built yet", item.ID), false}
	case item.Status != Computed:
		return seeds{}, &gap{NotRun, because(fmt.Sprintf("%s is %s", item.ID, item.Status), item.Reason), false}
	}
	at := fmt.Sprintf("%s, row %s, column %s", tableID, row, columnID)
	table := d.tables[tableID]
	if table == nil {
		return seeds{}, &gap{NotRun, tableID + " has not been drawn", false}
	}
	c := table.find(row, columnID)
	if c == nil {
		return seeds{}, &gap{NotRun, at + ": there is no such cell", true}
	}
	if len(c.Samples) == 0 {
		if notRunYet(c.Missing) {
			return seeds{}, &gap{NotRun, at + ": " + c.Missing, true}
		}
		return seeds{}, &gap{Inconclusive, because(at+": no value", c.Missing), true}
	}
	out := sampleSeeds(c.Samples)
	out.each = table.Each
	for i, seed := range out.seed {
		if i > 0 && seed == out.seed[i-1] {
			return seeds{}, &gap{Inconclusive, fmt.Sprintf("%s: seed %d is there twice", at, seed), true}
		}
	}
	for _, s := range c.Samples {
		if s.Value == nil {
			verdict := Inconclusive
			if notRunYet(s.Note) {
				verdict = NotRun
			}
			return seeds{}, &gap{verdict, because(fmt.Sprintf("%s, seed %d: no value", at, s.Seed), s.Note), true}
		}
	}
	return out, nil
}

// sampleSeeds orders samples by seed and leaves out those without a value.
func sampleSeeds(samples []Sample) seeds {
	sorted := append([]Sample(nil), samples...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Seed < sorted[j].Seed })
	var out seeds
	for _, s := range sorted {
		if s.Value != nil {
			out.seed = append(out.seed, s.Seed)
			out.value = append(out.value, *s.Value)
		}
	}
	return out
}

func because(what, reason string) string {
	if reason == "" {
		return what
	}
	return what + " (" + reason + ")"
}

// MissingNotRun and MissingDiverged are the usual words of Cell.Missing and
// Sample.Note. A cell that its preset leaves out is MissingAtPreset, and one of other
// work that the paper quotes MissingElsewhere.
const (
	MissingNotRun    = "not run yet"
	MissingDiverged  = "diverged"
	MissingAtPreset  = "not run at this preset"
	MissingElsewhere = "not trained here"
)

// notRunYet says that a value is absent only because its task has not been run to
// its end, so that a later build may still bring it, if at another preset. Anything else is a value that
// was looked for and is not there.
func notRunYet(why string) bool {
	switch why {
	case MissingNotRun, MissingAtPreset, "not run", "running", "stopped", "not part of this run":
		return true
	}
	return false
}

// find returns a cell by row and column ID, nil if there is none.
func (t *Table) find(row, column string) *Cell {
	for c := range t.Columns {
		if t.Columns[c].ID != column {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row && c < len(t.Rows[r].Cells) {
				return &t.Rows[r].Cells[c]
			}
		}
	}
	return nil
}

// shared returns the seeds that all cells have, and their values, one slice per
// cell.
func shared(cells ...seeds) (ids []int, values [][]float64) {
	values = make([][]float64, len(cells))
	for i, seed := range cells[0].seed {
		at := make([]int, len(cells))
		at[0] = i
		everywhere := true
		for c := 1; c < len(cells) && everywhere; c++ {
			j := sort.SearchInts(cells[c].seed, seed)
			everywhere = j < len(cells[c].seed) && cells[c].seed[j] == seed
			at[c] = j
		}
		if everywhere {
			ids = append(ids, seed)
			for c := range cells {
				values[c] = append(values[c], cells[c].value[at[c]])
			}
		}
	}
	return ids, values
}
