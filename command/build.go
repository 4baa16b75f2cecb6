package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/slurm"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// buildFlags are the flags of build alone.
type buildFlags struct {
	out       string
	dryRun    bool
	keepGoing bool
	failOn    []string
	executor  executorFlags
}

func (a *App) build() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Compute what is missing and write the report",
		Long: `Build trains and evaluates what the preset asks for and the cache does not have, and
writes report.html, report.md (with figures/*.svg) and report.json. While results come in
the page is written again, first after 5 seconds and later every 80, so a part of it can be
read early.

Exit codes: 0 every item that was asked for is complete, 1 something failed, 2 bad flags or a bad
manifest, 3 a claim has a verdict that --fail-on names, 4 the report is valid but
incomplete, 130 interrupted.`,
		Example: `  lossxfer-report build
  lossxfer-report build --preset smoke --out /tmp/smoke
  lossxfer-report build --only table-3,figure-5 -j 1
  lossxfer-report build -n
  lossxfer-report build --preset large --executor slurm --slurm partition=main --slurm time=2h`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			asked, err := a.asked(cmd.Flags())
			if err != nil {
				return err
			}
			return a.runBuild(cmd.Context(), f, asked)
		},
	}
	a.planFlags(cmd)
	cmd.Flags().StringVar(&f.out, "out", "out", "folder of the report")
	a.jobsFlag(cmd)
	cmd.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "say what would run, and run nothing")
	cmd.Flags().BoolVarP(&f.keepGoing, "keep-going", "k", false, "after a failure go on with all that does not need it")
	failOnFlag(cmd, &f.failOn)
	f.executor.add(cmd)
	return cmd
}

// buildResult is what build --json prints.
type buildResult struct {
	Preset     string  `json:"preset"`
	Out        string  `json:"out,omitempty"`
	Tasks      int     `json:"tasks"`
	Cached     int     `json:"cached"`
	Ran        int     `json:"ran"`
	Failed     int     `json:"failed"`
	NotRun     int     `json:"not_run"`
	ImageSteps int64   `json:"image_steps"` // trained in this run
	Seconds    float64 `json:"seconds"`
	Complete   bool    `json:"complete"`

	fresh bool // nothing was written: the folder is up to date
}

