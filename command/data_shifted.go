package command

import (
	"context"
	"errors"
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/shifted"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// describeShifted describes a shifted set at a preset: images of the preset's
// pretraining classes, for testing only.
func describeShifted(s *sections.Study, set report.ShiftedSet) (described, error) {
	src, err := s.ShiftedSource(set)
	if err != nil {
		return described{}, err
	}
	d := described{StandsFor: set.Plays, Why: set.Why}
	for _, of := range data.All() {
		if of.Name == src.Name {
			d.Description = of
		}
	}
	d.Name, d.Title, d.Count = set.ID, set.Label+". "+set.What, data.Count{Test: src.Len()}
	if set.ID == sections.HardSet {
		d.Count.Test, d.Pool = 0, src.Len()
	}
	return d, nil
}

// shiftedSheet is the images of a shifted set for its contact sheet. The hard images
// are those that a trained network gets wrong: it is trained if the cache has none.
func (a *App) shiftedSheet(ctx context.Context, study *sections.Study, set report.ShiftedSet, perClass int) (sheet, error) {
	src, err := study.ShiftedSource(set)
	if err != nil {
		return sheet{}, exit(ExitUsage, err)
	}
	if set.ID == sections.HardSet {
		return a.hardSheet(ctx, study, study.Hard(src))
	}
	if set.ID == sections.CorruptedSet {
		return corruptedSheet(ctx, src)
	}
	src.PerClass = perClass
	images, err := src.Load(ctx)
	if err != nil {
		return sheet{}, exit(ExitUsage, err)
	}
	return sheet{set: images}, nil
}

// corruptedSheet has a block for every corruption: a few images, each at rising
// severity from left to right.
func corruptedSheet(ctx context.Context, src data.Source) (sheet, error) {
	few := []int{0, 1, 2, 3} // one image of each of the first classes
	clean, err := src.Pick(ctx, few)
	if err != nil {
		return sheet{}, exit(ExitFailure, err)
	}
	out := &data.Set{Name: src.String() + " under corruptions", H: clean.H, W: clean.W, C: 1, Norm: clean.Norm, Classes: corrupt.Names()}
	for class, name := range out.Classes {
		images, err := shifted.Corrupt(ctx, clean, name)
		if err != nil {
			return sheet{}, exit(ExitFailure, err)
		}
		for i := range few {
			for severity := range corrupt.Severities {
				out.Pixels = append(out.Pixels, images.Image(severity*len(few)+i)...)
				out.Labels = append(out.Labels, class)
			}
		}
	}
	return sheet{set: out, columns: corrupt.Severities, rows: len(few)}, nil
}

// hardSheet finds the mistakes of the reference network, through the cache.
func (a *App) hardSheet(ctx context.Context, study *sections.Study, hard shifted.Hard) (sheet, error) {
	code, err := a.code()
	if err != nil {
		return sheet{}, err
	}
	store, err := a.store()
	if err != nil {
		return sheet{}, err
	}
	trainer, err := a.trainer(study)
	if err != nil {
		return sheet{}, err
	}
	plan := newPlan(code, trainer)
	ref := compute.Need(plan, shifted.Mistakes(hard))
	progress := a.newProgress()
	results, err := compute.Pool{}.Run(ctx, plan, store, follower{progress})
	progress.close()
	if errors.Is(err, context.Canceled) {
		return sheet{}, exit(ExitInterrupted, errors.New("interrupted while the reference network was trained"))
	}
	if err != nil {
		return sheet{}, exit(ExitFailure, err)
	}
	list, err := compute.Value(results, ref)
	if err == nil && list.Diverged != "" {
		err = errors.New("the reference network diverged: " + list.Diverged)
	}
	if err != nil {
		return sheet{}, exit(ExitFailure, err)
	}
	images, err := hard.Pool.Pick(ctx, list.Images)
	if err != nil {
		return sheet{}, exit(ExitFailure, err)
	}
	images.Name += fmt.Sprintf(", mistakes of %s seed %d", hard.Reference.Objective.Label(), hard.Reference.Seed)
	return sheet{set: images}, nil
}
