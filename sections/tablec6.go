package sections

import (
	"fmt"
	"slices"
	"strconv"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-c6", tableC6) }

// otherWork are the rows of Table C.6 that the paper takes from others: their place in
// the published table, and in ours, where they have no networks.
var otherWork = []struct{ id, label, published string }{
	{"cubuk2019", "Softmax (Cubuk et al. 2019)", "Softmax [cubuk2019autoaugment]"},
	{"khosla2020", "Supervised contrastive (Khosla et al. 2020)", "Supervised contrastive [khosla2020]"},
}

// tableC6 is accuracy after longer training with AutoAugment, and with Mixup too.
func tableC6(a *Ask) Draw {
	runs := a.Preset.Longer
	b := a.of(a.Sized(runs.Size))
	top1, top5 := top1Column(), top1Column()
	top5.ID, top5.Label, top5.Decimals = "top5", "Top-5", 2
	g := b.newGrid("table-c6", "Loss", []report.Column{{ID: "passes", Label: "Passes", Of: "epochs"}, top1, top5})
	g.column = func(id string) string {
		if id == "passes" {
			return "epochs"
		}
		return id
	}
	for _, w := range otherWork {
		g.add(report.Row{ID: w.id, Label: w.label, Group: "Other work, with AutoAugment"}, w.published, nil, nil, nil)
	}
	add := func(o report.Objective, prefix, group, published string, with augmentation) {
		with.policy, with.factor = train.AutoAugment, runs.Factor
		m := b.augmentedBy(o, with)
		g.add(report.Row{ID: prefix + o.ID, Label: o.Label, Group: group}, published+" "+o.ID,
			nil, b.top1(runs.Seeds, m), b.top5(runs.Seeds, m))
	}
	for _, o := range b.augmented() {
		add(o, "", "Here, with AutoAugment", "Ours", augmentation{})
	}
	for _, id := range a.Manifest.Augmentation.Mixed {
		o, _ := a.Manifest.Objective(id)
		add(o, "mixup_", "Here, with AutoAugment and Mixup", "Ours + Mixup", augmentation{mixup: a.Manifest.Augmentation.Mixup})
	}
	g.table.Notes = slices.Concat(a.sizeNote(b.Study, false), b.pretrainingNote(false), []string{fmt.Sprintf("%d passes in place of the %d of Table C.5.", b.longer(runs.Factor), b.Preset.Schedule.Passes)},
		b.standardNote(), []string{b.mixupNote()})
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, g)
		for i, row := range d.Artifacts[0].Table.Rows {
			if i < len(otherWork) {
				for j := range row.Cells {
					row.Cells[j].Missing = report.MissingElsewhere
				}
				continue
			}
			row.Cells[0].Missing, row.Cells[0].Text = "", strconv.Itoa(b.longer(runs.Factor))
		}
		return d, nil
	}
}
