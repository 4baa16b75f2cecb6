package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/report"
)

func init() { register("table-2", table2) }

// table2 is transfer of whole networks: a row per objective, a column per downstream
// task. A second part shows what was chosen for each of them.
func table2(a *Ask) Draw {
	g := a.newGrid("table-2", "Loss", a.transferColumns())
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, a.transfer(func(t data.Task) Measure { return a.fineTuned(m, t) })...)
	}
	chosen := a.choices()
	return func(r *compute.Results) (Drawing, error) {
		notes, err := a.fineTuningNotes()
		if err != nil {
			return Drawing{}, err
		}
		d := tables(r, g)
		d.Artifacts[0].Table.Notes = append(notes, a.meanNote())
		d.Artifacts = append(d.Artifacts, report.Artifact{Table: chosen.table(r)})
		return d, nil
	}
}

// fineTuned is the accuracy of networks fine-tuned on a downstream task.
func (a *Ask) fineTuned(m models, t data.Task) Measure {
	return measure(a, a.Preset.FineTuning.Networks, func(seed int) compute.Task[finetune.TestedResult] {
		return a.Tested(m, seed, t)
	}, func(v finetune.TestedResult) (float64, error) { return 100 * v.Accuracy, diverged(v.Diverged) })
}
