package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-e1", figureE1) }

// figureE1 is the densities of angular visual hardness on test images, one curve per
// objective, and how far each overlaps with that of softmax.
func figureE1(a *Ask) Draw {
	seeds := a.Preset.Seeds
	for _, p := range a.seedPairs() {
		seeds = max(seeds, p.first, p.second)
	}
	refs := ofEach(a, seeds, data.Test, func(l represent.Layout) compute.Task[represent.HardnessResult] {
		return represent.AVH{Layout: l}
	})
	gone := func(v represent.HardnessResult) string { return v.Diverged }
	g := a.newGrid("figure-e1-overlap", "Loss", []report.Column{
		{ID: "mean", Label: "Mean hardness", Decimals: 4},
		{ID: "overlap", Label: "Overlap with softmax, other seed", Decimals: 3},
	})
	for i, o := range a.Manifest.Objectives {
		g.add(report.Row{ID: o.ID, Label: o.Label}, "",
			read(refs[i][:a.Preset.Seeds], func(v represent.HardnessResult) (float64, error) { return v.Mean, diverged(v.Diverged) }),
			a.overlap(refs[0], refs[i]))
	}
	return func(r *compute.Results) (Drawing, error) {
		panel := report.Panel{ID: "avh", Kind: report.PanelLine, X: report.Axis{Label: "Angular visual hardness"}, Y: report.Axis{Label: "Density"}}
		for i, o := range a.Manifest.Objectives {
			var curves []represent.Curve
			for _, v := range known(r, refs[i][:a.Preset.Seeds], gone) {
				curves = append(curves, v.Curve)
			}
			if points := meanCurve(curves); points != nil {
				panel.Series = append(panel.Series, report.Series{ID: o.ID, Label: o.Label, Points: points})
			}
		}
		classes := max(2, a.classes(a.Pretraining(data.Test)))
		if len(panel.Series) > 0 {
			panel.Rules = []float64{1 / float64(classes)}
		}
		f := report.Figure{ID: "figure-e1-curves", Panels: []report.Panel{panel}, Notes: append(a.counted("Over the %d test images.", data.Test), fmt.Sprintf(
			"Gaussian kernel densities, bandwidth %.2g, mean over seeds. The vertical dashed line is 1/%d, where an image is at the same angle to all classes.", 0.01/float64(classes), classes))}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}, {Table: g.draw(r)}}}, nil
	}
}

// overlap is the area under both of two densities, 1 for equal ones, for networks of
// different seeds, so that softmax has a value too.
func (a *Ask) overlap(x, y []compute.Ref[represent.HardnessResult]) Measure {
	var m Measure
	for _, p := range a.seedPairs() {
		m = append(m, Sample{Seed: p.first, Read: func(r *compute.Results) (float64, error) {
			var both [2]represent.HardnessResult
			for i, ref := range []compute.Ref[represent.HardnessResult]{x[p.first-1], y[p.second-1]} {
				v, err := compute.Value(r, ref)
				if err == nil {
					err = diverged(v.Diverged)
				}
				if err != nil {
					return 0, err
				}
				both[i] = v
			}
			return both[0].Curve.Overlap(both[1].Curve), nil
		}})
	}
	return m
}
