package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("figure-6", figure6) }

// Images of each class from which the final layer is relearned, as in the paper: 40,000
// of ImageNet's validation images, and 50,046 of its training images in the footnote.
const (
	heldOutPerClass = 40
	seenPerClass    = 50
)

// figure6 is the accuracy of a new final layer on old features, against their class
// separation: learned from held-out images, and from some of the training images. The
// original final layer stands beside it, on the same test images.
func figure6(a *Ask) Draw {
	heldOut := a.few(data.Validation, heldOutPerClass)
	seen := a.few(data.Train, seenPerClass)
	g := a.newGrid("figure-6-table", "Loss", []report.Column{
		separationColumn(),
		{ID: "original", Label: "Original", Unit: "%", Group: "Final layer", Decimals: 1, Better: "higher"},
		{ID: "relearned", Label: "Relearned, held-out images", Unit: "%", Group: "Final layer", Decimals: 1, Better: "higher"},
		{ID: "relearned_seen", Label: "Relearned, training images", Unit: "%", Group: "Final layer", Decimals: 1, Better: "higher"},
	})
	seeds := a.Preset.Seeds
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID,
			a.separation(seeds, m), a.top1(seeds, m), a.relearned(seeds, m, heldOut), a.relearned(seeds, m, seen))
	}
	test := a.Pretraining(data.Test)
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, g)
		x := report.Axis{Label: "Class separation R²"}
		y := report.Axis{Label: "Accuracy, top-1", Unit: "%"}
		var panels []report.Panel
		for _, p := range []struct {
			id, title string
			column    int
		}{
			{"held_out", fmt.Sprintf("Relearned from %d held-out images per class", heldOut.PerClass), 2},
			{"seen", fmt.Sprintf("Relearned from %d training images per class", seen.PerClass), 3},
			{"original", "The network's own final layer", 1},
		} {
			panel := report.Panel{ID: p.id, Title: p.title, Kind: "scatter", X: x, Y: y}
			for i, o := range a.Manifest.Objectives {
				panel.Series = appendPoint(panel.Series, r, o, g.measures[i][0], g.measures[i][p.column])
			}
			panels = append(panels, panel)
			d.addSpearman(p.id, flatten(panel.Series), len(a.Manifest.Objectives))
		}
		f := report.Figure{ID: "figure-6", Panels: panels, Notes: []string{fmt.Sprintf(
			"All three on the same %d test images. A quarter of the images to learn from is kept back while the regulariser is chosen, one for each power of ten in the preset's range.",
			a.images(test))}}
		d.Artifacts = append([]report.Artifact{{Figure: &f}}, d.Artifacts...)
		return d, nil
	}
}

// few is some images per class of a split of the pretraining classes, or all it has.
func (a *Ask) few(split string, perClass int) data.Source {
	s := a.Pretraining(split)
	s.PerClass = min(s.PerClass, perClass)
	if classes := a.classes(s); a.sourced() && classes > 0 {
		s.PerClass = min(s.PerClass, (a.images(s)+classes-1)/classes) // the files may have fewer
	}
	return s
}

// relearned is the accuracy on the test images of a final layer learned from others.
func (a *Ask) relearned(seeds int, m models, known data.Source) Measure {
	if known.PerClass < 2 {
		none := make(Measure, seeds)
		for i := range none {
			none[i] = Sample{Seed: i + 1, Read: func(*compute.Results) (float64, error) {
				return 0, missing(fmt.Sprintf("needs two images of each class at least; there are %d of %s", a.images(known), known))
			}}
		}
		return none
	}
	return measure(a, seeds, func(seed int) compute.Task[probe.LinearResult] {
		return a.Relearn(m(seed), known)
	}, func(v probe.LinearResult) (float64, error) { return 100 * v.Accuracy, diverged(v.Diverged) })
}

// Relearn is a new final layer for a network. The paper's range of regularisers is
// kept, with one for each power of ten: for classes the network knows, accuracy hardly
// depends on it.
func (s *Study) Relearn(m train.Model, known data.Source) probe.Relearn {
	p := s.coarse()
	return probe.Relearn{
		Model: m, Known: known, Choose: max(1, known.PerClass/4), Test: s.Pretraining(data.Test),
		Regularisers: p.Regularisers, LogLow: p.LogLow, LogHigh: p.LogHigh,
	}
}

// coarse is the preset's grid of regularisers with one for each power of ten at most.
func (s *Study) coarse() report.Probe {
	p := s.Preset.Probe
	p.Regularisers = min(p.Regularisers, int(p.LogHigh-p.LogLow)+1)
	return p
}
