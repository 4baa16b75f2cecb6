package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/represent"
	"lossxfer-report/report"
)

func init() { register("figure-e4", figureE4) }

// paperPeak is where class separation of softmax peaks in the paper, as a share of its
// training: epoch 32 of 146.
const paperPeak = 32.0 / 146.0

// figureE4 is class separation by pass on training and on validation images. The tables
// say where each curve is highest; on validation images, beside where accuracy is.
func figureE4(a *Ask) Draw {
	seen, unseen := a.separationCourses(data.Train), a.separationCourses(data.Validation)
	training := a.newGrid("figure-e4-training", "Loss", []report.Column{
		passColumn("pass", "Pass", "Peak", a.Preset.Curves.Seeds),
		{ID: "peak", Label: "R²", Group: "Peak", Decimals: 3},
		{ID: "before", Label: "Highest before the end", Group: "R²", Decimals: 3},
		{ID: "early_peak", Label: "Highest in the first half", Group: "R²", Decimals: 3},
		{ID: "early", Label: fmt.Sprintf("At %.0f%% of training", 100*paperPeak), Group: "R²", Decimals: 3},
		{ID: "end", Label: "At the end", Group: "R²", Decimals: 3},
	})
	training.table.Notes = []string{
		"Highest in the first half: after the pass at which the networks of the other seeds have the highest mean; a single network chooses for itself.",
		fmt.Sprintf("At %.0f%% of training: after the nearest pass that has a checkpoint. There the paper's softmax networks have their peak, epoch 32 of 146.", 100*paperPeak),
	}
	validation := a.newGrid("figure-e4-validation", "Loss", []report.Column{
		passColumn("pass", "Pass", "Peak", a.Preset.Curves.Seeds),
		{ID: "peak", Label: "R²", Group: "Peak", Decimals: 3},
		{ID: "end", Label: "At the end", Group: "R²", Decimals: 3},
		passColumn("accuracy_pass", "Most accurate after pass", "", a.Preset.Curves.Seeds),
	})
	validation.table.Notes = []string{"Accuracy is measured after every pass, R² after those with a checkpoint."}
	for i, o := range a.Manifest.Objectives {
		c := seen[i]
		training.add(report.Row{ID: o.ID, Label: o.Label}, "", c.peakPass(), c.peak(), c.before(), c.earlyPeak(), c.near(paperPeak), c.end())
		v := unseen[i]
		validation.add(report.Row{ID: o.ID, Label: o.Label}, "", v.peakPass(), v.peak(), v.end(), a.mostAccurate(o))
	}
	return func(r *compute.Results) (Drawing, error) {
		f := report.Figure{ID: "figure-e4", Panels: []report.Panel{
			a.coursePanel(r, "training", "Training images", seen, report.Axis{Label: "Class separation R²"}),
			a.coursePanel(r, "validation", "Validation images", unseen, report.Axis{Label: "Class separation R²"}),
		}, Notes: append(a.courseNotes(a.Preset.Curves.Seeds), fmt.Sprintf("On %d images of each split, without the shifts of training.",
			a.images(a.dynamicsImages(data.Train))),
			fmt.Sprintf("The paper trains for 146 to 196 epochs, this preset for %d passes: what only longer training brings is not seen here.", a.Preset.Schedule.Passes))}
		d := tables(r, training, validation)
		d.Artifacts = append([]report.Artifact{{Figure: &f}}, d.Artifacts...)
		return d, nil
	}
}

// separationCourses asks for class separation of every objective on a split.
func (a *Ask) separationCourses(split string) []course {
	var all []course
	for _, o := range a.Manifest.Objectives {
		all = append(all, courseOf(a.Passes(), func(pass int) Measure {
			return measure(a, a.Preset.Curves.Seeds, func(seed int) compute.Task[represent.SeparationResult] {
				return represent.Separation{Model: a.after(a.Model(o, seed), pass), Data: a.dynamicsImages(split)}
			}, func(v represent.SeparationResult) (float64, error) { return v.R2, diverged(v.Diverged) })
		}))
	}
	return all
}

// mostAccurate is the pass after which a network is most accurate on validation images.
func (a *Ask) mostAccurate(o report.Objective) Measure {
	return measure(a, a.Preset.Curves.Seeds, func(seed int) compute.Task[predict.CurveResult] {
		return predict.Curve{Model: a.Model(o, seed)}
	}, func(v predict.CurveResult) (float64, error) {
		var top1 []float64
		for _, e := range v.Epochs {
			if e.Validated > 0 {
				top1 = append(top1, e.ValidationTop1)
			}
		}
		switch {
		case v.Diverged != "":
			return 0, diverged(v.Diverged)
		case len(top1) == 0:
			return 0, missing("accuracy was not followed")
		}
		return float64(highest(top1) + 1), nil
	})
}

// coursePanel draws one curve per objective.
func (a *Ask) coursePanel(r *compute.Results, id, title string, all []course, y report.Axis) report.Panel {
	panel := report.Panel{ID: id, Title: title, Kind: report.PanelLine, X: report.Axis{Label: "Pass over the training images"}, Y: y}
	for i, o := range a.Manifest.Objectives {
		if points := all[i].points(r); len(points) > 0 {
			panel.Series = append(panel.Series, report.Series{ID: o.ID, Label: o.Label, Points: points})
		}
	}
	return panel
}

// passColumn holds a pass, whole where it is that of one network.
func passColumn(id, label, group string, seeds int) report.Column {
	return report.Column{ID: id, Label: label, Group: group, Decimals: min(seeds-1, 1)}
}

// courseNotes says what networks the curves are of.
func (a *Ask) courseNotes(seeds int) []string {
	notes := []string{networksOf(seeds) + " The highest point of a curve has a larger symbol."}
	if ema := a.Preset.Schedule.EMA; ema > 0 {
		notes = append(notes, fmt.Sprintf("Weights are averaged: over the last %.0f%% or so of the training so far, as those of the trained networks are over that much of all of it.", 100*ema))
	}
	return notes
}
