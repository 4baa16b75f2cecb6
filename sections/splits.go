package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/report"
)

// splits shows mean linear transfer accuracy on the images that the regulariser was chosen
// on beside that on test images: what is ahead on one should be on the other.
func (a *Ask) splits() *grid {
	column := func(id, label string) report.Column {
		return report.Column{ID: id, Label: label, Unit: "%", Decimals: 1, Better: "higher"}
	}
	g := a.newGrid("table-1-splits", "Loss", []report.Column{column("validation", "Validation images"), column("test", "Test images")})
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		mean := func(one func(data.Task) Measure) Measure {
			all := a.transfer(one)
			return all[len(all)-1]
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, "",
			mean(func(t data.Task) Measure { return a.linearValidation(a.Preset.Seeds, m, t) }),
			mean(func(t data.Task) Measure { return a.linear(a.Preset.Seeds, m, t) }))
	}
	g.table.Notes = []string{"Mean over the tasks. The classifier for the validation images is fitted on training images alone, that for the test images on both: the former are fewer."}
	return g
}

// linearValidation is the accuracy of the chosen linear probe on the images that it was
// chosen on, before it is fitted on those too.
func (a *Ask) linearValidation(seeds int, m models, t data.Task) Measure {
	return measure(a, seeds, func(seed int) compute.Task[probe.LinearResult] {
		return a.Linear(m(seed), t)
	}, func(v probe.LinearResult) (float64, error) {
		if err := diverged(v.Diverged); err != nil {
			return 0, err
		}
		if v.Chosen < 0 || v.Chosen >= len(v.Validation) {
			return 0, missing("no regulariser was chosen")
		}
		return 100 * v.Validation[v.Chosen], nil
	})
}
