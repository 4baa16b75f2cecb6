package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// appendPoint adds an objective's point with its intervals, if both coordinates
// have a value.
func appendPoint(series []report.Series, r *compute.Results, o report.Objective, x, y Measure) []report.Series {
	p, ok := pointAt(r, x, y)
	if !ok {
		return series
	}
	p.Label = o.Label
	return append(series, report.Series{ID: o.ID, Label: o.Label, Points: []report.Point{p}})
}

// pointAt is the means of two measures with the half-widths of their intervals.
func pointAt(r *compute.Results, x, y Measure) (report.Point, bool) {
	px, ok := mean(x.Cell(r, nil))
	if !ok {
		return report.Point{}, false
	}
	py, ok := mean(y.Cell(r, nil))
	if !ok {
		return report.Point{}, false
	}
	return report.Point{X: px.Mean, Y: py.Mean, XHalf: px.Half, YHalf: py.Half}, true
}

// paperPanel draws two columns of a published table against each other, a point per
// objective, in a panel of its own: the paper's accuracies are of other data sets.
func (a *Ask) paperPanel(id, title, table, xColumn, yColumn string, x, y report.Axis) report.Panel {
	panel := report.Panel{ID: id, Title: title, Kind: "scatter", X: x, Y: y}
	published, ok := a.Manifest.PublishedTable(table)
	if !ok {
		return panel
	}
	for _, o := range a.Manifest.Objectives {
		px, py := published.Cell(o.ID, xColumn), published.Cell(o.ID, yColumn)
		if px == nil || py == nil {
			continue
		}
		panel.Series = append(panel.Series, report.Series{
			ID: o.ID, Label: o.Label, Published: true,
			Points: []report.Point{{X: px.Value, Y: py.Value, Label: o.Label}},
		})
	}
	return panel
}