// runBuild builds. asked is what App.asked said.
func (a *App) runBuild(ctx context.Context, f buildFlags, asked string) error {
	start := time.Now()
	on, err := failing(f.failOn)
	if err != nil {
		return err
	}
	if err := f.executor.check(); err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	if err := kernel.LevelError(); err != nil {
		return exit(ExitUsage, err)
	}
	if u, ok := a.upToDate(f.out, asked, store); ok {
		return a.nothingToDo(f.out, u, on, start)
	}
	p, err := a.plan()
	if err != nil {
		return err
	}
	files := p.reliesOnFiles() // neither program nor manifest tells what is in them
	if files {
		asked = ""
	}
	found, sourced := p.study.Sourced()
	if sourced && found.Files == 0 && len(found.Missing) > 0 {
		return exit(ExitUsage, noFiles(a.preset, found))
	}
	progress := a.newProgress()
	executor, err := a.executor(f, p, store, progress.note)
	if err != nil {
		return err
	}
	if f.dryRun {
		if cluster, ok := executor.(slurm.Executor); ok {
			return a.previewCluster(ctx, cluster, p, store)
		}
		return a.printDryRun(compute.Examine(p.run, store))
	}
	if err := os.MkdirAll(f.out, 0o777); err != nil {
		return exit(ExitFailure, fmt.Errorf("--out: %w", err))
	}
	shelf, err := newShelf(store, a.assets.Drawing)
	if err != nil {
		return exit(ExitFailure, err)
	}
	pages := newPages(p, store, buildPause, func(r *report.Report) error { return a.writeInterim(r, f.out) })
	watch := &watcher{follower: follower{progress}, pages: pages}
	results, runErr := executor.Run(ctx, p.run, store, watch)
	pages.stop()
	progress.close()
	if results == nil {
		return exit(ExitFailure, runErr)
	}
	keys := p.tasks.StoredKeys()
	var before cache.Digest
	if asked != "" {
		before = compute.StoreState(keys, store)
	}
	rep, err := p.assemble(results, store)
	if err == nil {
		err = a.write(rep, f.out, shelf)
	}
	if err != nil {
		return exit(ExitFailure, err)
	}
	shelf.put()
	sum := results.Summary()
	done := buildResult{
		Preset: a.preset, Out: f.out, Tasks: sum.Total, Cached: sum.Cached, Ran: sum.Ran, Failed: sum.Failed,
		NotRun: sum.NotRun + sum.Blocked, ImageSteps: watch.steps, Seconds: time.Since(start).Seconds(),
		Complete: complete(rep) && len(found.Missing) == 0,
	}
	if err := writeRun(f.out, done, watch.walls, keys); err != nil {
		return exit(ExitFailure, err)
	}
	u := upToDate{Asked: asked, Preset: a.preset, Total: sum.Total, Conclusion: conclusionOf(rep)}
	if done.Complete && len(a.only) == 0 && !files {
		if u.Report, err = a.keepReport(store, rep); err != nil {
			return exit(ExitFailure, err)
		}
	}
	// Results that were mended or replaced while the report was drawn may not be in it.
	if asked != "" && done.Complete && runErr == nil && compute.StoreState(keys, store) == before {
		if err := u.keep(f.out, keys, before); err != nil {
			return exit(ExitFailure, err)
		}
	}
	a.printBuild(done, u.Conclusion)
	switch {
	case errors.Is(runErr, context.Canceled):
		return exit(ExitInterrupted, fmt.Errorf("interrupted: %d of %d tasks are kept; the same command goes on from there", sum.Cached+sum.Ran, sum.Total))
	case runErr != nil:
		return exit(ExitFailure, runErr)
	}
	if err := undrawn(rep); err != nil {
		return exit(ExitFailure, err)
	}
	a.warnOfStale(u.Conclusion)
	// A claim that is decided stays so whatever else is still missing.
	if err := failed(u.Conclusion.Claims, on); err != nil {
		return err
	}
	if len(found.Missing) > 0 {
		return exit(ExitIncomplete, fmt.Errorf("source %s lacks %d of %d files; the first is %s", found.Source.ID, len(found.Missing), len(found.Missing)+found.Files, found.Missing[0]))
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

// nothingToDo ends a build into a folder that is up to date.
func (a *App) nothingToDo(dir string, u upToDate, on map[report.Verdict]bool, start time.Time) error {
	done := buildResult{Preset: u.Preset, Out: dir, Tasks: u.Total, Cached: u.Total, Complete: true, Seconds: time.Since(start).Seconds(), fresh: true}
	if err := writeRun(dir, done, nil, u.keys()); err != nil {
		return exit(ExitFailure, err)
	}
	a.printBuild(done, u.Conclusion)
	a.warnOfStale(u.Conclusion)
	return failed(u.Conclusion.Claims, on)
}

func (a *App) printBuild(b buildResult, v conclusion) {
	if a.json {
		a.printJSON(b)
		return
	}
	if a.quiet {
		return
	}
	if b.Ran == 0 && b.NotRun == 0 && b.Failed == 0 {
		fmt.Fprintf(a.stdout, "nothing to run: all %d tasks are in the cache\n", b.Tasks)
	} else {
		fmt.Fprintf(a.stdout, "%d tasks: %d ran, %d were in the cache, %d failed, %d did not run\n", b.Tasks, b.Ran, b.Cached, b.Failed, b.NotRun)
	}
	fmt.Fprintf(a.stdout, "%s\n%s\n", v.Items, v.Counts)
	page := filepath.Join(b.Out, "report.html")
	if b.fresh {
		fmt.Fprintf(a.stdout, "%s is up to date\n", page)
		return
	}
	fmt.Fprintf(a.stdout, "wrote %s after %v\n", page, time.Duration(b.Seconds*float64(time.Second)).Round(100*time.Millisecond))
}

// warnOfStale names the discussions that are not on the page because their claims came out
// otherwise. A build of some items only says nothing of them: their verdicts may change.
func (a *App) warnOfStale(v conclusion) {
	if len(a.only) > 0 {
		return
	}
	for _, s := range v.Stale {
		fmt.Fprintf(a.stderr, "discussion not shown: %s; write it anew in the manifest\n", s)
	}
}

// itemLine counts the items by how far they got.
func itemLine(r *report.Report) string {
	count := map[report.Status]int{}
	for _, item := range r.Items {
		count[item.Status]++
	}
	line := fmt.Sprintf("items: %d of %d computed", count[report.Computed], len(r.Items))
	for _, s := range []report.Status{report.Incomplete, report.Failed, report.NotBuilt, report.NotHere} {
		if count[s] > 0 {
			line += fmt.Sprintf(", %d %s", count[s], s)
		}
	}
	return line
}

// verdictLine counts the claims by verdict.
func verdictLine(r *report.Report) string {
	count := report.CountVerdicts(r.Claims)
	var parts []string
	for _, v := range report.Verdicts() {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], v))
		}
	}
	return "claims: " + strings.Join(parts, ", ")
}

func (a *App) printJSON(v any) { encodeJSON(a.stdout, v) }

func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printDryRun says what a build would run.
func (a *App) printDryRun(nodes []compute.NodeState) error {
	var steps int64
	type todo struct {
		Kind       string `json:"kind"`
		Label      string `json:"label"`
		Key        string `json:"key"`
		ImageSteps int64  `json:"image_steps,omitempty"`
	}
	list := []todo{}
	for _, n := range nodes {
		if n.Needed && (n.State == compute.IsMissing || n.State == compute.IsStale) {
			list = append(list, todo{n.Kind, n.Label, n.Key.String(), n.Steps})
			steps += n.Steps
		}
	}
	if a.json {
		a.printJSON(map[string]any{"would_run": list, "image_steps": steps})
		return nil
	}
	for _, t := range list {
		if !a.quiet {
			fmt.Fprintf(a.stdout, "%s  %s\n", t.Key[:12], t.Label)
		}
	}
	fmt.Fprintf(a.stdout, "%d tasks would run, %d image-steps of training\n", len(list), steps)
	return nil
}
