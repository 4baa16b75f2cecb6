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
	if id == HardSet && !a.sourced() {
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

// baselineErrors asks for the errors of the baseline network.
func (a *Ask) baselineErrors() compute.Ref[shifted.Errors] {
	return need(a, a.robustness(func(int) train.Model { return a.Baseline() })(0))
}

// corruptionError is the mean corruption error relative to the baseline network.
func (a *Ask) corruptionError(seeds int, m models) Measure {
	baseline := a.baselineErrors()
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

// atSeverity is the mean accuracy at a severity over some corruptions; without any, over
// all of them; at severity 0, on the images as they are.
func atSeverity(refs []compute.Ref[shifted.Errors], severity int, corruptions []string) Measure {
	return read(refs, func(v shifted.Errors) (float64, error) {
		if err := diverged(v.Diverged); err != nil {
			return 0, err
		}
		of := corruptions
		if of == nil {
			of = v.Corruptions
		}
		accuracy, err := v.Accuracy(severity, of)
		return 100 * accuracy, err
	})
}

// bySeverity is atSeverity from 0 to the highest.
func bySeverity(refs []compute.Ref[shifted.Errors], corruptions []string) []Measure {
	var curve []Measure
	for s := 0; s <= corrupt.Severities; s++ {
		curve = append(curve, atSeverity(refs, s, corruptions))
	}
	return curve
}

// shiftedNotes say what the sets are and how large.
func (a *Ask) shiftedNotes() func(*compute.Results) []string {
	if a.sourced() {
		return a.sourceShiftedNotes
	}
	_, pool := a.shiftedSet(HardSet)
	mistakes := need[shifted.MistakeList](a, shifted.Mistakes(a.Hard(pool)))
	baseline := bySeverity([]compute.Ref[shifted.Errors]{a.baselineErrors()}, nil)
	return func(r *compute.Results) []string {
		var notes []string
		for _, set := range a.Manifest.Shifted.Sets {
			_, src := a.shiftedSet(set.ID)
			images := strconv.Itoa(a.images(src)) + " images"
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
		return append(notes, a.referenceNote(), a.baselineNote(r, baseline))
	}
}

// referenceNote says which network made the hard images.
func (a *Ask) referenceNote() string {
	r := a.Manifest.Shifted.Reference
	o, _ := a.Manifest.Objective(r.Objective)
	return fmt.Sprintf("The reference network is trained like the others, under %s with seed %d, which no table evaluates. "+
		"Networks of its own objective may fail where it fails more than others do; so may they on ImageNet-A, whose reference was trained with softmax.",
		strings.ToLower(o.Label), r.Seed)
}

// baselineNote says what mCE is relative to, and how accurate that is.
func (a *Ask) baselineNote(r *compute.Results, curve []Measure) string {
	note := fmt.Sprintf("mCE: for each corruption the errors at all severities together, over those of a baseline network; their mean over the corruptions. The baseline is the reference trained for %d in place of %d passes", a.Preset.Shifted.BaselinePasses, a.Preset.Schedule.Passes)
	clean, err := curve[0][0].Read(r)
	corrupted, err2 := meanOf(curve[1:])[0].Read(r)
	if err == nil && err2 == nil {
		note += fmt.Sprintf(", with an accuracy of %.1f%% on these images as they are and of %.1f%% on corrupted ones", clean, corrupted)
	}
	return note + ". " + a.Manifest.Shifted.BaselineWhy
}

// sourceShiftedNotes say what files the accuracies come from where there are any.
func (a *Ask) sourceShiftedNotes(*compute.Results) []string {
	var notes []string
	for _, set := range a.Manifest.Shifted.Sets {
		if set.ID == CorruptedSet {
			continue
		}
		_, src := a.shiftedSet(set.ID)
		notes = append(notes, fmt.Sprintf("%s: features of the data set %s of the source.", set.Plays, src))
	}
	return notes
}
