package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-d3", figureD3) }

// changes is what Figure D.3 compares: networks before and after fine-tuning.
type changes struct {
	*Ask
	layers []represent.Layer
	names  []string // of the layers
	// all is a comparison per objective and task; its "pairs" are networks by seed.
	all [][]comparison
}

// figureD3 is linear CKA between the layers of a network before and after it was
// fine-tuned: layer against layer for every task under softmax, and each layer with
// itself for every task and every objective.
func figureD3(a *Ask) Draw {
	layers, err := a.layers()
	if err != nil {
		return func(*compute.Results) (Drawing, error) { return Drawing{}, err }
	}
	c := &changes{Ask: a, layers: layers, names: layerLabels(layers)}
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		var row []comparison
		for _, t := range a.Tasks {
			var one comparison
			for seed := 1; seed <= a.Preset.FineTuning.Networks; seed++ {
				one = append(one, need[represent.SimilarityResult](a, a.Change(m, seed, t)))
			}
			row = append(row, one)
		}
		c.all = append(c.all, row)
	}
	return func(r *compute.Results) (Drawing, error) {
		f := c.figure(r)
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: c.byTask(r)}, {Table: c.byObjective(r)}}}, nil
	}
}

// figure has a panel per task: the layers before against the layers after.
func (c *changes) figure(r *compute.Results) report.Figure {
	reference, p := c.Manifest.Objectives[0], c.Preset.FineTuning
	f := report.Figure{
		ID: "figure-d3-layers", Caption: reference.Label + ", layer against layer: CKA between every layer of a network before fine-tuning and every layer after it.",
		Notes: []string{fmt.Sprintf("Linear CKA with the unbiased estimator HSIC₁, over %d minibatches of %d test images of the task. Networks per objective: %d, fine-tuned as in Table 2; means over them. Colours have the same scale in all panels.", p.SimilarityImages/p.Minibatch, p.Minibatch, p.Networks)},
	}
	for t, d := range c.Manifest.Downstream {
		one := c.all[0][t]
		f.Panels = append(f.Panels, similarityPanel(d.ID, d.Label, report.Axis{Label: "Before"}, report.Axis{Label: "After"}, c.names, c.names,
			func(i, j int) []float64 { return cell(r, i, j, one) }))
	}
	return f
}

// byTask is each layer with itself, a row per task.
func (c *changes) byTask(r *compute.Results) *report.Table {
	g := c.newGrid("figure-d3-tasks", "Task", c.layerColumns())
	for t, d := range c.Manifest.Downstream {
		var cells []Measure
		for l := range c.layers {
			cells = append(cells, c.same(c.all[0][t:t+1], l, l+1))
		}
		g.add(report.Row{ID: d.ID, Label: d.Label}, "", cells...)
	}
	return g.draw(r)
}

// byObjective is each layer with itself, the mean over tasks, a row per objective; then
// the mean over the first half of the layers and over the second.
func (c *changes) byObjective(r *compute.Results) *report.Table {
	half := len(c.layers) / 2
	g := c.newGrid("figure-d3-objectives", "Loss", append(c.layerColumns(),
		report.Column{ID: "early", Label: "Early", Group: "Mean", Decimals: 3},
		report.Column{ID: "late", Label: "Late", Group: "Mean", Decimals: 3}))
	g.table.Notes = []string{fmt.Sprintf("Early: %s to %s. Late: %s to %s.", c.names[0], c.names[half-1], c.names[half], c.names[len(c.names)-1])}
	for i, o := range c.Manifest.Objectives {
		var cells []Measure
		for l := range c.layers {
			cells = append(cells, c.same(c.all[i], l, l+1))
		}
		cells = append(cells, c.same(c.all[i], 0, half), c.same(c.all[i], half, len(c.layers)))
		g.add(report.Row{ID: o.ID, Label: o.Label}, "", cells...)
	}
	return g.draw(r)
}

func (c *changes) layerColumns() []report.Column {
	var columns []report.Column
	for l, name := range c.names {
		columns = append(columns, report.Column{ID: c.layers[l].Name, Label: name, Group: "CKA before and after", Decimals: 3})
	}
	return columns
}

// same is CKA of layers with themselves, the mean over comparisons and over layers from
// first to before last, for each network by itself; it is missing where one is.
func (c *changes) same(of []comparison, first, last int) Measure {
	var m Measure
	for i := range c.Preset.FineTuning.Networks {
		m = append(m, Sample{Seed: i + 1, Read: func(r *compute.Results) (float64, error) {
			mean, n := 0.0, float64(len(of)*(last-first))
			for _, one := range of {
				for l := first; l < last; l++ {
					v, err := one.at(r, i, l, l)
					if err != nil {
						return 0, err
					}
					mean += v / n
				}
			}
			return mean, nil
		}})
	}
	return m
}
