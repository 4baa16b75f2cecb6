package sections

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/report"
)

func init() { register("table-1", table1) }

// table1 is accuracy on the pretraining classes and fixed-feature transfer, once by
// linear probe and once by nearest neighbours: a row per objective, a column per
// downstream task. Two further parts show what the choice of neighbours and of the images
// that are measured on changes.
func table1(a *Ask) Draw {
	linear := a.transferTable("table-1-linear", func(m models) []Measure {
		return a.transfer(func(t data.Task) Measure { return a.linear(a.Preset.Seeds, m, t) })
	})
	knn := a.transferTable("table-1-knn", func(m models) []Measure {
		return a.transfer(func(t data.Task) Measure { return a.nearest(a.Preset.Seeds, m, t) })
	})
	choices, split := a.sensitivity(), a.splits()
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, linear, knn, choices, split)
		d.Artifacts[1].Table.Notes = append(d.Artifacts[1].Table.Notes, neighbourNote(a.Preset.KNN))
		table := d.Artifacts[2].Table
		table.Notes = []string{fmt.Sprintf("Mean over the tasks, on the first %d test images of each, or all if there are fewer.", sensitivityImages)}
		rho, ok := lowestAgreement(table)
		d.value("knn_rank_agreement", rho, ok, "an objective has no value")
		return d, nil
	}
}

// neighbourNote says how the neighbours of Table 1 are found and how they vote.
func neighbourNote(k report.KNN) string {
	vote := "each neighbour with the same vote"
	if k.Weighting == "distance" {
		vote = "nearer neighbours with more of a vote"
	}
	return fmt.Sprintf("Nearest neighbours: k = %d, %s distance, %s.", k.K, k.Metric, vote)
}

// transferTable asks for a block of Table 1.
func (a *Ask) transferTable(id string, transfer func(models) []Measure) *grid {
	g := a.newGrid(id, "Loss", append(a.accuracyColumns(), a.transferColumns()...))
	g.table.Notes = append(a.pretrainingNote(false), a.meanNote())
	for _, o := range a.Manifest.Objectives {
		m := a.trained(o)
		cells := append([]Measure{a.top1(a.Preset.Seeds, m), a.top5(a.Preset.Seeds, m)}, transfer(m)...)
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	return g
}
