package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Robustness says how far claims depend on choices that the paper does not give or that
// could have been made otherwise: each claim is judged again with other columns in the
// place of its own.
type Robustness struct {
	Title string `toml:"title" json:"title"`
	Note  string `toml:"note" json:"note"`
	// Claims are those that are judged again, by ID.
	Claims []string `toml:"claims" json:"claims"`
	// Replaces are the columns of those claims that each choice stands in for.
	Replaces []string `toml:"replaces" json:"replaces"`
	Choices  []Choice `toml:"choice" json:"choices"`
	// Head is what the choices are of; empty in reports that were made before there were
	// several panels.
	Head string `toml:"head,optional" json:"head,omitempty"`
	// Also are further panels, of other claims or other columns. They have none themselves.
	Also []Robustness `toml:"also,optional" json:"also,omitempty"`
}

// panels is the panel and those that stand below it; none of nil.
func (r *Robustness) panels() []*Robustness {
	if r == nil {
		return nil
	}
	all := []*Robustness{r}
	for i := range r.Also {
		all = append(all, &r.Also[i])
	}
	return all
}

// Choice is one column, or the mean of several, in the place of those that Robustness
// replaces.
type Choice struct {
	Label   string   `toml:"label,optional" json:"label"` // empty in the manifest for Each, whose choices have those of their columns
	Group   string   `toml:"group" json:"group"`
	Columns []string `toml:"columns" json:"columns"`
	// Each makes a choice of every one of the columns.
	Each bool `toml:"each,optional" json:"-"`
	// Verdicts are what becomes of the claims, in their order.
	Verdicts []Under `toml:"-" json:"verdicts"`
}

// Under is what becomes of a claim under a choice. P-values stand for themselves: they are
// not adjusted, neither for the family nor for the number of choices.
type Under struct {
	Verdict Verdict  `json:"verdict"`
	Holds   bool     `json:"holds"` // what was found points the claimed way, significant or not
	N       int      `json:"n,omitempty"`
	P       *float64 `json:"p,omitempty"`       // of the claim, or of its reverse if that is the verdict; nil where neither says anything
	Missing string   `json:"missing,omitempty"` // why it cannot be judged
}

// judge judges the claims under every choice; nil if there are none. It overwrites nothing
// of r.
func (r *Robustness) judge(claims []Claim, families []Family, preset Preset, items []Item, labels Labels) *Robustness {
	if r == nil || len(r.Claims) == 0 {
		return nil
	}
	out := *r
	out.Also = slices.Clone(r.Also)
	for _, panel := range out.panels() {
		panel.Choices = slices.Clone(panel.Choices)
		d := findTables(items)
		words := maps.Clone(labels)
		for i := range panel.Choices {
			choice := &panel.Choices[i]
			choice.Verdicts = nil
			for _, id := range panel.Claims {
				choice.Verdicts = append(choice.Verdicts, panel.under(*choice, id, claims, families, preset, d, words))
			}
		}
	}
	return &out
}

// under judges one claim with the columns of a choice in the place of its own.
func (r *Robustness) under(choice Choice, id string, claims []Claim, families []Family, preset Preset, d drawn, labels Labels) Under {
	k := slices.IndexFunc(claims, func(c Claim) bool { return c.ID == id })
	if k < 0 {
		return Under{Verdict: NotRun, Missing: "there is no claim " + id}
	}
	claim := claims[k]
	f := slices.IndexFunc(families, func(f Family) bool { return f.ID == claim.Family })
	if f < 0 || len(choice.Columns) == 0 {
		return Under{Verdict: NotRun, Missing: "the claim has no family, or the choice no column"}
	}
	// The mean stands as a column of its own; its name cannot be that of one.
	column := strings.Join(choice.Columns, " + ")
	d.means = map[string][]string{column: choice.Columns}
	labels[column], labels[unitKey+column] = choice.Label, labels[unitKey+choice.Columns[0]]
	claim.Predicate = r.replaced(claim.Predicate, column)
	claim.All = slices.Clone(claim.All)
	for i := range claim.All {
		claim.All[i] = r.replaced(claim.All[i], column)
	}
	j, gap := judge(&claim, d, labels)
	if gap != nil {
		return Under{Verdict: gap.verdict, Missing: gap.reason}
	}
	verdict, evidence := j.decide(preset, families[f], 1, j.p, j.against)
	u := Under{Verdict: verdict, Holds: j.holds, N: j.n}
	switch {
	case verdict == NotReproduced:
		u.P = evidence.Reverse
	case j.holds || verdict == DirectionOnly:
		u.P = evidence.P
	}
	return u
}

// replaced puts a column in the place of the first that is replaced and takes the others
// away.
func (r *Robustness) replaced(p Predicate, column string) Predicate {
	var columns []string
	for _, c := range p.Columns {
		if slices.Contains(r.Replaces, c) {
			c = column
		}
		if !slices.Contains(columns, c) {
			columns = append(columns, c)
		}
	}
	p.Columns = columns
	p.AtLeast = min(p.AtLeast, len(columns))
	return p
}

// meanCell is the mean of cells of one row, seed by seed, over the seeds that all have.
func (d drawn) meanCell(columns []string, row string) (seeds, *gap) {
	d.means = nil // the mean of one column has its name
	cells := make([]seeds, len(columns))
	for i, column := range columns {
		var gap *gap
		if cells[i], gap = d.cell(column, row); gap != nil {
			return seeds{}, gap
		}
	}
	out := seeds{each: cells[0].each}
	var values [][]float64
	out.seed, values = shared(cells...)
	if len(out.seed) == 0 {
		return seeds{}, &gap{Inconclusive, fmt.Sprintf("%s: the columns of the mean share no seed", row), true}
	}
	for s := range out.seed {
		sum := 0.0
		for c := range values {
			sum += values[c][s]
		}
		out.value = append(out.value, sum/float64(len(values)))
	}
	return out, nil
}
