package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

func init() { register("figure-d1", figureD1) }

// figureD1 is Figure 1 task by task: accuracy on the pretraining classes against
// accuracy on one task, by linear probe and by nearest neighbours; then the same for
// the paper's data sets, rebuilt from its Table 1.
func figureD1(a *Ask) Draw {
	type point struct {
		o          report.Objective
		top1       Measure
		linear, nn []Measure // by task
	}
	var points []point
	seeds := a.Preset.Seeds
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		p := point{o: o, top1: a.top1(seeds, m)}
		for _, t := range a.Tasks {
			p.linear = append(p.linear, a.linear(seeds, m, t))
			p.nn = append(p.nn, a.nearest(seeds, m, t))
		}
		points = append(points, p)
	}
	return func(r *compute.Results) (Drawing, error) {
		var panels []report.Panel
		x := report.Axis{Label: "Pretraining classes, top-1", Unit: "%"}
		y := report.Axis{Label: "Transfer accuracy", Unit: "%"}
		for i, d := range a.Manifest.Downstream {
			linear := report.Series{ID: "linear", Label: "Linear probe"}
			nn := report.Series{ID: "knn", Label: "Nearest neighbours"}
			for _, p := range points {
				linear.Points = appendLabelled(linear.Points, r, p.o, p.top1, p.linear[i])
				nn.Points = appendLabelled(nn.Points, r, p.o, p.top1, p.nn[i])
			}
			panels = append(panels, report.Panel{ID: d.ID, Title: d.Label, Kind: "scatter", X: x, Y: y, Series: present(linear, nn)})
		}
		paper := report.Axis{Label: "ImageNet top-1", Unit: "%"}
		for _, d := range a.Manifest.Paper.Datasets {
			linear := a.publishedSeries("linear", "Linear probe", "table-1-linear", d.ID)
			nn := a.publishedSeries("knn", "Nearest neighbours", "table-1-knn", d.ID)
			panels = append(panels, report.Panel{ID: "paper-" + d.ID, Title: "The paper: " + d.Label, Kind: "scatter", X: paper, Y: y, Series: present(linear, nn)})
		}
		f := report.Figure{ID: "figure-d1", Panels: panels}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}

// appendLabelled adds an objective's point to a series of several, if both coordinates
// have a value.
func appendLabelled(points []report.Point, r *compute.Results, o report.Objective, x, y Measure) []report.Point {
	p, ok := pointAt(r, x, y)
	if !ok {
		return points
	}
	p.Label = o.Label
	return append(points, p)
}

// publishedSeries is one column of a published table against top-1 accuracy.
func (a *Ask) publishedSeries(id, label, table, column string) report.Series {
	s := report.Series{ID: id, Label: label, Published: true}
	published, ok := a.Manifest.PublishedTable(table)
	if !ok {
		return s
	}
	for _, o := range a.Manifest.Objectives {
		x, y := published.Cell(o.ID, "top1"), published.Cell(o.ID, column)
		if x != nil && y != nil {
			s.Points = append(s.Points, report.Point{X: x.Value, Y: y.Value, Label: o.Label})
		}
	}
	return s
}

// present leaves out series without points.
func present(series ...report.Series) []report.Series {
	var out []report.Series
	for _, s := range series {
		if len(s.Points) > 0 {
			out = append(out, s)
		}
	}
	return out
}
