package main

import (
	"os"
	"reflect"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/report"
)

// sameNumbers ONE OTHER N compares two folders of a report: wherever both have a value,
// a curve or a matrix, it has to be the same, and at least N cells have to have one.
func sameNumbers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: samenumbers ONE OTHER N")
	}
	var both [2]*report.Report
	for i := range both {
		text, err := os.ReadFile(ts.MkAbs(args[i] + "/report.json"))
		ts.Check(err)
		both[i], err = report.Decode(text)
		ts.Check(err)
	}
	want, err := strconv.Atoi(args[2])
	ts.Check(err)
	cells, panels := 0, 0
	for i, item := range both[0].Items {
		other := both[1].Items[i].Artifacts
		for j, a := range item.Artifacts {
			if j >= len(other) {
				continue
			}
			if a.Figure != nil {
				for k, p := range a.Figure.Panels {
					q := other[j].Figure.Panels[k]
					if len(p.Series) > 0 && len(q.Series) > 0 && !reflect.DeepEqual(p.Series, q.Series) || hasValues(p) && hasValues(q) && !reflect.DeepEqual(p.Heat, q.Heat) {
						ts.Fatalf("%s, panel %s differs", a.Figure.ID, p.ID)
					}
					panels++
				}
				continue
			}
			for r, row := range a.Table.Rows {
				for c, cell := range row.Cells {
					counterpart := other[j].Table.Rows[r].Cells[c]
					if len(cell.Samples) == 0 || len(counterpart.Samples) == 0 {
						continue
					}
					if !reflect.DeepEqual(cell.Samples, counterpart.Samples) {
						ts.Fatalf("%s, row %s, column %s: %v and %v", a.Table.ID, row.ID, a.Table.Columns[c].ID, cell.Summary.Mean, counterpart.Summary.Mean)
					}
					cells++
				}
			}
		}
	}
	ts.Logf("%d cells and %d panels with the same numbers", cells, panels)
	if cells < want {
		ts.Fatalf("only %d cells have a value in both, want %d", cells, want)
	}
}

// hasValues says whether a heat map has any.
func hasValues(p report.Panel) bool {
	if p.Heat == nil {
		return false
	}
	for _, row := range p.Heat.Values {
		for _, v := range row {
			if v != nil {
				return true
			}
		}
	}
	return false
}
