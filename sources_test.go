package main

import (
	"os"
	"reflect"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/report"
)

// sameNumbers ONE OTHER CELLS PANELS compares two folders of a report: wherever both have
// a value, a curve or a matrix of ours, it has to be the same, and at least so many cells
// and panels have to have one.
func sameNumbers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: samenumbers ONE OTHER CELLS PANELS")
	}
	var both [2]*report.Report
	for i := range both {
		text, err := os.ReadFile(ts.MkAbs(args[i] + "/report.json"))
		ts.Check(err)
		both[i], err = report.Decode(text)
		ts.Check(err)
	}
	var want [2]int
	for i := range want {
		var err error
		want[i], err = strconv.Atoi(args[2+i])
		ts.Check(err)
	}
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
					if !hasValues(p) || !hasValues(q) {
						continue
					}
					if !reflect.DeepEqual(p.Series, q.Series) || !reflect.DeepEqual(p.Heat, q.Heat) {
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
	if cells < want[0] || panels < want[1] {
		ts.Fatalf("only %d cells and %d panels have a value in both, want %d and %d", cells, panels, want[0], want[1])
	}
}

// hasValues says whether a panel has a point or a value that is not the paper's.
func hasValues(p report.Panel) bool {
	for _, s := range p.Series {
		if len(s.Points) > 0 && !s.Published {
			return true
		}
	}
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
