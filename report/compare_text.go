package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// WriteText writes a comparison for a terminal.
func (c *Comparison) WriteText(w io.Writer) error {
	for _, cause := range c.Causes {
		fmt.Fprintf(w, "%s\n", cause)
	}
	for _, claim := range c.Claims {
		fmt.Fprintf(w, "claim %s: %s → %s\n", claim.ID, orNothing(string(claim.Was)), orNothing(string(claim.Is)))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, item := range c.Items {
		fmt.Fprintf(t, "%s  %s%s\n", item.ID, item.Title, statusChange(item))
		for _, cause := range item.Causes {
			fmt.Fprintf(t, "  because of %s\n", cause)
		}
		for _, cell := range item.Cells {
			fmt.Fprintf(t, "  %s.%s, %s\t%s\t%s → %s\t%s\n", cell.Table, cell.Column, cell.Row, cell.Level, orNothing(cell.Was), orNothing(cell.Is), cell.evidence())
		}
		if len(item.Figures) > 0 {
			fmt.Fprintf(t, "  drawn otherwise: %s\n", strings.Join(item.Figures, ", "))
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, c.Sentence())
	return err
}

func statusChange(i ItemChange) string {
	if i.Was == i.Is {
		return ""
	}
	return fmt.Sprintf(" (%s → %s)", orNothing(string(i.Was)), orNothing(string(i.Is)))
}

func (c CellChange) evidence() string {
	if c.P == nil {
		return ""
	}
	return fmt.Sprintf("p %s, %s", relation(*c.P), c.Test)
}

// Sentence sums a comparison up.
func (c *Comparison) Sentence() string {
	var parts []string
	for _, l := range []Level{LevelSame, LevelWithinNoise, LevelNoiseUnknown, LevelBeyondNoise, LevelNew, LevelGone} {
		if n := c.Counts[l]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, l))
		}
	}
	if len(parts) == 0 {
		parts = []string{"none"}
	}
	return fmt.Sprintf("cells: %s; claims with another verdict: %d", strings.Join(parts, ", "), len(c.Claims))
}

// noiseNote says what beyond noise means.
const noiseNote = "Beyond noise: a t test over seeds, paired where the seeds are shared, with at most 5% of the values so called expected to be so by chance (Benjamini and Hochberg 1995). With one seed the noise is not known."

// WriteMarkdown writes a comparison as a pull request shows it: what matters first, the
// rest folded.
func (c *Comparison) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Report: what has changed\n\n%s\n\n", sentence(c.Sentence()))
	for _, cause := range c.Causes {
		fmt.Fprintf(&b, "- %s\n", escapeCell(cause))
	}
	if len(c.Claims) > 0 {
		b.WriteString("\n| Claim | Was | Is | |\n| :--- | :--- | :--- | :--- |\n")
		for _, x := range c.Claims {
			fmt.Fprintf(&b, "| %s | %s | **%s** | %s |\n", x.ID, orNothing(string(x.Was)), orNothing(string(x.Is)), escapeCell(x.Text))
		}
	}
	for _, item := range c.Items {
		fmt.Fprintf(&b, "\n<details><summary>%s. %s: %d changed%s</summary>\n\n", item.ID, escapeCell(item.Title), len(item.Cells), escapeCell(statusChange(item)))
		for _, cause := range item.Causes {
			fmt.Fprintf(&b, "- %s\n", escapeCell(cause))
		}
		if len(item.Cells) > 0 {
			b.WriteString("\n| Cell | Was | Is | |\n| :--- | ---: | ---: | :--- |\n")
			for _, x := range item.Cells {
				level := string(x.Level)
				if x.Level == LevelBeyondNoise {
					level = "**" + level + "**"
				}
				fmt.Fprintf(&b, "| %s.%s, %s | %s | %s | %s |\n", x.Table, x.Column, x.Row, escapeCell(orNothing(x.Was)), escapeCell(orNothing(x.Is)), level)
			}
		}
		if len(item.Figures) > 0 {
			fmt.Fprintf(&b, "\nDrawn otherwise: %s\n", strings.Join(item.Figures, ", "))
		}
		b.WriteString("\n</details>\n")
	}
	fmt.Fprintf(&b, "\n%s\n", noiseNote)
	_, err := io.WriteString(w, b.String())
	return err
}
