package report

import (
	"fmt"
	"slices"
)

// presets checks the ranges of every value of every preset.
func (c *checker) presets() error {
	names := make([]string, 0, len(c.m.Presets))
	for _, p := range c.m.Presets {
		names = append(names, p.ID)
		for _, r := range slices.Concat(p.ranges(), p.Second.ranges(), p.Combinations.ranges(), p.Augmentation.ranges(), p.Longer.ranges()) {
			if !r.ok {
				return c.t.fail("preset."+p.ID+"."+r.key, "%s is %v; %s", r.key, r.value, r.mend)
			}
		}
	}
	return c.known("default_preset", "preset", c.m.DefaultPreset, names)
}

// valueRange is one value with what it may be.
type valueRange struct {
	key   string
	value any
	ok    bool
	mend  string
}

func (p Preset) ranges() []valueRange {
	atLeast := func(key string, v, low int) valueRange {
		return valueRange{key, v, v >= low, fmt.Sprintf("write a whole number from %d up", low)}
	}
	between := func(key string, v, low, high float64) valueRange {
		return valueRange{key, v, v >= low && v <= high, fmt.Sprintf("write a number from %v to %v", low, high)}
	}
	oneOf := func(key, v string, known ...string) valueRange {
		return valueRange{key, fmt.Sprintf("%q", v), contains(known, v), suggest(v, known)}
	}
	s := p.Schedule
	all := []valueRange{
		atLeast("budget_seconds", p.BudgetSeconds, 1),
		atLeast("seeds", p.Seeds, 1),
		{"features", p.Features, p.Features >= 0 && p.Features <= 4096 && p.Features%16 == 0, "write a multiple of 16 up to 4096, or leave it out"},
		atLeast("temperature_seeds", p.TemperatureSeeds, 1),
		{"pretraining.classes", `""`, p.Pretraining.Classes != "", `name a class set: classes = "latin43"`},
		atLeast("pretraining.per_class", p.Pretraining.PerClass, 1),
		atLeast("pretraining.validation_per_class", p.Pretraining.ValidationPerClass, 1),
		atLeast("pretraining.test_per_class", p.Pretraining.TestPerClass, 1),
		atLeast("schedule.passes", s.Passes, 1),
		atLeast("schedule.batch", s.Batch, 2), // batch normalisation needs two
		{"schedule.learning_rate", s.LearningRate, s.LearningRate > 0 && s.LearningRate < 100, "write a positive number"},
		between("schedule.momentum", s.Momentum, 0, 0.9999),
		between("schedule.weight_decay", s.WeightDecay, 0, 1),
		between("schedule.warm_up", s.WarmUp, 0, 0.9),
		between("schedule.ema", s.EMA, 0, 1),
		{"schedule.shift", s.Shift, s.Shift >= 0 && s.Shift <= 8, "write a number of pixels from 0 to 8"},
		atLeast("transfer.train", p.Transfer.Train, 2),
		between("transfer.validation", p.Transfer.Validation, 0.01, 0.9),
		atLeast("transfer.test", p.Transfer.Test, 1),
		atLeast("probe.regularisers", p.Probe.Regularisers, 1),
		between("probe.log_low", p.Probe.LogLow, -12, 12),
		between("probe.log_high", p.Probe.LogHigh, -12, 12),
		{"probe.log_high", p.Probe.LogHigh, p.Probe.LogHigh > p.Probe.LogLow, "write a number above log_low"},
		atLeast("knn.k", p.KNN.K, 1),
		oneOf("knn.metric", p.KNN.Metric, "cosine", "euclidean"),
		oneOf("knn.weighting", p.KNN.Weighting, "uniform", "distance"),
		atLeast("distances.examples", p.Distances.Examples, 2),
		atLeast("similarity.minibatch", p.Similarity.Minibatch, 4), // HSIC₁ needs four images
		atLeast("similarity.images", p.Similarity.Images, p.Similarity.Minibatch),
	}
	return slices.Concat(all, p.Shifted.ranges(p), p.FineTuning.ranges(p), p.Stopping.ranges(), p.Curves.ranges(p), p.Dynamics.ranges(p))
}
