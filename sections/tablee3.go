package sections

func init() { register("table-e3", tableE3) }

// tableE3 is accuracy and class separation with standard augmentation and AutoAugment.
func tableE3(a *Ask) Draw {
	return a.augmentationTable("table-e3", a.augmentationKinds()[:2],
		[]quantity{{top1Column(), (*Ask).top1}, {separationColumn(), (*Ask).separation}},
		"Class separation is measured on the training images as they are, without augmentation.")
}
