package sections

import (
	"fmt"
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-a1", tableA1) }

// tableA1 is the hyper-parameters and the length of training, the paper's and ours:
// the values that the networks here are trained with, and the pass at which training
// would best be stopped under the paper's decay of the learning rate. The search that
// chose the values stands below it, from its record.
func tableA1(a *Ask) Draw {
	runs := map[string][]compute.Ref[predict.CurveResult]{}
	for _, o := range a.Manifest.Objectives {
		for seed := 1; seed <= a.Preset.Stopping.Seeds; seed++ {
			runs[o.ID] = append(runs[o.ID], need[predict.CurveResult](a, predict.Curve{Model: a.Stopping(o, seed)}))
		}
	}
	return func(r *compute.Results) (Drawing, error) {
		top1 := report.Column{Unit: "%", Decimals: 1, Group: "Early stopping here, on validation images"}
		at, end := top1, top1
		at.ID, at.Label, end.ID, end.Label = "top1_stopped", "Top-1 there", "top1_end", "Top-1 at the last"
		t := report.Table{
			ID: "table-a1", Corner: "Loss",
			Columns: []report.Column{
				{ID: "hyperparameters", Label: "Hyper-parameters", Group: "Here"},
				{ID: "chosen", Label: "Chosen", Group: "Here"},
				{ID: "passes", Label: "Passes", Group: "Here"},
				{ID: "stopped", Label: "Best pass", Group: "Early stopping here, on validation images"},
				at, end,
				{ID: "paper_hyperparameters", Label: "Hyper-parameters", Group: "Paper"},
				{ID: "paper_epochs", Label: "Epochs", Group: "Paper"},
			},
			Notes: a.stoppingNotes(),
		}
		for _, o := range a.Manifest.Objectives {
			stop := stopping(r, runs[o.ID], a.Preset.Stopping.Passes)
			published, epochs := o.Published.Text, strconv.Itoa(o.Published.Epochs)
			if o.Equation == 0 {
				published, epochs = "not in the paper", "–"
			}
			t.Rows = append(t.Rows, report.Row{ID: o.ID, Label: o.Label, Cells: []report.Cell{
				{Text: o.Here[a.Preset.ID].Text()},
				{Text: a.chosen(o)},
				a.trainedFor(),
				stop.pass, stop.at, stop.end,
				{Text: published},
				{Text: epochs},
			}})
		}
		d := Drawing{Artifacts: []report.Artifact{{Table: &t}}}
		if searched := a.searchTable(); searched != nil {
			d.Artifacts = append(d.Artifacts, report.Artifact{Table: searched})
		}
		return d, nil
	}
}

// trainedFor is the passes that networks were trained for here.
func (a *Ask) trainedFor() report.Cell {
	if a.sourced() {
		return report.Cell{Missing: "trained elsewhere"}
	}
	return report.Cell{Text: strconv.Itoa(a.Preset.Schedule.Passes)}
}

// stopped is where the training of an objective would best be stopped.
type stopped struct {
	pass    report.Cell // "7 of 12"
	at, end report.Cell // validation accuracy there and at the last pass, per cent
}

// stopping finds the pass with the highest mean validation accuracy over runs, the
// first of equals. There is none as long as a run is missing, and none if one
// diverged.
func stopping(r *compute.Results, refs []compute.Ref[predict.CurveResult], passes int) stopped {
	var curves [][]train.Epoch
	for _, ref := range refs {
		v, err := compute.Value(r, ref)
		if err == nil && v.Diverged != "" {
			err = missing(report.MissingDiverged)
		}
		if err != nil {
			gap := report.Cell{Missing: reason(err)}
			return stopped{gap, gap, gap}
		}
		curves = append(curves, v.Epochs[:passes])
	}
	best := bestPass(curves)
	accuracy := func(pass int) report.Cell {
		var c report.Cell
		for i, epochs := range curves {
			v := 100 * epochs[pass-1].ValidationTop1
			c.Samples = append(c.Samples, report.Sample{Seed: i + 1, Value: &v})
		}
		return c
	}
	return stopped{report.Cell{Text: fmt.Sprintf("%d of %d", best, passes)}, accuracy(best), accuracy(passes)}
}

// bestPass is the pass, counted from 1, with the highest mean validation accuracy.
func bestPass(curves [][]train.Epoch) int {
	best := 1
	means := byPass(curves, func(e train.Epoch) float64 { return e.ValidationTop1 })
	for i, p := range means {
		if p.Y > means[best-1].Y {
			best = i + 1
		}
	}
	return best
}
