package sections

import (
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-e3", tableE3) }

// tableE3 is accuracy and class separation with standard augmentation and AutoAugment.
func tableE3(a *Ask) Draw {
	runs := a.Preset.Augmentation
	b := a.of(a.Sized(runs.Size))
	kinds := []struct {
		id, label string
		with      augmentation
	}{
		{"std", "Standard", augmentation{}},
		{"aa", "AutoAugment", augmentation{policy: train.AutoAugment}},
	}
	var columns []report.Column
	for _, k := range kinds {
		top1, r2 := top1Column(), separationColumn()
		top1.ID, top1.Group = k.id+"_top1", k.label
		r2.ID, r2.Group = k.id+"_R2", k.label
		columns = append(columns, top1, r2)
	}
	g := b.newGrid("table-e3", "Loss", columns)
	g.table.Notes = slices.Concat(a.sizeNote(b.Study), b.standardNote(), []string{"Class separation is measured on the training images as they are, without augmentation."})
	for _, o := range b.augmented() {
		var cells []Measure
		for _, k := range kinds {
			m, seeds := b.augmentedBy(o, k.with), b.seedsOf(a, k.with, runs.Seeds)
			cells = append(cells, b.top1(seeds, m), b.separation(seeds, m))
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
