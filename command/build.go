package command

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/kernel"
	"lossxfer-report/report"
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
	b := oneBuild{app: a, flags: f, asked: asked, start: start, store: store}
	if err := b.prepare(); err != nil {
		return err
	}
	if f.dryRun {
		return b.preview(ctx)
	}
	return b.run(ctx, on)
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
