package sections

import (
	"fmt"
	"math"

	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// augmentation is what is done to training images beside shifting them.
type augmentation struct {
	policy string  // "" or train.AutoAugment
	mixup  float64 // α, 0 for none
	factor float64 // on the passes; 0 is 1
}

// Augmented is the training run of an objective under an augmentation. Without any it
// is the run of Table 1.
func (s *Study) Augmented(o report.Objective, with augmentation, seed int) train.Model {
	if with == (augmentation{}) {
		return s.Model(o, seed)
	}
	m := s.model(s.Spec(o), s.clip(o), seed)
	m.Schedule.Augment, m.Schedule.Mixup = with.policy, with.mixup
	if with.factor != 0 {
		m.Schedule.Passes = s.longer(with.factor)
	}
	return m
}

// longer is a number of passes times a factor.
func (s *Study) longer(factor float64) int {
	return int(math.Round(float64(s.Preset.Schedule.Passes) * factor))
}

// augmentedBy gives the runs of an objective under an augmentation.
func (a *Ask) augmentedBy(o report.Objective, with augmentation) models {
	return func(seed int) train.Model { return a.Augmented(o, with, seed) }
}

// seedsOf is how many networks there are of an objective under an augmentation: the
// preset's number, or those of Table 1 where it has the very same.
func (a *Ask) seedsOf(own *Ask, with augmentation, seeds int) int {
	if a.Study == own.Study && with == (augmentation{}) {
		return max(seeds, own.Preset.Seeds)
	}
	return seeds
}

// augmented are the objectives of Tables C.5 and E.3.
func (a *Ask) augmented() []report.Objective {
	var all []report.Objective
	for _, id := range a.Manifest.Augmentation.Objectives {
		o, _ := a.Manifest.Objective(id)
		all = append(all, o)
	}
	return all
}

// standardNote says what standard augmentation is, and what the policy is.
func (a *Ask) standardNote() []string {
	if a.sourced() {
		return []string{"Standard: as the networks of Table 1 were trained, which the source does not say."}
	}
	return []string{
		fmt.Sprintf("Standard: images are shifted by up to %s, which plays the paper's random crop. There are no flips: mirrored, letters are other letters (b and d).", pixels(a.Preset.Schedule.Shift)),
		"AutoAugment: the published policy for SVHN (Cubuk et al. 2019), which fits grey characters; the one for ImageNet is about colours. Images are shifted after it.",
	}
}

// mixupNote says which α, and why.
func (a *Ask) mixupNote() string {
	return fmt.Sprintf("Mixup: α = %v. %s", a.Manifest.Augmentation.Mixup, a.Manifest.Augmentation.Note)
}

func pixels(n int) string {
	if n == 1 {
		return "one pixel"
	}
	return fmt.Sprintf("%d pixels", n)
}
