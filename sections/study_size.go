package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// Sized is the study with the images, the schedule and the hyper-parameters of another
// preset. Its tasks are those of that preset, so a build of one finds what a build of
// the other has computed.
func (s *Study) Sized(preset string) *Study {
	p, err := s.Manifest.Preset(preset)
	if err != nil || preset == s.Preset.ID {
		return s // the manifest's checks exclude an error
	}
	other := *s
	other.Preset = p
	return &other
}

// variant is the training run of a specification that may be an objective of Table 1
// as it stands: then it is that very run, and own says so.
func (s *Study) variant(spec objective.Spec, clip float64, seed int) (m train.Model, own bool) {
	for _, o := range s.Manifest.Objectives {
		if s.Spec(o) == spec && o.Here[s.Preset.ID].ClipNorm == clip {
			return s.Model(o, seed), true
		}
	}
	return s.model(spec, clip, seed), false
}

// clip is the gradient norm that an objective is clipped to, 0 for none.
func (s *Study) clip(o report.Objective) float64 { return o.Here[s.Preset.ID].ClipNorm }

// sizeNote says what the networks of a study at another size were trained on; empty at
// the preset's own size. How long they were trained is said elsewhere if it is not as the
// preset has it.
func (a *Ask) sizeNote(s *Study, asLong bool) []string {
	if s.Preset.ID == a.Preset.ID {
		return nil
	}
	p := s.Preset
	long := ""
	if asLong {
		long = ", " + passes(p.Schedule.Passes)
	}
	return []string{fmt.Sprintf("Networks have the size of the preset %s: %d classes × %d images%s, and its hyper-parameters. Compare them with each other, not with those of Table 1.",
		p.Label, s.classes(s.Pretraining(data.Train)), p.Pretraining.PerClass, long)}
}

// checkVariants reports a training run of the appendix that cannot work, before
// anything is trained.
func (s *Study) checkVariants() error {
	if err := s.Arch().Validate(); err != nil {
		return err
	}
	if err := s.Second().Arch().Validate(); err != nil {
		return fmt.Errorf("second architecture: %w", err)
	}
	sized := s.Sized(s.Preset.Combinations.Size)
	for _, column := range s.Manifest.Combinations.Columns {
		for _, row := range s.Manifest.Combinations.Rows {
			if err := sized.combined(column, &row).Validate(); err != nil {
				return fmt.Errorf("row %s of [combinations] under %s: %w", row.ID, column, err)
			}
		}
	}
	for _, size := range []string{s.Preset.Combinations.Size, s.Preset.Augmentation.Size, s.Preset.Longer.Size} {
		for _, split := range []string{data.Train, data.Test} {
			if err := s.Sized(size).Pretraining(split).Validate(); err != nil {
				return fmt.Errorf("size of preset %s: %w", size, err)
			}
		}
	}
	return nil
}
