package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

// similarityImages is the test images on which layers are compared.
func (a *Ask) similarityImages() represent.Images {
	s := a.Preset.Similarity
	return represent.Images{Data: a.Pretraining(data.Test), Count: s.Images, Minibatch: s.Minibatch}
}

// seedPair is the seeds of two networks that are compared. They always differ, also
// between objectives: networks of one seed start from the same weights, which would
// make them alike for another reason than their objective.
type seedPair struct{ first, second int }

// mostPairs bounds the pairs of seeds: every pair asks for all pairs of objectives.
const mostPairs = 4

// seedPairs is pairs of seeds that share none: 1–2, 3–4, … A network in two pairs would
// make their values depend on each other, and a test over pairs would count one network
// twice. A preset with one seed trains the second for this alone.
func (a *Ask) seedPairs() []seedPair {
	pairs := make([]seedPair, min(max(a.Preset.Seeds/2, 1), mostPairs))
	for i := range pairs {
		pairs[i] = seedPair{2*i + 1, 2*i + 2}
	}
	return pairs
}

// comparison is CKA between two objectives' networks, one result per pair of seeds.
type comparison []compute.Ref[represent.SimilarityResult]

// compare asks for the comparison of two kinds of networks.
func (a *Ask) compare(x, y func(seed int) represent.Network) comparison {
	var c comparison
	for _, p := range a.seedPairs() {
		c = append(c, need[represent.SimilarityResult](a, represent.Similarity{
			A: x(p.first), B: y(p.second), Images: a.similarityImages(),
		}))
	}
	return c
}

// at is CKA of layer i of the first network with layer j of the second for one of the
// pairs of seeds.
func (c comparison) at(r *compute.Results, pair, i, j int) (float64, error) {
	v, err := compute.Value(r, c[pair])
	switch {
	case err != nil:
		return 0, err
	case v.Diverged != "":
		return 0, diverged(v.Diverged)
	case i >= len(v.Values) || j >= len(v.Values[i]) || v.Values[i][j] == nil:
		return 0, missing("undefined: a layer is the same for all images")
	}
	return *v.Values[i][j], nil
}

// cell is CKA between two layers for those pairs of seeds that have it.
func cell(r *compute.Results, i, j int, list ...comparison) []float64 {
	var of []float64
	for _, c := range list {
		for pair := range c {
			if v, err := c.at(r, pair, i, j); err == nil {
				of = append(of, v)
			}
		}
	}
	return of
}

// layerLabels names the layers for people.
func layerLabels(layers []represent.Layer) []string {
	names := map[string]string{"stem": "Stem", "head": "Head", represent.PenultimateLayer: "Penultimate"}
	for n := '1'; n <= '9'; n++ {
		names["block"+string(n)] = "Block " + string(n)
		names["mixed"+string(n)] = "Mixed " + string(n)
		names["reduction"+string(n)] = "Reduction " + string(n)
	}
	out := make([]string, len(layers))
	for i, l := range layers {
		if out[i] = names[l.Name]; out[i] == "" {
			out[i] = l.Name
		}
	}
	return out
}

// similarityPanel is a heat map of means of CKA: every one of them has the same scale
// of colours.
func similarityPanel(id, title string, y, x report.Axis, rows, columns []string, of func(i, j int) []float64) report.Panel {
	h := &report.Heat{X: columns, Y: rows, Min: 0, Max: 1}
	for i := range rows {
		values, behind := make([]*float64, len(columns)), make([][]float64, len(columns))
		for j := range columns {
			behind[j] = of(i, j)
			if len(behind[j]) > 0 {
				sum := 0.0
				for _, v := range behind[j] {
					sum += v
				}
				sum /= float64(len(behind[j]))
				values[j] = &sum
			}
		}
		h.Values, h.Of = append(h.Values, values), append(h.Of, behind)
	}
	return report.Panel{ID: id, Title: title, Kind: report.PanelHeatmap, X: x, Y: y, Heat: h}
}
