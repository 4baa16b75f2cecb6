package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("figure-c1", figureC1) }

// figureC1 is accuracy on the training images, as the networks saw them while training,
// and on validation images after every pass, and the loss; averaged over seeds.
func figureC1(a *Ask) Draw {
	type runs struct {
		o    report.Objective
		refs []compute.Ref[predict.CurveResult]
	}
	var all []runs
	for _, o := range a.Manifest.Objectives {
		one := runs{o: o}
		for seed := 1; seed <= a.Preset.Seeds; seed++ {
			one.refs = append(one.refs, need[predict.CurveResult](a, predict.Curve{Model: a.Model(o, seed)}))
		}
		all = append(all, one)
	}
	followed := a.Pretraining(data.Validation)
	followed.PerClass = a.Preset.Curves.PerClass
	return func(r *compute.Results) (Drawing, error) {
		x := report.Axis{Label: "Pass over the training images"}
		top1 := report.Panel{ID: "top1", Title: "Accuracy while training", Kind: "line", X: x, Y: report.Axis{Label: "Top-1", Unit: "%"}}
		validation := report.Panel{ID: "validation", Title: "Accuracy on validation images", Kind: "line", X: x, Y: report.Axis{Label: "Top-1", Unit: "%"}}
		loss := report.Panel{ID: "loss", Title: "Loss while training", Kind: "line", X: x, Y: report.Axis{Label: "Objective, per image", Log: true}}
		for _, one := range all {
			var curves, watched [][]train.Epoch
			for _, v := range known(r, one.refs, func(v predict.CurveResult) string { return v.Diverged }) {
				curves = append(curves, v.Epochs)
				if v.Epochs[0].Validated > 0 {
					watched = append(watched, v.Epochs)
				}
			}
			add := func(panel *report.Panel, curves [][]train.Epoch, value func(train.Epoch) float64) {
				if points := byPass(curves, value); len(points) > 0 {
					panel.Series = append(panel.Series, report.Series{ID: one.o.ID, Label: one.o.Label, Points: points})
				}
			}
			add(&top1, curves, func(e train.Epoch) float64 { return 100 * e.Top1 })
			add(&validation, watched, func(e train.Epoch) float64 { return 100 * e.ValidationTop1 })
			add(&loss, curves, func(e train.Epoch) float64 { return e.Loss })
		}
		for i, s := range loss.Series {
			loss.Series[i].Points = positive(s.Points)
		}
		f := report.Figure{ID: "figure-c1", Panels: []report.Panel{top1, validation, loss}, Notes: []string{
			"While training: means over the batches of a pass, with shifted images and, for dropout, dropped features. " + networksOf(a.Preset.Seeds) + " Runs that diverged are left out.",
			fmt.Sprintf("Validation: %d images that no network was trained on, with the averaged weights after each pass. %s", a.images(followed), networksOf(a.Preset.Curves.Seeds)),
			"Each objective has a loss of its own: compare the shapes of those curves, not their heights.",
		}}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}

// byPass is the mean over runs at each pass, counted from 1.
func byPass(curves [][]train.Epoch, value func(train.Epoch) float64) []report.Point {
	if len(curves) == 0 {
		return nil
	}
	points := make([]report.Point, len(curves[0]))
	for i := range points {
		sum := 0.0
		for _, c := range curves {
			sum += float64(value(c[i])) // which may be a product
		}
		points[i] = report.Point{X: float64(i + 1), Y: sum / float64(len(curves))}
	}
	return points
}

// positive leaves out what a logarithmic axis cannot show.
func positive(points []report.Point) []report.Point {
	var out []report.Point
	for _, p := range points {
		if p.Y > 0 {
			out = append(out, p)
		}
	}
	return out
}
