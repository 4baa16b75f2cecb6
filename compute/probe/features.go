package probe

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// needFeatures declares the features of the sources under a model.
func needFeatures(d *compute.Deps, m train.Model, sources ...data.Source) {
	for _, s := range sources {
		compute.Need(d, train.Features{Model: m, Data: s})
	}
}

// features are the examples of one source, or why there are none.
type features struct {
	Examples
	classes  int
	zero     int
	diverged string
}

// getFeatures reads the features of a source under a model.
func getFeatures(c *compute.Context, m train.Model, s data.Source) (features, error) {
	f, err := compute.Get(c, train.Features{Model: m, Data: s})
	if err != nil {
		return features{}, err
	}
	if f.Diverged != "" {
		return features{diverged: f.Diverged}, nil
	}
	return features{Examples: Widen(f.H, f.N, f.D, f.Labels), classes: f.Classes, zero: f.Zero}, nil
}

// trainAndValidation reads the two splits that classifiers may learn from.
func trainAndValidation(c *compute.Context, m train.Model, t data.Task) (train, validation features, err error) {
	if train, err = getFeatures(c, m, t.Train); err != nil || train.diverged != "" {
		return train, features{}, err
	}
	if validation, err = getFeatures(c, m, t.Validation); err != nil {
		return train, validation, err
	}
	if train.classes != validation.classes {
		err = fmt.Errorf("task %s: %d classes to train on, %d to validate on", t.ID, train.classes, validation.classes)
	}
	return train, validation, err
}
