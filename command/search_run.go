package command

import (
	"context"
	"errors"
	"slices"
	"time"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// asked is one run that a plan was asked for.
type asked struct {
	objective string
	setting   report.Hyper
	seed      int
	ref       compute.Ref[train.Accuracy]
}

// ask asks for every network of some settings.
func (s *searcher) ask(plan *compute.Plan, settings func(report.SearchObjective) []report.Hyper) []asked {
	var all []asked
	for _, space := range s.study.Manifest.Search.Objectives {
		if len(s.only) > 0 && !slices.Contains(s.only, space.ID) {
			continue
		}
		o, _ := s.study.Manifest.Objective(space.ID)
		seeds := space.Seeds
		if seeds == nil {
			seeds = s.study.Manifest.Search.Seeds
		}
		for _, h := range settings(space) {
			for _, seed := range seeds {
				all = append(all, asked{o.ID, h, seed, compute.Need(plan, s.study.SearchRun(o, h, seed))})
			}
		}
	}
	return all
}

// run searches the grids, then what lies beyond them where the choice is at a border.
func (s *searcher) run(ctx context.Context) (*report.SearchRecord, error) {
	p := s.study.Preset
	record := &report.SearchRecord{
		Date: time.Now().UTC().Format(time.DateOnly), Preset: p.ID, Criterion: report.SearchCriterion,
		Classes: p.Pretraining.Classes, TrainImages: s.study.Pretraining(data.Train).Len(),
		ValidationImages: s.study.Pretraining(data.Validation).Len(), Passes: p.Schedule.Passes,
	}
	for _, o := range s.study.Manifest.Objectives {
		if len(s.only) == 0 || slices.Contains(s.only, o.ID) {
			record.Objectives = append(record.Objectives, report.SearchedObjective{ID: o.ID, Points: []report.SearchPoint{}})
		}
	}
	err := s.try(ctx, record, false, func(o report.SearchObjective) []report.Hyper { return o.Grid.Settings() })
	if err != nil {
		return nil, err
	}
	err = s.try(ctx, record, true, func(o report.SearchObjective) []report.Hyper {
		for _, found := range record.Objectives {
			if choice, ok := found.Choice(); ok && found.ID == o.ID {
				return o.Extension(choice.Hyper)
			}
		}
		return nil
	})
	return record, err
}

// try trains settings and adds them to the record.
func (s *searcher) try(ctx context.Context, record *report.SearchRecord, beyond bool, settings func(report.SearchObjective) []report.Hyper) error {
	plan := compute.NewPlan(s.code)
	runs := s.ask(plan, settings)
	if err := plan.Err(); err != nil {
		return exit(ExitFailure, err)
	}
	progress := s.app.newProgress()
	results, err := compute.Pool{Jobs: s.app.jobs}.Run(ctx, plan, s.store, follower{progress})
	progress.close()
	switch {
	case errors.Is(err, context.Canceled):
		return exit(ExitInterrupted, errors.New("interrupted: what has run is kept; the same command goes on from there"))
	case err != nil:
		return exit(ExitFailure, err)
	}
	for _, r := range runs {
		accuracy, err := compute.Value(results, r.ref)
		if err != nil {
			return exit(ExitFailure, err)
		}
		at := slices.IndexFunc(record.Objectives, func(o report.SearchedObjective) bool { return o.ID == r.objective })
		record.Objectives[at].Add(r.setting, beyond, searchRun(r.seed, accuracy))
	}
	for i := range record.Objectives {
		record.Objectives[i].Choose()
	}
	return nil
}

func searchRun(seed int, a train.Accuracy) report.SearchRun {
	if a.Diverged != "" {
		return report.SearchRun{Seed: seed, Diverged: a.Diverged}
	}
	return report.SearchRun{Seed: seed, Top1: &a.Top1}
}
