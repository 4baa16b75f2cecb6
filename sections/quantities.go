package sections

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
)

// The quantities that several items show, each asked for in one way. Accuracies
// are in per cent.

// models gives the training run of a seed.
type models func(seed int) train.Model

// top1 is the accuracy on the test images of the pretraining classes; top5 counts a
// hit among the five highest logits.
func (a *Ask) top1(seeds int, m models) Measure {
	return measure(a, seeds, a.accuracy(m), func(v train.Accuracy) (float64, error) {
		return 100 * v.Top1, diverged(v.Diverged)
	})
}

func (a *Ask) top5(seeds int, m models) Measure {
	return measure(a, seeds, a.accuracy(m), func(v train.Accuracy) (float64, error) {
		return 100 * v.Top5, diverged(v.Diverged)
	})
}

func (a *Ask) accuracy(m models) func(int) compute.Task[train.Accuracy] {
	return func(seed int) compute.Task[train.Accuracy] {
		return train.Evaluate{Model: m(seed), Data: a.Pretraining(data.Test)}
	}
}

// separation is the class separation R² of equation (11) on the training images.
func (a *Ask) separation(seeds int, m models) Measure {
	return measure(a, seeds, func(seed int) compute.Task[represent.SeparationResult] {
		return represent.Separation{Model: m(seed), Data: a.Pretraining(data.Train)}
	}, func(v represent.SeparationResult) (float64, error) { return v.R2, diverged(v.Diverged) })
}

// linear is the accuracy of the linear probe on a downstream task.
func (a *Ask) linear(seeds int, m models, t data.Task) Measure {
	return measure(a, seeds, func(seed int) compute.Task[probe.LinearResult] {
		return a.Linear(m(seed), t)
	}, func(v probe.LinearResult) (float64, error) { return 100 * v.Accuracy, diverged(v.Diverged) })
}

// nearest is the accuracy of the k-nearest-neighbour classifier on a downstream task.
func (a *Ask) nearest(seeds int, m models, t data.Task) Measure {
	return measure(a, seeds, func(seed int) compute.Task[probe.KNNResult] {
		return a.KNN(m(seed), t)
	}, func(v probe.KNNResult) (float64, error) { return 100 * v.Accuracy, diverged(v.Diverged) })
}

// transfer is a measure per downstream task, and their unweighted mean at the end.
func (a *Ask) transfer(one func(data.Task) Measure) []Measure {
	var all []Measure
	for _, t := range a.Tasks {
		all = append(all, one(t))
	}
	return append(all, meanOf(all))
}

// diverged turns the reason of a network without a result into an error.
func diverged(reason string) error {
	if reason == "" {
		return nil
	}
	return missing("diverged: " + reason)
}
