package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute/external"
	"lossxfer-report/sections"
)

func (a *App) cacheGC() *cobra.Command {
	var presets []string
	var grace time.Duration
	var force bool
	cmd := &cobra.Command{
		Use:   "gc",
		Short: "Remove results that the manifest does not need any more",
		Long: `gc says what would be removed, and removes it with --force: every result that no preset of
the manifest (or none of those named by --keep) needs with today's code, and files that no
result uses. The reports of builds stay, for diff, with the static drawings that this
program makes, and so do networks that an external command trained: they cannot be had
again to the same bits. What has been written within the grace period stays, so that builds
that run meanwhile, on other machines too, lose nothing.`,
		Example: `  lossxfer-report cache gc
  lossxfer-report cache gc --keep quick,standard --force
  lossxfer-report --manifest mine.toml cache gc --grace 240h`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runCacheGC(presets, grace, force) },
	}
	cmd.Flags().StringSliceVar(&presets, "keep", nil, "presets whose results stay (default all of the manifest)")
	cmd.Flags().DurationVar(&grace, "grace", 24*time.Hour, "what has been written for less than this stays")
	cmd.Flags().BoolVar(&force, "force", false, "remove, do not only say what would be removed")
	return cmd
}

func (a *App) runCacheGC(presets []string, grace time.Duration, force bool) error {
	if grace < 0 {
		return exit(ExitUsage, fmt.Errorf("--grace: %v; give 0 or more", grace))
	}
	all := len(presets) == 0
	if all {
		m, err := a.load()
		if err != nil {
			return err
		}
		for _, p := range m.Presets {
			presets = append(presets, p.ID)
		}
	}
	keep := map[cache.Key]bool{}
	for _, preset := range presets {
		a.preset = preset
		keys, absent, err := a.plannedKeys()
		var missing *sections.MissingData
		if all && errors.As(err, &missing) {
			fmt.Fprintf(a.stderr, "preset %s is not counted: its data sets are not in the data folder, and without them nothing tells its results from others\n", preset)
			continue
		}
		if err != nil {
			return err
		}
		if len(absent) > 0 {
			fmt.Fprintf(a.stderr, "preset %s: what was computed from %d files of its source that are not here is not counted, for instance %s\n", preset, len(absent), absent[0])
		}
		for k := range keys {
			keep[k] = true
		}
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	drawer, err := drawerDigest(a.assets.Drawing)
	if err != nil {
		return exit(ExitFailure, err)
	}
	c, err := store.GC(func(e cache.Entry) bool {
		return keep[e.Key] || e.Kind == reportKind || e.Kind == external.Kind || drawnBy(drawer, e)
	}, grace, !force)
	if err != nil {
		return exit(ExitFailure, err)
	}
	if a.json {
		a.printJSON(c)
		return nil
	}
	verb := "would be removed (--force removes them)"
	if force {
		verb = "were removed"
	}
	fmt.Fprintf(a.stdout, "%d entries, %d results of %s, %d temporary files and %d in quarantine %s\n",
		c.Entries.Files, c.Blobs.Files, size(c.Blobs.Bytes), c.Temporary.Files, c.Quarantined.Files, verb)
	return nil
}

// plannedKeys are the keys of the tasks of the chosen preset and items, and which files of
// its source are absent, so that the tasks they would give have no keys.
func (a *App) plannedKeys() (keys map[cache.Key]bool, absent []string, err error) {
	p, err := a.plan()
	if err != nil {
		return nil, nil, err
	}
	found, _ := p.study.Sourced()
	return p.run.Keys(), found.Missing, nil
}

func (a *App) cacheExport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export FILE",
		Short: "Write the results of a preset to one file, for somebody else's cache",
		Example: `  lossxfer-report cache export quick.tar --preset quick
  lossxfer-report cache export table3.tar --only table-3`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.runCacheExport(args[0]) },
	}
	a.planFlags(cmd)
	return cmd
}

func (a *App) runCacheExport(name string) error {
	keys, _, err := a.plannedKeys()
	if err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	n := 0
	err = cache.Replace(name, func(w io.Writer) (err error) {
		n, err = store.Export(w, func(e cache.Entry) bool { return keys[e.Key] })
		return err
	})
	if err != nil {
		return exit(ExitFailure, fmt.Errorf("export to %s: %w", name, err))
	}
	a.printCount("exported", n)
	return nil
}

func (a *App) cacheImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Read results that export wrote into the cache",
		Long: `import reads results that export wrote. Every digest is checked; what the cache has already
stays. The results are somebody else's word: cache verify computes a sample of them again.`,
		Example: `  lossxfer-report cache import quick.tar
  cat quick.tar | lossxfer-report cache import -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := a.store()
			if err != nil {
				return err
			}
			var r io.Reader = cmd.InOrStdin()
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return exit(ExitUsage, err)
				}
				defer f.Close()
				r = f
			}
			n, err := cache.Import(store, r)
			if err != nil {
				return exit(ExitFailure, fmt.Errorf("import of %s, after %d results: %w", args[0], n, err))
			}
			a.printCount("imported", n)
			return nil
		},
	}
}

func (a *App) printCount(what string, n int) {
	if a.json {
		a.printJSON(map[string]int{what: n})
		return
	}
	fmt.Fprintf(a.stdout, "%s %d results\n", what, n)
}
