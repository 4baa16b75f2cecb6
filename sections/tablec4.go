package sections

import (
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/compute"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

func init() { register("table-c4", tableC4) }

// tableC4 is accuracy on the pretraining classes of objectives combined with what
// regularises or normalises others.
func tableC4(a *Ask) Draw {
	runs := a.Preset.Combinations
	b := a.of(a.Sized(runs.Size))
	c := &combinations{Ask: b, runs: runs, ownSeeds: runs.Seeds}
	if b.Study == a.Study {
		c.ownSeeds = max(runs.Seeds, a.Preset.Seeds) // they are trained anyway
	}
	var columns []report.Column
	for _, id := range a.Manifest.Combinations.Columns {
		o, _ := a.Manifest.Objective(id)
		columns = append(columns, report.Column{ID: id, Label: withHyper(o.Label, o.Here[b.Preset.ID]), Unit: "%", Group: "Top-1", Decimals: 1, Better: "higher"})
	}
	c.grid = b.newGrid("table-c4", "Added", columns)
	c.row(report.Row{ID: "baseline", Label: "Nothing"}, nil)
	for _, row := range a.Manifest.Combinations.Rows {
		c.row(report.Row{ID: row.ID, Label: c.label(row)}, &row)
	}
	c.grid.table.Notes = slices.Concat(a.sizeNote(b.Study, true), b.pretrainingNote(false), c.notes())
	return func(r *compute.Results) (Drawing, error) {
		d := tables(r, c.grid)
		for i, row := range d.Artifacts[0].Table.Rows {
			for j := range row.Cells {
				if c.grid.measures[i][j] == nil {
					row.Cells[j].Missing = report.MissingAtPreset
				}
			}
		}
		return d, nil
	}
}

// combinations collects the rows of Table C.4.
type combinations struct {
	*Ask
	runs     report.CombinationRuns
	ownSeeds int // networks of a cell that Table 1 has
	grid     *grid
	trained  int // cells
}

// row asks for the cells of a row that the preset trains; the others have no measure.
func (c *combinations) row(row report.Row, added *report.Combination) {
	cells := make([]Measure, len(c.grid.table.Columns))
	for j, column := range c.Manifest.Combinations.Columns {
		seeds := c.runs.Seeds
		_, own := c.combination(column, added, 1)
		if own {
			seeds = c.ownSeeds
		}
		if !own && added != nil && !slices.Contains(c.runs.Rows, added.ID) {
			continue
		}
		cells[j] = c.top1(seeds, func(seed int) train.Model {
			m, _ := c.combination(column, added, seed)
			return m
		})
		c.trained++
	}
	c.grid.add(row, "", cells...)
}

// label names what a row adds, with its strength.
func (c *combinations) label(row report.Combination) string {
	o, _ := c.Manifest.Objective(row.Adds)
	name := o.Label
	if row.Adds == "cosine_softmax" {
		name = "Cosine normalisation" // softmax is in the column
	}
	return withHyper(name, c.strength(row))
}

// withHyper adds hyper-parameters to a name, if there are any.
func withHyper(name string, h report.Hyper) string {
	if text := h.Text(); text != "none" {
		return name + " (" + strings.ReplaceAll(text, " = ", "\u00a0=\u00a0") + ")"
	}
	return name
}

func (c *combinations) notes() []string {
	all := len(c.grid.table.Columns) * len(c.grid.table.Rows)
	notes := []string{c.Manifest.Combinations.Note}
	if c.trained < all {
		notes = append(notes, fmt.Sprintf("This preset trains %d of the %d cells, %s each.", c.trained, all, networks(c.runs.Seeds)))
	}
	if c.ownSeeds != c.runs.Seeds {
		notes = append(notes, fmt.Sprintf("Cells of one objective alone, at the strength of Table A.1, are the %s of Table 1.", networks(c.ownSeeds)))
	}
	return append(notes,
		"Cosine normalisation of cosine softmax is cosine softmax at the row's temperature: these cells are those of the first column.",
		"Logit normalisation of cosine softmax takes the column's temperature away again; its own stays.")
}

// networks counts networks.
func networks(n int) string {
	if n == 1 {
		return "one network"
	}
	return fmt.Sprintf("%d networks", n)
}
