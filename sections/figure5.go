package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/report"
	"lossxfer-report/report/stat"
)

func init() { register("figure-5", figure5) }

// figure5 is class separation against mean linear transfer: (a) over objectives,
// (b) over temperatures of cosine softmax, each beside the paper's own points.
func figure5(a *Ask) Draw {
	mean := func(seeds int, m models) Measure {
		all := a.transfer(func(t data.Task) Measure { return a.linear(seeds, m, t) })
		return all[len(all)-1]
	}
	type pair struct{ r2, linear Measure }
	var objectives, temperatures []pair
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		objectives = append(objectives, pair{a.separation(a.Preset.Seeds, m), mean(a.Preset.Seeds, m)})
	}
	for _, t := range a.Manifest.Temperatures.Rows {
		m := a.atTemperature(t)
		temperatures = append(temperatures, pair{a.separation(a.Preset.TemperatureSeeds, m), mean(a.Preset.TemperatureSeeds, m)})
	}
	return func(r *compute.Results) (Drawing, error) {
		x := report.Axis{Label: "Class separation R²"}
		y := report.Axis{Label: "Mean linear transfer accuracy", Unit: "%"}
		var d Drawing

		over := report.Panel{ID: "objectives", Title: "Objectives", Kind: "scatter", X: x, Y: y}
		for i, o := range a.Manifest.Objectives {
			over.Series = appendPoint(over.Series, r, o, objectives[i].r2, objectives[i].linear)
		}
		d.addSpearman("objectives", flatten(over.Series), len(objectives))

		sweep := report.Panel{ID: "temperatures", Title: "Temperatures of cosine softmax", Kind: "line", X: x, Y: y}
		curve := report.Series{ID: "temperature", Label: "Cosine softmax, τ from low to high"}
		for i, t := range a.Manifest.Temperatures.Rows {
			if p, ok := pointAt(r, temperatures[i].r2, temperatures[i].linear); ok {
				p.Label = "τ = " + t.ID
				curve.Points = append(curve.Points, p)
			}
		}
		if len(curve.Points) > 0 {
			sweep.Series = append(sweep.Series, curve)
		}
		d.addSpearman("temperatures", curve.Points, len(temperatures))

		notes := []string{"(a) " + networksOf(a.Preset.Seeds), "(b) " + networksPer("temperature", a.Preset.TemperatureSeeds)}
		f := report.Figure{ID: "figure-5", Notes: notes, Panels: []report.Panel{over, sweep,
			a.paperObjectives(x, y), a.paperTemperatures(x, y)}}
		d.Artifacts = []report.Artifact{{Figure: &f}}
		return d, nil
	}
}

// addSpearman adds the rank correlation of want points and its exact two-sided
// p-value as the values NAME_rho and NAME_p. Fewer points give neither: those that
// are missing may be the ones that do not fit.
func (d *Drawing) addSpearman(name string, points []report.Point, want int) {
	var x, y []float64
	for _, p := range points {
		x, y = append(x, p.X), append(y, p.Y)
	}
	s, ok := stat.Spearman(x, y)
	reason := "too few points, or all alike"
	if len(points) < want {
		ok, reason = false, "a point is missing"
	}
	d.value(name+"_rho", s.Rho, ok, reason)
	d.value(name+"_p", s.P, ok, reason)
}

// flatten lists the points of all series.
func flatten(series []report.Series) []report.Point {
	var points []report.Point
	for _, s := range series {
		points = append(points, s.Points...)
	}
	return points
}

// paperObjectives is the paper's panel (a): Table 3 against Table 1.
func (a *Ask) paperObjectives(x, y report.Axis) report.Panel {
	panel := report.Panel{ID: "paper-objectives", Title: "The paper: objectives", Kind: "scatter", X: x, Y: y}
	separation, ok1 := a.Manifest.PublishedTable("table-3")
	linear, ok2 := a.Manifest.PublishedTable("table-1-linear")
	if !ok1 || !ok2 {
		return panel
	}
	for _, o := range a.Manifest.Objectives {
		px, py := separation.Cell(o.ID, "R2"), linear.Cell(o.ID, report.MeanColumn)
		if px != nil && py != nil {
			panel.Series = append(panel.Series, report.Series{ID: o.ID, Label: o.Label, Published: true,
				Points: []report.Point{{X: px.Value, Y: py.Value, Label: o.Label}}})
		}
	}
	return panel
}

// paperTemperatures is the paper's panel (b), from Table 4.
func (a *Ask) paperTemperatures(x, y report.Axis) report.Panel {
	panel := report.Panel{ID: "paper-temperatures", Title: "The paper: temperatures", Kind: "line", X: x, Y: y}
	published, ok := a.Manifest.PublishedTable("table-4")
	if !ok {
		return panel
	}
	curve := report.Series{ID: "temperature", Label: "Cosine softmax, τ from low to high", Published: true}
	for _, row := range published.Rows {
		px, py := published.Cell(row.ID, "R2"), published.Cell(row.ID, report.MeanColumn)
		if px != nil && py != nil {
			curve.Points = append(curve.Points, report.Point{X: px.Value, Y: py.Value, Label: "τ = " + row.ID})
		}
	}
	panel.Series = []report.Series{curve}
	return panel
}
