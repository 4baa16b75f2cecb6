package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

func (a *App) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Check, measure, clean and share the folder of results",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.cacheCheck(), a.cacheVerify(), a.cacheUsage(), a.cacheGC(), a.cacheExport(), a.cacheImport())
	return cmd
}

func (a *App) cacheCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Read every result and compare it with its digest",
		Long: `check reads every entry and its result and hashes both. What is bad is put into quarantine:
the next build computes it again. The exit code is 3 if anything was bad.`,
		Example: "  lossxfer-report cache check",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			store, err := a.store()
			if err != nil {
				return err
			}
			found, err := store.Check()
			if err != nil {
				return exit(ExitFailure, err)
			}
			if a.json {
				type bad struct {
					Key    string `json:"key"`
					Reason string `json:"reason"`
				}
				list := []bad{}
				for _, m := range found.Bad {
					list = append(list, bad{m.Key.String(), string(m.Reason)})
				}
				a.printJSON(struct {
					Good  int   `json:"good"`
					Bytes int64 `json:"bytes"`
					Bad   []bad `json:"bad"`
				}{found.Entries, found.Bytes, list})
			} else {
				for _, m := range found.Bad {
					fmt.Fprintf(a.stdout, "%.12s  bad: %s\n", m.Key, m.Reason)
				}
				fmt.Fprintf(a.stdout, "%d results are good (%s), %d were bad\n", found.Entries, size(found.Bytes), len(found.Bad))
			}
			if len(found.Bad) > 0 {
				return exit(ExitDiffers, errors.New(""))
			}
			return nil
		},
	}
}

func (a *App) cacheVerify() *cobra.Command {
	var sample int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Compute cached results again and compare every bit",
		Long: `verify picks cached results of the plan, computes them again from what they depend on, and
compares the bytes. Nothing is stored. The exit code is 3 if any differs.`,
		Example: `  lossxfer-report cache verify --sample 20
  LOSSXFER_CPU=avx2 lossxfer-report cache verify --only table-3`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runCacheVerify(cmd.Context(), sample, seed) },
	}
	a.planFlags(cmd)
	cmd.Flags().IntVar(&sample, "sample", 10, "how many results, 0 for all")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another seed picks others")
	return cmd
}

func (a *App) runCacheVerify(ctx context.Context, sample int, seed uint64) error {
	if sample < 0 {
		return exit(ExitUsage, fmt.Errorf("--sample: %d; give a number from 1 up, or 0 for all", sample))
	}
	p, err := a.plan()
	if err != nil {
		return err
	}
	store, err := a.store()
	if err != nil {
		return err
	}
	if sample == 0 {
		sample = len(compute.Examine(p.run, store))
	}
	checked, err := compute.Verify(ctx, p.run, store, sample, seed)
	if err != nil {
		if ctx.Err() != nil {
			return exit(ExitInterrupted, errors.New("interrupted"))
		}
		return exit(ExitFailure, err)
	}
	type verified struct {
		Key   string `json:"key"`
		Label string `json:"label"`
		Same  bool   `json:"same"`
		Was   string `json:"was"`
		Is    string `json:"is,omitempty"`
		Error string `json:"error,omitempty"`
		Host  string `json:"host"` // that computed the stored one
	}
	out, differ := []verified{}, 0
	for _, v := range checked {
		one := verified{Key: v.Key.String(), Label: v.Label, Same: v.Same(), Was: v.Was.String(), Host: v.Made.Host}
		if v.Err != nil {
			one.Error = v.Err.Error()
		} else {
			one.Is = v.Is.String()
		}
		if !one.Same {
			differ++
		}
		out = append(out, one)
	}
	if a.json {
		a.printJSON(out)
	} else {
		w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
		for _, v := range out {
			state := "same bits"
			if v.Error != "" {
				state = "failed: " + v.Error
			} else if !v.Same {
				state = fmt.Sprintf("DIFFERS: %.12s was stored by %s, %.12s is computed", v.Was, orNone(v.Host), v.Is)
			}
			fmt.Fprintf(w, "%.12s\t%s\t%s\n", v.Key, v.Label, state)
		}
		w.Flush()
		fmt.Fprintf(a.stdout, "%d of %d results have the same bits\n", len(out)-differ, len(out))
	}
	switch {
	case len(out) == 0:
		return exit(ExitIncomplete, fmt.Errorf("nothing of preset %s is cached: build first", a.preset))
	case differ > 0:
		return exit(ExitDiffers, errors.New(""))
	}
	return nil
}

func (a *App) cacheUsage() *cobra.Command {
	return &cobra.Command{
		Use:     "du",
		Short:   "Say what takes how much room",
		Example: "  lossxfer-report cache du",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			store, err := a.store()
			if err != nil {
				return err
			}
			u, err := store.Usage()
			if err != nil {
				return exit(ExitFailure, err)
			}
			if a.json {
				a.printJSON(u)
				return nil
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			row := func(name string, r cache.Room) { fmt.Fprintf(w, "%s\t%d\t%s\n", name, r.Files, size(r.Bytes)) }
			kinds := slices.SortedFunc(maps.Keys(u.Kinds), func(x, y string) int {
				if d := u.Kinds[y].Bytes - u.Kinds[x].Bytes; d != 0 {
					return int(min(max(d, -1), 1))
				}
				return slices.Compare([]byte(x), []byte(y))
			})
			fmt.Fprintln(a.stdout, store.Dir())
			fmt.Fprintln(w, "what\tnumber\tsize")
			for _, k := range kinds {
				row(k, u.Kinds[k])
			}
			row("all results", u.Blobs)
			row("entries", u.Entries)
			row("temporary", u.Temporary)
			row("quarantine", u.Quarantined)
			return w.Flush()
		},
	}
}

// size writes a number of bytes for people.
func size(n int64) string {
	const unit = 1000
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	v, i := float64(n)/unit, 0
	for v >= unit && i < 3 {
		v, i = v/unit, i+1
	}
	return fmt.Sprintf("%.1f %cB", v, "kMGT"[i])
}
