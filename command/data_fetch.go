package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lossxfer-report/compute/data/fetch"
	"lossxfer-report/compute/data/ingest"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/report"
)

func (a *App) dataFetch() *cobra.Command {
	var keep bool
	var stall time.Duration
	cmd := &cobra.Command{
		Use:   "fetch NAME...",
		Short: "Download a published data set, verify it and put it into the data folder",
		Long: `Fetch downloads the files that the manifest's [[dataset]] names from their publishers,
takes up a download where it stopped, and holds every file against its published size
and digest before anything reads it. The set is then made of them: images resized to the
side that the manifest says, in as many rounds as the rarest class has. All of it is in
the data folder ($LOSSXFER_DATA, or lossxfer-report-data in the user's cache folder).

A preset names all the sets it needs: fetch @cifar is fetch of all those of preset cifar.`,
		Example: `  lossxfer-report data fetch cifar10
  lossxfer-report data fetch @cifar`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.load()
			if err != nil {
				return err
			}
			sets, err := wantedSets(m, args)
			if err != nil {
				return exit(ExitUsage, err)
			}
			for _, d := range sets {
				set, err := a.fetchSet(cmd.Context(), d, stall)
				if errors.Is(err, context.Canceled) {
					return exit(ExitInterrupted, errors.New("interrupted: the same command goes on from there"))
				}
				if err != nil {
					return exit(ExitFailure, err)
				}
				if !keep {
					if err := forgetDownloads(d); err != nil {
						return exit(ExitFailure, err)
					}
				}
				a.printSet(d, set)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the published files after the set has been made of them")
	cmd.Flags().DurationVar(&stall, "stall", time.Minute, "how long a server may be silent before the connection is tried anew")
	return cmd
}

// wantedSets are the sets of names, or of presets as @NAME.
func wantedSets(m *report.Manifest, args []string) ([]report.StoredSet, error) {
	var sets []report.StoredSet
	for _, name := range args {
		if id, ok := strings.CutPrefix(name, "@"); ok {
			p, err := m.Preset(id)
			if err != nil {
				return nil, err
			}
			for _, d := range m.Needs(p) {
				if len(d.Files) > 0 { // the others are added
					sets = append(sets, d)
				}
			}
			continue
		}
		d, ok := m.StoredSet(name)
		switch {
		case !ok:
			var known []string
			for _, d := range m.Stored {
				if len(d.Files) > 0 {
					known = append(known, d.ID)
				}
			}
			return nil, fmt.Errorf("no data set %q in the manifest to fetch; there are %s", name, strings.Join(known, ", "))
		case len(d.Files) == 0:
			return nil, fmt.Errorf("%s is a folder of pictures: lossxfer-report data add %s --dir DIR", name, name)
		}
		sets = append(sets, d)
	}
	return sets, nil
}

// fetchSet downloads what is missing and makes the set of it.
func (a *App) fetchSet(ctx context.Context, d report.StoredSet, stall time.Duration) (*library.Set, error) {
	dir, err := library.Folder()
	if err != nil {
		return nil, err
	}
	if set, err := library.Find(dir, d.ID); err == nil && set.Side == d.Side && set.Validation == d.Validation && fetchedFrom(set, d) {
		return set, nil
	}
	request := ingest.Request{Name: d.ID, Reader: d.Reader, Side: d.Side, Validation: d.Validation, Files: map[string]string{}}
	client := fetch.Default(a.fetching(d))
	client.Stall = stall
	for _, f := range d.Files {
		path, err := client.Get(ctx, library.Downloads(dir, d.ID), fetch.File{Name: f.Name, URL: f.URL, Bytes: int64(f.Bytes), SHA256: f.SHA256, MD5: f.MD5})
		if err != nil {
			return nil, fmt.Errorf("data set %s: %w", d.ID, err)
		}
		request.Files[f.Name] = path
		request.Origins = append(request.Origins, library.Origin{URL: f.URL, Bytes: int64(f.Bytes), SHA256: f.SHA256})
	}
	if !a.quiet {
		fmt.Fprintf(a.stderr, "%s: reading its images\n", d.ID)
	}
	return ingest.Make(ctx, dir, request)
}

// fetchedFrom says whether a set was made of the files that the manifest names.
func fetchedFrom(set *library.Set, d report.StoredSet) bool {
	if len(set.Files) != len(d.Files) {
		return false
	}
	for i, f := range d.Files {
		if set.Files[i].SHA256 != f.SHA256 {
			return false
		}
	}
	return true
}

// forgetDownloads takes the published files away.
func forgetDownloads(d report.StoredSet) error {
	dir, err := library.Folder()
	if err != nil {
		return err
	}
	return removeFiles(library.Downloads(dir, d.ID), d.Files)
}

// fetching reports a download's progress, a line for every tenth.
func (a *App) fetching(d report.StoredSet) func(fetch.File, int64) {
	tenth := map[string]int64{}
	return func(f fetch.File, done int64) {
		if n := 10 * done / f.Bytes; !a.quiet && n > tenth[f.Name] {
			tenth[f.Name] = n
			fmt.Fprintf(a.stderr, "%s: %s %d%% of %s\n", d.ID, f.Name, 10*n, megabytes(f.Bytes))
		}
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// printSet says what is in the data folder now.
func (a *App) printSet(d report.StoredSet, set *library.Set) {
	if a.json {
		a.printJSON(set)
		return
	}
	if a.quiet {
		return
	}
	n := len(set.Classes)
	fmt.Fprintf(a.stdout, "%s: %d classes of %d×%d pixels, %d training, %d validation and %d test images of each\n",
		d.ID, n, set.Side, set.Side, set.Splits[0].Rounds, set.Splits[1].Rounds, set.Splits[2].Rounds)
	if left := set.Splits[0].LeftOut + set.Splits[1].LeftOut + set.Splits[2].LeftOut; left > 0 {
		fmt.Fprintf(a.stdout, "  left out   %d images of larger classes, so that all have as many\n", left)
	}
	for _, name := range set.Unread {
		fmt.Fprintf(a.stdout, "  unread     %s\n", name)
	}
	fmt.Fprintf(a.stdout, "  contents   SHA-256 %s\n", set.Digest)
	if d.Licence != "" {
		fmt.Fprintf(a.stdout, "  licence    %s\n", d.Licence)
	}
	if d.Citation != "" {
		fmt.Fprintf(a.stdout, "  cite       %s\n", d.Citation)
	}
}
