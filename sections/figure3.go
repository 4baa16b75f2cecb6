package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-3", figure3) }

// figure3 is the share of non-zero activations by layer, one line per objective, and
// the same numbers as a table.
func figure3(a *Ask) Draw {
	layers, err := a.layers()
	if err != nil {
		return func(*compute.Results) (Drawing, error) { return Drawing{}, err }
	}
	names := layerLabels(layers)
	g := a.newGrid("figure-3-nonzero", "Loss", nil)
	for i, l := range layers {
		g.table.Columns = append(g.table.Columns, report.Column{ID: l.Name, Label: names[i], Unit: "%", Decimals: 1})
	}
	for _, o := range a.Manifest.Objectives {
		var cells []Measure
		for i := range layers {
			cells = append(cells, measure(a, a.Preset.Seeds, func(seed int) compute.Task[represent.SparsityResult] {
				return represent.Sparsity{Model: a.Model(o, seed), Data: a.Pretraining(data.Test), Count: a.Preset.Similarity.Images}
			}, func(v represent.SparsityResult) (float64, error) {
				if v.Diverged != "" {
					return 0, diverged(v.Diverged)
				}
				return 100 * v.NonZero[i], nil
			}))
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, "", cells...)
	}
	return func(r *compute.Results) (Drawing, error) {
		table := g.draw(r)
		f := report.Figure{ID: "figure-3-curves", Panels: []report.Panel{sparsityPanel(table, layers, names)},
			Notes: []string{fmt.Sprintf("Share of activations that are not zero, over %d test images and all units of a layer.", a.Preset.Similarity.Images)}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: table}}}, nil
	}
}

// sparsityPanel draws the rows of the table as lines over the layers, and dashed
// borders between stages: where maps get smaller.
func sparsityPanel(table *report.Table, layers []represent.Layer, names []string) report.Panel {
	low, high := 0.0, 100.0
	p := report.Panel{
		ID: "nonzero", Kind: report.PanelLine,
		X: report.Axis{Label: "Layer", Names: names},
		Y: report.Axis{Label: "Non-zero activations", Unit: "%", Min: &low, Max: &high},
	}
	for _, row := range table.Rows {
		s := report.Series{ID: row.ID, Label: row.Label}
		for i, c := range row.Cells {
			if m, ok := mean(c); ok {
				s.Points = append(s.Points, report.Point{X: float64(i + 1), Y: m.Mean, YHalf: m.Half})
			}
		}
		if len(s.Points) > 0 {
			p.Series = append(p.Series, s)
		}
	}
	if len(p.Series) == 0 {
		return p
	}
	for i := 1; i < len(layers); i++ {
		if layers[i].Side != layers[i-1].Side {
			x := float64(i) + 0.5
			p.Rules = append(p.Rules, x)
		}
	}
	return p
}
