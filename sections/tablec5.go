package sections

func init() { register("table-c5", tableC5) }

// tableC5 is accuracy on the pretraining classes under three augmentations.
func tableC5(a *Ask) Draw {
	top1, top5 := a.accuracyColumns()[0], a.accuracyColumns()[1]
	return a.augmentationTable("table-c5", a.augmentationKinds(),
		[]quantity{{top1, (*Ask).top1}, {top5, (*Ask).top5}}, a.mixupNote())
}
