package sections

import (
	"fmt"
	"strconv"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/shifted"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// shiftedSet is an entry of the manifest with its source; NewStudy has checked both.
func (a *Ask) shiftedSet(id string) (report.ShiftedSet, data.Source) {
	for _, set := range a.Manifest.Shifted.Sets {
		if set.ID == id {
			src, _ := a.ShiftedSource(set)
			return set, src
		}
	}
	return report.ShiftedSet{}, data.Source{}
}

// onShifted is the accuracy of networks on a shifted set that is drawn.
func (a *Ask) onShifted(seeds int, m models, id string) Measure {
	_, src := a.shiftedSet(id)
	if id == HardSet {
		return measure(a, seeds, func(seed int) compute.Task[shifted.Accuracy] {
			return shifted.OnHard{Model: m(seed), Hard: a.Hard(src)}
		}, func(v shifted.Accuracy) (float64, error) {
			if v.N == 0 && v.Diverged == "" {
				return 0, missing("the reference network makes no mistakes")
			}
			return 100 * v.Top1, diverged(v.Diverged)
		})
	}
	return measure(a, seeds, func(seed int) compute.Task[train.Accuracy] {
		return train.Evaluate{Model: m(seed), Data: src}
	}, func(v train.Accuracy) (float64, error) { return 100 * v.Top1, diverged(v.Diverged) })
}

// robustness is the errors of networks on corrupted images.
func (a *Ask) robustness(m models) func(seed int) compute.Task[shifted.Errors] {
	_, src := a.shiftedSet(CorruptedSet)
	return func(seed int) compute.Task[shifted.Errors] { return shifted.Robustness{Model: m(seed), Data: src} }
}

// corruptionError is the mean corruption error relative to the baseline network.
func (a *Ask) corruptionError(seeds int, m models) Measure {
	baseline := need(a, a.robustness(func(int) train.Model { return a.Baseline() })(0))
	task := a.robustness(m)
	mce := make(Measure, seeds)
	for i := range mce {
		ref := need(a, task(i+1))
		mce[i] = Sample{Seed: i + 1, Read: func(r *compute.Results) (float64, error) {
			of, err := compute.Value(r, ref)
			if err != nil {
				return 0, err
			}
			base, err := compute.Value(r, baseline)
			switch {
			case err != nil:
				return 0, err
			case of.Diverged != "":
				return 0, diverged(of.Diverged)
			case base.Diverged != "":
				return 0, missing("the baseline network diverged: " + base.Diverged)
			}
			return shifted.MCE(of, base)
		}}
	}
	return mce
}

// atSeverity is the mean accuracy of networks at a severity over some corruptions;
// without any, over all of them; at severity 0, on the images as they are.
func (a *Ask) atSeverity(seeds int, m models, severity int, corruptions []string) Measure {
	return measure(a, seeds, a.robustness(m), func(v shifted.Errors) (float64, error) {
		if err := diverged(v.Diverged); err != nil {
			return 0, err
		}
		if corruptions == nil {
			corruptions = v.Corruptions
		}
		accuracy, err := v.Accuracy(severity, corruptions)
		return 100 * accuracy, err
	})
}

// shiftedNotes say what the sets are and how large.
func (a *Ask) shiftedNotes() func(*compute.Results) []string {
	_, pool := a.shiftedSet(HardSet)
	mistakes := need[shifted.MistakeList](a, shifted.Mistakes(a.Hard(pool)))
	return func(r *compute.Results) []string {
		var notes []string
		for _, set := range a.Manifest.Shifted.Sets {
			_, src := a.shiftedSet(set.ID)
			images := strconv.Itoa(src.Len()) + " images"
			switch set.ID {
			case HardSet:
				images = "out of " + images
				if v, err := compute.Value(r, mistakes); err == nil && v.Diverged == "" {
					images = strconv.Itoa(len(v.Images)) + " " + images
				}
			case CorruptedSet:
				images += fmt.Sprintf(", each in %d versions", len(corrupt.Names())*corrupt.Severities)
			}
			notes = append(notes, fmt.Sprintf("%s (%s; %s): %s", set.Label, set.Plays, images, set.What))
		}
		return append(notes, a.shiftedNetworks()...)
	}
}

// shiftedNetworks say which networks made the hard images and are the baseline.
func (a *Ask) shiftedNetworks() []string {
	r := a.Manifest.Shifted.Reference
	o, _ := a.Manifest.Objective(r.Objective)
	return []string{
		fmt.Sprintf("The reference network is trained like the others, under %s with seed %d, which no table evaluates. Networks of its own objective may fail where it fails more than others do; so may they on ImageNet-A, whose reference was trained with softmax.", strings.ToLower(o.Label), r.Seed),
		fmt.Sprintf("mCE is relative to a baseline network: the reference trained for %d in place of %d passes. %s", a.Preset.Shifted.BaselinePasses, a.Preset.Schedule.Passes, a.Manifest.Shifted.BaselineWhy),
	}
}
