package sections

import (
	"fmt"
	"slices"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// watched makes a training run measure its accuracy on validation images and keep
// checkpoints, for the seeds of the preset. It is part of the specification, so that
// every item asks for the one run that has them.
func (s *Study) watched(m train.Model) train.Model {
	if c := s.Preset.Curves; m.Seed <= c.Seeds {
		m.Monitor, m.Checkpoints = c.PerClass, c.Checkpoints
	}
	return m
}

// Passes lists the passes after which a watched network can be looked at: its
// checkpoints, and the end of training.
func (s *Study) Passes() []int {
	m := train.Model{Checkpoints: s.Preset.Curves.Checkpoints}
	m.Schedule.Passes = s.Preset.Schedule.Passes
	return append(m.CheckpointPasses(), s.Preset.Schedule.Passes)
}

// probed is those of them at which transfer is measured.
func (s *Study) probed() []int {
	return append(slices.Clone(s.Preset.Dynamics.Passes), s.Preset.Schedule.Passes)
}

// after is a watched network after a pass.
func (s *Study) after(m train.Model, pass int) train.Model {
	if pass != s.Preset.Schedule.Passes {
		m.At = pass
	}
	return m
}

// dynamicsImages is the images of a split on which class separation is followed.
func (s *Study) dynamicsImages(split string) data.Source {
	src := s.Pretraining(split)
	src.PerClass = s.Preset.Dynamics.PerClass
	return src
}

// checkCurves reports a pass of the preset that has no checkpoint.
func (s *Study) checkCurves() error {
	have := s.Passes()
	for _, p := range s.Preset.Dynamics.Passes {
		if !slices.Contains(have, p) {
			return fmt.Errorf("preset %s: dynamics.passes has %d, but with %d checkpoints in %d passes there are %v",
				s.Preset.ID, p, s.Preset.Curves.Checkpoints, s.Preset.Schedule.Passes, have[:len(have)-1])
		}
	}
	return nil
}
