package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/shifted"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// The shifted sets that the program can make, by their IDs in the manifest.
const (
	FreshSet     = "v2"
	HardSet      = "a"
	OutlineSet   = "sketch"
	TypefaceSet  = "r"
	CorruptedSet = "c"
)

// ShiftedSource is the images of a shifted set, or those that it is made from: the
// pool of the hard images, the test images that are corrupted.
func (s *Study) ShiftedSource(set report.ShiftedSet) (data.Source, error) {
	if s.sourced() {
		src := s.Pretraining(data.Test)
		src.Name, src.PerClass = src.Name+"_"+set.ID, 0
		return src, nil
	}
	n := set.Nuisance
	src := s.Pretraining(data.Test)
	src.PerClass, src.Seed = s.Preset.Shifted.PerClass, uint64(set.Draw)
	src.Nuisance = data.Nuisance{
		Position: n.Position, ScaleMin: n.ScaleMin, ScaleMax: n.ScaleMax, Rotation: n.Rotation, Shear: n.Shear,
		Contrast: n.Contrast, Textures: n.Textures, Clutter: n.Clutter, Noise: n.Noise,
	}
	switch set.ID {
	case FreshSet:
	case HardSet:
		src.PerClass = s.Preset.Shifted.PoolPerClass
	case OutlineSet:
		src.Outline = true
	case TypefaceSet:
		src.HeldOut = true
	case CorruptedSet:
		src.PerClass = s.Preset.Shifted.CorruptionPerClass
	default:
		return src, fmt.Errorf("shifted set %q: the program has %s, %s, %s, %s and %s", set.ID, FreshSet, HardSet, OutlineSet, TypefaceSet, CorruptedSet)
	}
	return src, src.Validate()
}

// Hard is the images of a pool that the reference network gets wrong.
func (s *Study) Hard(pool data.Source) shifted.Hard {
	return shifted.Hard{Reference: s.reference(), Pool: pool}
}

// reference is the network whose mistakes are kept.
func (s *Study) reference() train.Model {
	r := s.Manifest.Shifted.Reference
	o, _ := s.Manifest.Objective(r.Objective)
	return s.Model(o, r.Seed)
}

// Baseline is the network that corruption errors are relative to: the reference,
// trained for fewer passes.
func (s *Study) Baseline() train.Model {
	m := s.reference()
	m.Schedule.Passes = s.Preset.Shifted.BaselinePasses
	return m
}

// checkShifted refuses sets that cannot be made, and draws that would repeat the images
// of pretraining.
func (s *Study) checkShifted() error {
	drawn := map[int]string{}
	for _, set := range s.Manifest.Shifted.Sets {
		if _, err := s.ShiftedSource(set); err != nil {
			return fmt.Errorf("shifted set %s at preset %s: %w", set.ID, s.Preset.ID, err)
		}
		if corrupted := set.ID == CorruptedSet; corrupted != (set.Draw == 0) {
			return fmt.Errorf("shifted set %s: draw is %d; corrupted images are the test images themselves (no draw), all others are drawn anew (draw = 2)", set.ID, set.Draw)
		}
		if other, ok := drawn[set.Draw]; ok {
			return fmt.Errorf("shifted set %s: draw %d is that of set %s; give it another number", set.ID, set.Draw, other)
		}
		drawn[set.Draw] = set.ID
	}
	return nil
}
