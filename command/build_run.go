package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/slurm"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// oneBuild is a build that has something to do.
type oneBuild struct {
	app      *App
	flags    buildFlags
	asked    string // what App.asked said; empty where files that it does not know count too
	start    time.Time
	store    *cache.FS
	plan     *plan
	found    sections.Found // the files of the preset's source, if it has one
	progress progress
	executor compute.Executor
}

// prepare plans, and finds what is to run the plan.
func (b *oneBuild) prepare() error {
	p, err := b.app.plan()
	if err != nil {
		return err
	}
	b.plan = p
	if p.reliesOnFiles() { // neither program nor manifest tells what is in them
		b.asked = ""
	}
	found, sourced := p.study.Sourced()
	if sourced && found.Files == 0 && len(found.Missing) > 0 {
		return exit(ExitUsage, noFiles(b.app.preset, found))
	}
	b.found = found
	b.progress = b.app.newProgress()
	b.executor, err = b.app.executor(b.flags, p, b.store, b.progress.note)
	return err
}

// preview says what run would do.
func (b *oneBuild) preview(ctx context.Context) error {
	if cluster, ok := b.executor.(slurm.Executor); ok {
		return b.app.previewCluster(ctx, cluster, b.plan, b.store)
	}
	return b.app.printDryRun(compute.Examine(b.plan.run, b.store))
}

// run computes what is missing and writes the report. on are the verdicts that fail the
// build.
func (b *oneBuild) run(ctx context.Context, on map[report.Verdict]bool) error {
	out := b.flags.out
	if err := os.MkdirAll(out, 0o777); err != nil {
		return exit(ExitFailure, fmt.Errorf("--out: %w", err))
	}
	shelf, err := newShelf(b.store, b.app.assets.Drawing)
	if err != nil {
		return exit(ExitFailure, err)
	}
	pages := newPages(b.plan, b.store, buildPause, func(r *report.Report) error { return b.app.writeInterim(r, out) })
	watch := &watcher{follower: follower{b.progress}, pages: pages}
	results, runErr := b.executor.Run(ctx, b.plan.run, b.store, watch)
	pages.stop()
	b.progress.close()
	if results == nil {
		return exit(ExitFailure, runErr)
	}
	keys := b.plan.tasks.StoredKeys()
	var before cache.Digest
	if b.asked != "" {
		before = compute.StoreState(keys, b.store)
	}
	rep, err := b.plan.assemble(results, b.store)
	if err == nil {
		err = b.app.write(rep, out, shelf)
	}
	if err != nil {
		return exit(ExitFailure, err)
	}
	shelf.put()
	sum := results.Summary()
	done := buildResult{
		Preset: b.app.preset, Out: out, Tasks: sum.Total, Cached: sum.Cached, Ran: sum.Ran, Failed: sum.Failed,
		NotRun: sum.NotRun + sum.Blocked, ImageSteps: watch.steps, Seconds: time.Since(b.start).Seconds(),
		Complete: complete(rep) && len(b.found.Missing) == 0,
	}
	if err := writeRun(out, done, watch.walls, keys); err != nil {
		return exit(ExitFailure, err)
	}
	u := upToDate{Asked: b.asked, Preset: b.app.preset, Total: sum.Total, Conclusion: conclusionOf(rep)}
	if done.Complete && runErr == nil {
		if err := b.remember(u, rep, keys, before); err != nil {
			return exit(ExitFailure, err)
		}
	}
	b.app.printBuild(done, u.Conclusion)
	if runErr != nil {
		return stopped(runErr, sum)
	}
	return b.conclude(rep, done, u.Conclusion, on)
}

// remember keeps a complete report for diff, and notes that the folder is up to date.
// before is what the store had under the keys when the report was drawn from it.
func (b *oneBuild) remember(u upToDate, rep *report.Report, keys []cache.Key, before cache.Digest) error {
	var err error
	if len(b.app.only) == 0 && !b.plan.reliesOnFiles() {
		if u.Report, err = b.app.keepReport(b.store, rep); err != nil {
			return err
		}
	}
	// Results that were mended or replaced while the report was drawn may not be in it.
	if b.asked == "" || compute.StoreState(keys, b.store) != before {
		return nil
	}
	return u.keep(b.flags.out, keys, before)
}

// stopped is the error of a run that did not get to its end.
func stopped(err error, sum compute.Summary) error {
	if errors.Is(err, context.Canceled) {
		return exit(ExitInterrupted, fmt.Errorf("interrupted: %d of %d tasks are kept; the same command goes on from there", sum.Cached+sum.Ran, sum.Total))
	}
	return exit(ExitFailure, err)
}

// conclude says how a build ended in which no task failed.
func (b *oneBuild) conclude(rep *report.Report, done buildResult, v conclusion, on map[report.Verdict]bool) error {
	if err := undrawn(rep); err != nil {
		return exit(ExitFailure, err)
	}
	b.app.warnOfStale(v)
	// A claim that is decided stays so whatever else is still missing.
	if err := failed(v.Claims, on); err != nil {
		return err
	}
	if missing := b.found.Missing; len(missing) > 0 {
		return exit(ExitIncomplete, fmt.Errorf("source %s lacks %d of %d files; the first is %s", b.found.Source.ID, len(missing), len(missing)+b.found.Files, missing[0]))
	}
	if !done.Complete {
		return exit(ExitIncomplete, errors.New(""))
	}
	return nil
}

// noFiles is the error of a preset whose source is empty.
func noFiles(preset string, found sections.Found) error {
	return fmt.Errorf("preset %s takes its networks from source %s, and there is none of its files in %s, for instance %s; docs/imports.md says how to extract them, where the authors' networks are, and how to write a source of your own",
		preset, found.Source.ID, found.Folder, found.Missing[0])
}

// undrawn is the error of items that failed though no task did: all their names, and why
// the first did. The report has the reason of each.
func undrawn(r *report.Report) error {
	var names []string
	why := ""
	for _, item := range r.Items {
		if item.Status != report.Failed {
			continue
		}
		if names = append(names, item.ID); len(names) == 1 {
			why = item.Reason
		}
	}
	if names == nil {
		return nil
	}
	return fmt.Errorf("%d of %d items cannot be drawn: %s; %s: %s", len(names), len(r.Items), strings.Join(names, ", "), names[0], why)
}

// complete says whether every item that was asked for has all its results.
func complete(r *report.Report) bool {
	for _, item := range r.Items {
		if item.Status == report.Failed || item.Status == report.Incomplete && item.Reason != notAsked {
			return false
		}
	}
	return true
}
