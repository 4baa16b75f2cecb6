package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

func (a *App) search() *cobra.Command {
	var only []string
	var dryRun bool
	var write string
	cmd := &cobra.Command{
		Use:   "search",
		Short: "Search the hyper-parameters of the objectives on validation images",
		Long: `Search trains every setting of the grids in [search] of the manifest, measures it on
the validation images of the pretraining classes, and prints the grid and the choice.
Where the choice is at the border of its grid, the values beyond that are stated there
are tried too, once. No network of a search is part of any table or figure, and
no test image of a search. What has run is in the cache, so the search can be stopped and
run again.

With --write the whole search is recorded: build shows what the record says and never
searches.`,
		Example: `  lossxfer-report search
  lossxfer-report search --objective cosine_softmax -j 1
  lossxfer-report search --write`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("objective") && len(only) == 0 {
				return exit(ExitUsage, errors.New("--objective: name an objective, for instance dropout"))
			}
			return a.runSearch(cmd.Context(), only, dryRun, write)
		},
	}
	cmd.Flags().StringSliceVar(&only, "objective", nil, "objectives to search, for instance dropout (default all)")
	cmd.Flags().StringVar(&a.preset, "preset", "", "whose size the networks have (default the one [search] names)")
	a.jobsFlag(cmd)
	cmd.Flags().BoolVarP(&dryRun, "dry-run", "n", false, "say what would run, and run nothing")
	cmd.Flags().StringVar(&write, "write", "", "record the search in this file")
	cmd.Flags().Lookup("write").NoOptDefVal = report.SearchFile
	return cmd
}

// searcher is a search on its way.
type searcher struct {
	app   *App
	study *sections.Study
	code  compute.CodeHasher
	store *cache.FS
	only  []string
}

func (a *App) runSearch(ctx context.Context, only []string, dryRun bool, write string) error {
	s, err := a.newSearcher(only)
	if err != nil {
		return err
	}
	if write != "" && len(only) > 0 {
		return exit(ExitUsage, errors.New("--write records the whole search: take --objective out"))
	}
	if dryRun {
		plan := compute.NewPlan(s.code)
		s.ask(plan, func(o report.SearchObjective) []report.Hyper { return o.Grid.Settings() })
		return a.printDryRun(compute.Examine(plan, s.store))
	}
	record, err := s.run(ctx)
	if err != nil {
		return err
	}
	if write != "" {
		if err := a.writeSearch(record, write); err != nil {
			return err
		}
	}
	switch {
	case a.json:
		a.printJSON(record)
	case !a.quiet:
		return printSearch(a.stdout, record)
	}
	return nil
}

// newSearcher checks everything before anything is trained.
func (a *App) newSearcher(only []string) (*searcher, error) {
	if err := kernel.LevelError(); err != nil {
		return nil, exit(ExitUsage, err)
	}
	m, err := a.load()
	if err != nil {
		return nil, err
	}
	var known []string
	for _, o := range m.Objectives {
		known = append(known, o.ID)
	}
	for _, id := range only {
		if !slices.Contains(known, id) {
			return nil, exit(ExitUsage, fmt.Errorf("--objective: unknown objective %q; there are %s", id, strings.Join(known, ", ")))
		}
	}
	if len(m.Search.Objectives) == 0 {
		return nil, exit(ExitUsage, errors.New("the manifest has no [search]: take that of the program's paper.toml"))
	}
	if a.preset == "" {
		a.preset = m.Search.Preset
	}
	study, err := sections.NewStudy(m, a.preset)
	if err == nil {
		err = study.CheckSearch()
	}
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	code, err := a.code()
	if err != nil {
		return nil, err
	}
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	return &searcher{a, study, code, store, only}, nil
}
