package external

import (
	"fmt"

	"lossxfer-report/compute/train"
)

// epochs reads the training curve, if there is to be one.
func (o output) epochs() ([]train.Epoch, error) {
	if !o.curve {
		return nil, nil
	}
	loss, err := o.perPass(curveLoss)
	if err != nil {
		return nil, err
	}
	top1, err := o.perPass(curveTop1)
	if err != nil {
		return nil, err
	}
	var validation []float32
	if o.validation != nil {
		if validation, err = o.perPass(curveValidation); err != nil {
			return nil, err
		}
	}
	// A run that diverged may lack what it did not come to.
	epochs := make([]train.Epoch, min(len(loss), len(top1)))
	if o.validation != nil {
		epochs = epochs[:min(len(epochs), len(validation))]
	}
	for i := range epochs {
		epochs[i] = train.Epoch{Loss: float64(loss[i]), Top1: float64(top1[i])}
		if o.validation != nil {
			epochs[i].ValidationTop1, epochs[i].Validated = float64(validation[i]), o.validation.Len()
		}
	}
	for _, c := range []struct {
		name  string
		value func(train.Epoch) float64
	}{
		{curveTop1, func(e train.Epoch) float64 { return e.Top1 }},
		{curveValidation, func(e train.Epoch) float64 { return e.ValidationTop1 }},
	} {
		for i, e := range epochs {
			if v := c.value(e); v < 0 || v > 1 {
				return nil, fmt.Errorf("array %q: element [%d] is %v; write accuracies as fractions from 0 to 1", c.name, i, v)
			}
		}
	}
	return epochs, nil
}

// perPass reads a curve. One that ends early belongs to a run that diverged.
func (o output) perPass(name string) ([]float32, error) {
	info, err := o.file.Info(name)
	if o.diverged != "" {
		if err != nil {
			return nil, nil
		}
		if len(info.Shape) != 1 || info.Shape[0] > o.model.Schedule.Passes {
			return nil, fmt.Errorf("array %q has shape %v; write one number for each of the passes before training diverged, at most %d", name, info.Shape, o.model.Schedule.Passes)
		}
		return o.read32(name, info.Shape)
	}
	if err != nil {
		return nil, err
	}
	return o.read32(name, []int{o.model.Schedule.Passes})
}
