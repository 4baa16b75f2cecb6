package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// PublishedTable is a table of the paper with the values as printed.
type PublishedTable struct {
	ID      string         `json:"id"` // name of the CSV file without extension: "table-1-linear"
	Corner  string         `json:"corner"`
	Columns []string       `json:"columns"`
	Rows    []PublishedRow `json:"rows"`
	// Derived names the columns that are computed from printed ones.
	Derived []string `json:"derived,omitempty"`
	text    string
}

// PublishedRow is one line of a published table.
type PublishedRow struct {
	ID    string          `json:"id"`
	Cells []PublishedCell `json:"cells"`
}

// PublishedCell is a printed value, a printed word, or neither where the value is
// lost in the sources.
type PublishedCell struct {
	Value *Published `json:"value,omitempty"`
	Text  string     `json:"text,omitempty"`
}

// Cell finds a printed number; nil if the table has none there.
func (p PublishedTable) Cell(row, column string) *Published {
	for c, name := range p.Columns {
		if name != column {
			continue
		}
		for _, r := range p.Rows {
			if r.ID == row {
				return r.Cells[c].Value
			}
		}
	}
	return nil
}

// HasColumn says whether the table has a column.
func (p PublishedTable) HasColumn(column string) bool { return contains(p.Columns, column) }

// HasRow says whether the table has a row.
func (p PublishedTable) HasRow(row string) bool {
	for _, r := range p.Rows {
		if r.ID == row {
			return true
		}
	}
	return false
}

// MeanColumn is the column that holds the unweighted mean over the paper's
// downstream data sets.
const MeanColumn = "mean"

// loadPublished reads published/ID.csv. A column "x_pm" becomes the ± of column
// "x"; "?" and the empty string are values that are lost. A table with all of the
// paper's data sets as columns gets a derived column "mean".
func loadPublished(fsys fs.FS, id string, datasets []PaperDataset) (PublishedTable, error) {
	if strings.ContainsAny(id, `/\`) || strings.HasPrefix(id, ".") {
		return PublishedTable{}, fmt.Errorf("%q is not the name of a CSV file in published/", id)
	}
	text, err := readBounded(fsys, id+".csv")
	if err != nil {
		return PublishedTable{}, fmt.Errorf("published/%s.csv: %s", id, readFailure(err))
	}
	p, err := parsePublished(id, string(text))
	if err != nil {
		return PublishedTable{}, fmt.Errorf("published/%s.csv: %w", id, err)
	}
	p.addMean(datasets)
	return p, nil
}

func parsePublished(id, text string) (PublishedTable, error) {
	r := csv.NewReader(strings.NewReader(text))
	records, err := r.ReadAll() // every record must have as many fields as the first
	if err != nil {
		return PublishedTable{}, err
	}
	if len(records) < 2 || len(records[0]) < 2 {
		return PublishedTable{}, errors.New("has no values; write a head line and at least one row")
	}
	head := records[0]
	pm := make([]int, len(head)) // index of a column's ±, 0 if none
	p := PublishedTable{ID: id, Corner: head[0], text: text}
	var kept []int
	for i, name := range head[1:] {
		if base, ok := strings.CutSuffix(name, "_pm"); ok {
			j := index(head, base)
			if j <= 0 {
				return PublishedTable{}, fmt.Errorf("column %q has no column %q to be the ± of", name, base)
			}
			pm[j] = i + 1
			continue
		}
		if name == "" || contains(p.Columns, name) {
			return PublishedTable{}, fmt.Errorf("column %d: name %q is empty or used twice", i+2, name)
		}
		p.Columns = append(p.Columns, name)
		kept = append(kept, i+1)
	}
	for n, record := range records[1:] {
		if record[0] == "" || p.HasRow(record[0]) {
			return PublishedTable{}, fmt.Errorf("row %d: name %q is empty or used twice", n+2, record[0])
		}
		row := PublishedRow{ID: record[0]}
		for _, i := range kept {
			cell, err := publishedCell(record[i])
			if err == nil && pm[i] > 0 && cell.Value != nil {
				var half PublishedCell
				if half, err = publishedCell(record[pm[i]]); err == nil && half.Value != nil {
					cell.Value.PM = &half.Value.Value
				}
			}
			if err != nil {
				return PublishedTable{}, fmt.Errorf("row %q, column %q: %w", record[0], head[i], err)
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// publishedCell reads a value with the number of decimals it is printed with.
func publishedCell(s string) (PublishedCell, error) {
	if s == "" || s == "?" {
		return PublishedCell{}, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return PublishedCell{Text: s}, nil
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return PublishedCell{}, fmt.Errorf("%s is not a finite number; leave the cell empty", s)
	}
	decimals := 0
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		decimals = len(s) - dot - 1
	}
	return PublishedCell{Value: &Published{Value: v, Decimals: decimals}}, nil
}

// addMean appends the unweighted mean over the data sets. It keeps two decimals:
// the mean of eight values that are rounded to one is itself known to about that.
func (p *PublishedTable) addMean(datasets []PaperDataset) {
	if len(datasets) == 0 || p.HasColumn(MeanColumn) {
		return
	}
	for _, d := range datasets {
		for _, r := range p.Rows {
			if p.Cell(r.ID, d.ID) == nil {
				return
			}
		}
	}
	for i, r := range p.Rows {
		sum := 0.0
		for _, d := range datasets {
			sum += p.Cell(r.ID, d.ID).Value
		}
		// Printed decimals make exact hundredths times eight at most; rounding to
		// 1e-4 removes the noise of binary sums and nothing else.
		mean := math.Round(sum/float64(len(datasets))*1e4) / 1e4
		p.Rows[i].Cells = append(r.Cells, PublishedCell{Value: &Published{Value: mean, Decimals: 2}})
	}
	p.Columns = append(p.Columns, MeanColumn)
	p.Derived = append(p.Derived, MeanColumn)
}

func contains(list []string, s string) bool { return index(list, s) >= 0 }

func index(list []string, s string) int {
	for i, v := range list {
		if v == s {
			return i
		}
	}
	return -1
}
