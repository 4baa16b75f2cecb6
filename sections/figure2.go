package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-2", figure2) }

// similarities is what Figure 2 compares, and Figure B.1 with another network. The
// names of its parts begin with the item's.
type similarities struct {
	*Ask
	layers    []represent.Layer
	names     []string       // of the layers
	pairs     [][]comparison // objective × objective
	untrained comparison     // softmax against networks before training
}

// figure2 is linear CKA between the layers of networks: (a) softmax against every
// objective, layer by layer, (b) objective against objective for each layer.
func figure2(a *Ask) Draw {
	layers, err := a.layers()
	if err != nil {
		return func(*compute.Results) (Drawing, error) { return Drawing{}, err }
	}
	s := &similarities{Ask: a, layers: layers, names: layerLabels(layers)}
	network := func(o report.Objective) func(int) represent.Network {
		return func(seed int) represent.Network { return represent.Trained(a.Model(o, seed)) }
	}
	for _, x := range a.Manifest.Objectives {
		var row []comparison
		for _, y := range a.Manifest.Objectives {
			row = append(row, a.compare(network(x), network(y)))
		}
		s.pairs = append(s.pairs, row)
	}
	reference := a.Manifest.Objectives[0]
	s.untrained = a.compare(network(reference), func(seed int) represent.Network {
		return represent.Before(a.Model(reference, seed))
	})
	return s.draw
}

func (s *similarities) draw(r *compute.Results) (Drawing, error) {
	byLayer, byObjective := s.byLayer(r), s.byObjective(r)
	return Drawing{Artifacts: []report.Artifact{
		{Figure: &byLayer}, {Figure: &byObjective},
		{Table: s.corresponding(r)}, {Table: s.across(r)},
	}}, nil
}

// byLayer is part (a) for every objective, and the control.
func (s *similarities) byLayer(r *compute.Results) report.Figure {
	objectives := s.Manifest.Objectives
	y := report.Axis{Label: objectives[0].Label}
	panel := func(id, title, other string, c comparison) report.Panel {
		return similarityPanel(id, title, y, report.Axis{Label: other}, s.names, s.names,
			func(i, j int) []float64 { return cell(r, i, j, c) })
	}
	f := report.Figure{ID: s.Item.ID + "-layers", Caption: "Layer against layer, the paper's part (a): CKA between every layer of a softmax network and every layer of another.", Notes: s.notes()}
	for k, o := range objectives {
		title := objectives[0].Label + " and " + o.Label
		if k == 0 {
			title += ", another seed"
		}
		f.Panels = append(f.Panels, panel(o.ID, title, o.Label, s.pairs[0][k]))
	}
	f.Panels = append(f.Panels, s.own(r))
	f.Panels = append(f.Panels, panel("untrained", objectives[0].Label+" and an untrained network", "Untrained", s.untrained))
	return f
}

// own is layer against layer for two networks of one objective, of all but the first,
// which has a panel above. It is one panel with their mean: a page with one for each would
// be too large, and the table has what differs between them.
func (s *similarities) own(r *compute.Results) report.Panel {
	return similarityPanel("own", "Two networks of one other objective, mean over these",
		report.Axis{Label: "One seed"}, report.Axis{Label: "Another seed"}, s.names, s.names,
		func(i, j int) []float64 {
			var means []float64
			for k := range s.pairs[1:] {
				of := cell(r, i, j, s.pairs[k+1][k+1])
				if len(of) == 0 {
					continue
				}
				sum := 0.0
				for _, v := range of {
					sum += v
				}
				means = append(means, sum/float64(len(of)))
			}
			return means
		})
}

// notes says what was averaged over what.
func (s *similarities) notes() []string {
	n := s.Preset.Similarity
	return []string{
		fmt.Sprintf("Linear CKA with the unbiased estimator HSIC₁, averaged over %d minibatches of %d test images; mean over the pairs of seeds %s. Colours have the same scale in all panels.",
			n.Images/n.Minibatch, n.Minibatch, s.pairNames()),
	}
}

