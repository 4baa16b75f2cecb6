package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/report"
)

func init() { register("figure-c2", figureC2) }

// fewestInBin is the number of images below which the accuracy of a bin says nothing.
const fewestInBin = 20

// figureC2 is reliability diagrams: accuracy by confidence, before and after
// temperature scaling, over the images of all seeds.
func figureC2(a *Ask) Draw {
	type runs struct {
		o    report.Objective
		refs []compute.Ref[predict.CalibrationResult]
	}
	var all []runs
	for _, o := range a.calibrated() {
		one := runs{o: o}
		task := a.calibration(a.trained(o))
		for seed := 1; seed <= a.Preset.Seeds; seed++ {
			one.refs = append(one.refs, need(a, task(seed)))
		}
		all = append(all, one)
	}
	return func(r *compute.Results) (Drawing, error) {
		before := reliabilityPanel("before", "Before temperature scaling")
		after := reliabilityPanel("after", "After temperature scaling")
		for _, one := range all {
			var b, s [][]predict.Bin
			for _, ref := range one.refs {
				v, err := compute.Value(r, ref)
				if err != nil || v.Diverged != "" {
					continue
				}
				b = append(b, v.Before.Bins)
				if !v.Temperature.Border {
					s = append(s, v.After.Bins)
				}
			}
			before.Series = appendCurve(before.Series, one.o, reliability(b))
			after.Series = appendCurve(after.Series, one.o, reliability(s))
		}
		f := report.Figure{ID: "figure-c2", Panels: []report.Panel{withDiagonal(before), withDiagonal(after)}, Notes: append(a.counted("Each network has %d test images.", data.Test),
			fmt.Sprintf("Test images of all seeds together, in %d bins of equal width; bins of fewer than %d images are left out. "+
				"A point below the diagonal is overconfident.", predict.DefaultBins, fewestInBin))}
		return Drawing{Artifacts: []report.Artifact{{Figure: &f}}}, nil
	}
}

func reliabilityPanel(id, title string) report.Panel {
	zero, hundred := 0.0, 100.0
	return report.Panel{ID: id, Title: title, Kind: "line",
		X: report.Axis{Label: "Confidence", Unit: "%", Min: &zero, Max: &hundred},
		Y: report.Axis{Label: "Accuracy", Unit: "%", Min: &zero, Max: &hundred}}
}

// reliability joins the bins of several networks: a point per bin.
func reliability(networks [][]predict.Bin) []report.Point {
	var points []report.Point
	if len(networks) == 0 {
		return nil
	}
	for b := range networks[0] {
		images, confidence, right := 0, 0.0, 0.0
		for _, bins := range networks {
			n := float64(bins[b].Count)
			images += bins[b].Count
			confidence += float64(n * bins[b].Confidence)
			right += float64(n * bins[b].Accuracy)
		}
		if images >= fewestInBin {
			points = append(points, report.Point{X: 100 * confidence / float64(images), Y: 100 * right / float64(images)})
		}
	}
	return points
}

func appendCurve(series []report.Series, o report.Objective, points []report.Point) []report.Series {
	if len(points) == 0 {
		return series
	}
	return append(series, report.Series{ID: o.ID, Label: o.Label, Points: points})
}

// withDiagonal adds the line of perfect calibration under curves, if there are any.
func withDiagonal(p report.Panel) report.Panel {
	if len(p.Series) > 0 {
		p.Series = append(p.Series, report.Series{ID: "perfect", Label: "Perfect calibration", Dash: "dotted",
			Points: []report.Point{{X: 0, Y: 0}, {X: 100, Y: 100}}})
	}
	return p
}
