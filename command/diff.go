package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lossxfer-report/cache"
	"lossxfer-report/report"
)

type diffFlags struct {
	format, out, failOn string
	build               bool
}

func (a *App) diff() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Say what has changed between two reports, and whether beyond noise",
		Long: `diff compares two reports cell by cell: a cell is identical, changed within the noise of the
seeds, changed beyond it, new or gone. BEFORE and AFTER are report.html or report.json files,
folders that hold one, or revisions of the git repository around: a complete build of all items
leaves its report in the cache under what the program was made from, unless it rests on files
from outside (a data folder, a source, a trainer). With --build a revision without a report is
checked out into a temporary folder and built against the same cache.

Exit codes: 0 nothing beyond noise, 3 something is; --fail-on any|beyond-noise|claims moves
the line.`,
		Example: `  lossxfer-report diff old/report.html out/report.html
  lossxfer-report diff main HEAD --build
  lossxfer-report diff main out --format markdown > comment.md
  lossxfer-report diff old.html new.html --format html --out diff.html`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runDiff(cmd.Context(), args[0], args[1], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "text, markdown, html or json")
	flags.StringVar(&f.out, "out", "", "write to this file in place of standard output")
	flags.StringVar(&f.failOn, "fail-on", "beyond-noise", "what makes the exit code 3: any change, one beyond-noise, or claims with another verdict")
	flags.BoolVar(&f.build, "build", false, "build revisions that have no report in the cache")
	flags.StringVar(&a.preset, "preset", "", "scale of the reports of revisions (default the manifest's)")
	return cmd
}

func (a *App) runDiff(ctx context.Context, before, after string, f diffFlags) error {
	if a.json {
		f.format = "json"
	}
	writers := map[string]func(io.Writer, *report.Comparison) error{
		"text":     func(w io.Writer, c *report.Comparison) error { return c.WriteText(w) },
		"markdown": func(w io.Writer, c *report.Comparison) error { return c.WriteMarkdown(w) },
		"json":     func(w io.Writer, c *report.Comparison) error { return encodeJSON(w, c) },
		"html": func(w io.Writer, c *report.Comparison) error {
			page, err := c.HTML(before, after)
			if err == nil {
				_, err = w.Write(page)
			}
			return err
		},
	}
	write, ok := writers[f.format]
	if !ok {
		return exit(ExitUsage, fmt.Errorf("--format: unknown format %q; give text, markdown, html or json", f.format))
	}
	if f.failOn != "any" && f.failOn != "beyond-noise" && f.failOn != "claims" {
		return exit(ExitUsage, fmt.Errorf("--fail-on: unknown %q; give any, beyond-noise or claims", f.failOn))
	}
	was, err := a.reportOf(ctx, before, f.build)
	if err != nil {
		return err
	}
	is, err := a.reportOf(ctx, after, f.build)
	if err != nil {
		return err
	}
	c := report.Compare(was, is)
	var b bytes.Buffer
	if err := write(&b, c); err != nil {
		return exit(ExitFailure, err)
	}
	if f.out == "" {
		_, err = a.stdout.Write(b.Bytes())
	} else {
		err = cache.ReplaceBytes(f.out, b.Bytes())
	}
	if err != nil {
		return exit(ExitFailure, err)
	}
	any, beyond, claims := c.Worst()
	if map[string]bool{"any": any, "beyond-noise": beyond, "claims": claims}[f.failOn] {
		return exit(ExitDiffers, errors.New(""))
	}
	return nil
}

// reportOf reads a report from a file, a folder, or for a revision from the cache.
func (a *App) reportOf(ctx context.Context, name string, build bool) (*report.Report, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		name = filepath.Join(name, "report.json")
	case errors.Is(err, os.ErrNotExist):
		return a.reportOfRevision(ctx, name, build)
	case err != nil:
		return nil, exit(ExitUsage, err)
	}
	file, err := readBounded(name)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	r, err := report.Read(file)
	if err != nil {
		return nil, exit(ExitUsage, fmt.Errorf("%s: %w", name, err))
	}
	return r, nil
}
