package external

import (
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
)

// Setup is a trainer with what it can do.
type Setup struct {
	Trainer Trainer
	Runner  *Runner
	// Curve and Checkpoints say whether it gives these. Without a curve there are no
	// checkpoints.
	Curve, Checkpoints bool
	// Leaves are the names of networks and of augmentations ("autoaugment", "mixup")
	// that this program trains with itself.
	Leaves []string
}

// Substitute has the trainer do every training run of a plan that it does not leave.
func (s Setup) Substitute(p *compute.Plan) {
	compute.Substitute(p, func(m train.Model) (compute.Task[train.Weights], error) {
		switch {
		case s.leaves(m):
			return nil, nil
		case m.At == 0:
			return s.model(m), nil
		case !s.Checkpoints:
			return nil, &compute.Unavailable{Reason: "the external trainer keeps no checkpoints"}
		}
		return nil, nil // a view of the run
	})
}

// leaves says whether a run is left to this program.
func (s Setup) leaves(m train.Model) bool {
	return slices.Contains(s.Leaves, m.Arch.Name) ||
		m.Schedule.Augment != "" && slices.Contains(s.Leaves, m.Schedule.Augment) ||
		m.Schedule.Mixup != 0 && slices.Contains(s.Leaves, Mixup)
}

// Mixup is the name of mixup among what a trainer leaves.
const Mixup = "mixup"

// Trains says whether the trainer does a run.
func (s Setup) Trains(m train.Model) bool { return !s.leaves(m) }

// model is the task in the place of a run, without what the trainer does not give.
func (s Setup) model(m train.Model) Model {
	if !s.Curve {
		m.Monitor = 0
	}
	if !s.Checkpoints {
		m.Checkpoints = 0
	}
	return Model{Model: m, Trainer: s.Trainer, Curve: s.Curve, Runner: s.Runner}
}
