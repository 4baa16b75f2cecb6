package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-c1", tableC1) }

// tableC1 is the accuracy of every objective on its own training images.
func tableC1(a *Ask) Draw {
	columns := []report.Column{
		{ID: "top1", Label: "Top-1", Unit: "%", Group: "Training images", Decimals: 2, Better: "higher"},
		{ID: "top5", Label: "Top-5", Unit: "%", Group: "Training images", Decimals: 2, Better: "higher"},
	}
	g := a.newGrid("table-c1", "Loss", columns)
	g.table.Notes = a.counted("On the %d training images.", data.Train)
	for _, o := range a.Manifest.Objectives {
		on := func(value func(train.Accuracy) float64) Measure {
			return measure(a, a.Preset.Seeds, func(seed int) compute.Task[train.Accuracy] {
				return train.Evaluate{Model: a.Model(o, seed), Data: a.Pretraining(data.Train)}
			}, func(v train.Accuracy) (float64, error) { return 100 * value(v), diverged(v.Diverged) })
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID,
			on(func(v train.Accuracy) float64 { return v.Top1 }),
			on(func(v train.Accuracy) float64 { return v.Top5 }))
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
