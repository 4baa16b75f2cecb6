package command

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"lossxfer-report/cache"
	"lossxfer-report/report"
)

// writeSearch records a search. A search that found what the file has already keeps
// the file and its date.
func (a *App) writeSearch(r *report.SearchRecord, file string) error {
	if text, err := os.ReadFile(file); err == nil {
		if old, err := report.ParseSearch(text); err == nil {
			again := *r
			again.Date = old.Date
			if one, two := report.EncodeSearch(old), report.EncodeSearch(&again); bytes.Equal(one, two) {
				r.Date = old.Date
			}
		}
	}
	if err := cache.ReplaceBytes(file, report.EncodeSearch(r)); err != nil {
		return exit(ExitFailure, fmt.Errorf("--write: %w", err))
	}
	return nil
}

// printSearch prints the whole grid of every objective, a star at the choice.
func printSearch(out io.Writer, r *report.SearchRecord) error {
	fmt.Fprintf(out, "%s: %d training and %d validation images of %s, %d passes\nchosen (*): %s\n",
		r.Preset, r.TrainImages, r.ValidationImages, r.Classes, r.Passes, r.Criterion)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, o := range r.Objectives {
		fmt.Fprintf(w, "\n%s\n", o.ID)
		if o.Chosen == nil {
			fmt.Fprintln(w, "  nothing to search: it has no hyper-parameters")
			continue
		}
		for i, p := range o.Points {
			star, note := " ", ""
			if i == *o.Chosen {
				star = "*"
				if len(o.AtBorder) > 0 {
					note = "at the border of what was tried: " + strings.Join(o.AtBorder, ", ")
				}
			}
			if p.Beyond {
				note = strings.TrimPrefix(note+"; beyond the grid", "; ")
			}
			fmt.Fprintf(w, "%s %s\t%s\t%s\n", star, p.Hyper.Text(), accuracies(p), note)
		}
		if *o.Chosen < 0 {
			fmt.Fprintln(w, "  nothing chosen: a run of every setting diverged")
		}
	}
	return w.Flush()
}

// accuracies writes the mean of a setting and its networks, in per cent.
func accuracies(p report.SearchPoint) string {
	var each []string
	for _, r := range p.Runs {
		if r.Top1 == nil {
			each = append(each, fmt.Sprintf("seed %d diverged", r.Seed))
			continue
		}
		each = append(each, fmt.Sprintf("%.2f", 100**r.Top1))
	}
	mean, ok := p.Mean()
	if !ok {
		return "no mean\t(" + strings.Join(each, ", ") + ")"
	}
	return fmt.Sprintf("%.2f%%\t(%s)", 100*mean, strings.Join(each, ", "))
}
