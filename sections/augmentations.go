package sections

import (
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// augmentationKind is a group of columns of Tables C.5 and E.3.
type augmentationKind struct {
	id, label string
	with      augmentation
}

// augmentationKinds are standard augmentation, AutoAugment and Mixup.
func (a *Ask) augmentationKinds() []augmentationKind {
	return []augmentationKind{
		{"std", "Standard", augmentation{}},
		{"aa", "AutoAugment", augmentation{policy: train.AutoAugment}},
		{"mixup", "Mixup", augmentation{mixup: a.Manifest.Augmentation.Mixup}},
	}
}

// quantity is a column under every augmentation, and how it is measured.
type quantity struct {
	column  report.Column
	measure func(a *Ask, seeds int, m models) Measure
}

// augmentationTable has a row per objective and, for each kind of augmentation, a column
// per quantity.
func (a *Ask) augmentationTable(id string, kinds []augmentationKind, quantities []quantity, notes ...string) Draw {
	runs := a.Preset.Augmentation
	b := a.of(a.Sized(runs.Size))
	var columns []report.Column
	for _, k := range kinds {
		for _, q := range quantities {
			q.column.ID, q.column.Group = k.id+"_"+q.column.ID, k.label
			columns = append(columns, q.column)
		}
	}
	g := b.newGrid(id, "Loss", columns)
	g.table.Notes = slices.Concat(a.sizeNote(b.Study, true), b.pretrainingNote(false), b.standardNote(), notes)
	for _, o := range b.augmented() {
		var cells []Measure
		for _, k := range kinds {
			m, seeds := b.augmentedBy(o, k.with), b.seedsOf(a, k.with, runs.Seeds)
			for _, q := range quantities {
				cells = append(cells, q.measure(b, seeds, m))
			}
		}
		g.add(report.Row{ID: o.ID, Label: o.Label}, o.ID, cells...)
	}
	return func(r *compute.Results) (Drawing, error) { return tables(r, g), nil }
}