// byObjective is part (b): a matrix of objectives for every layer.
func (s *similarities) byObjective(r *compute.Results) report.Figure {
	var labels []string
	for _, o := range s.Manifest.Objectives {
		labels = append(labels, o.Label)
	}
	f := report.Figure{
		ID: s.Item.ID + "-objectives", Caption: "Objective against objective, the paper's part (b): CKA between the same layer of networks of two objectives; on the diagonal, of two seeds of one objective.",
	}
	for l, name := range s.names {
		f.Panels = append(f.Panels, similarityPanel(s.layers[l].Name, name, report.Axis{}, report.Axis{}, labels, labels, func(i, j int) []float64 {
			if i == j {
				return cell(r, l, l, s.pairs[i][i])
			}
			// Both orders of seeds, so that the matrix is symmetric.
			return cell(r, l, l, s.pairs[i][j], s.pairs[j][i])
		}))
	}
	return f
}

// corresponding sets CKA of corresponding layers against that of the others, for
// softmax and every objective and for two networks of every objective. A sample is a pair
// of seeds.
func (s *similarities) corresponding(r *compute.Results) *report.Table {
	g := s.newGrid(s.Item.ID+"-layers-mean", "Layers", nil)
	g.table.Each = eachPair
	for _, o := range s.Manifest.Objectives {
		g.table.Columns = append(g.table.Columns, report.Column{ID: o.ID, Label: o.Label, Decimals: 3})
	}
	for _, row := range []struct {
		id, label string
		same, own bool
	}{
		{"corresponding", "Corresponding", true, false}, {"other", "Not corresponding", false, false},
		{"own_corresponding", "Corresponding, both of the objective", true, true}, {"own_other", "Not corresponding, both of the objective", false, true},
	} {
		var cells []Measure
		for k := range s.Manifest.Objectives {
			first := 0
			if row.own {
				first = k
			}
			cells = append(cells, s.average(func(visit func(c comparison, i, j int)) {
				for i := range s.layers {
					for j := range s.layers {
						if (i == j) == row.same {
							visit(s.pairs[first][k], i, j)
						}
					}
				}
			}))
		}
		g.add(report.Row{ID: row.id, Label: row.label}, "", cells...)
	}
	return g.draw(r)
}

// across sets CKA of networks of one objective against that of two, layer by layer.
func (s *similarities) across(r *compute.Results) *report.Table {
	g := s.newGrid(s.Item.ID+"-objectives-mean", "Networks of", nil)
	g.table.Each = eachPair
	for l, name := range s.names {
		g.table.Columns = append(g.table.Columns, report.Column{ID: s.layers[l].Name, Label: name, Decimals: 3})
	}
	for _, row := range []struct {
		id, label string
		same      bool
	}{{"same", "One objective", true}, {"different", "Two objectives", false}} {
		var cells []Measure
		for l := range s.layers {
			cells = append(cells, s.average(func(visit func(c comparison, i, j int)) {
				for i := range s.pairs {
					for j := range s.pairs {
						if (i == j) == row.same {
							visit(s.pairs[i][j], l, l)
						}
					}
				}
			}))
		}
		g.add(report.Row{ID: row.id, Label: row.label}, "", cells...)
	}
	var control []Measure
	for l := range s.layers {
		control = append(control, s.average(func(visit func(c comparison, i, j int)) { visit(s.untrained, l, l) }))
	}
	g.add(report.Row{ID: "untrained", Label: "Softmax and untrained"}, "", control...)
	return g.draw(r)
}

// average is the mean of values of CKA, for each pair of seeds by itself; it is missing
// where one of them is.
func (s *similarities) average(each func(visit func(c comparison, i, j int))) Measure {
	var m Measure
	for pair, p := range s.seedPairs() {
		m = append(m, Sample{Seed: p.first, Read: func(r *compute.Results) (mean float64, err error) {
			n := 0
			each(func(c comparison, i, j int) {
				v, bad := c.at(r, pair, i, j)
				if bad != nil && err == nil {
					err = bad
				}
				mean, n = mean+v, n+1
			})
			if err != nil || n == 0 {
				return 0, err
			}
			return mean / float64(n), nil
		}})
	}
	return m
}
