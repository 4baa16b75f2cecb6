package sections

import (
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-c5", tableC5) }

// tableC5 is accuracy on the pretraining classes under three augmentations.
func tableC5(a *Ask) Draw {
	runs := a.Preset.Augmentation
	b := a.of(a.Sized(runs.Size))
	kinds := []struct {
		id, label string
		with      augmentation
	}{
		{"std", "Standard", augmentation{}},
		{"aa", "AutoAugment", augmentation{policy: train.AutoAugment}},
		{"mixup", "Mixup", augmentation{mixup: a.Manifest.Augmentation.Mixup}},
	}
	var columns []report.Column
	for _, k := range kinds {
		columns = append(columns,
			report.Column{ID: k.id + "_top1", Label: "Top-1", Unit: "%", Group: k.label, Decimals: 1, Better: "higher"},
			report.Column{ID: k.id + "_top5", Label: "Top-5", Unit: "%", Group: k.label, Decimals: 2, Better: "higher"})
	}
	g := b.newGrid("table-c5", "Loss", columns)
	g.table.Notes = slices.Concat(a.sizeNote(b.Study), b.standardNote(), []string{b.mixupNote()})
	for _, o := range b.augmented() {
		var cells []Measure
		for _, k := range kinds {
			m, seeds := b.augmentedBy(o, k.with), b.seedsOf(a, k.with, runs.Seeds)
			cells = append(cells, b.top1(seeds, m), b.top5(seeds, m))
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
