package report

import "strings"

// Claim is a statement of the paper as a predicate over cells of tables: one
// predicate, several that all have to hold, or none yet.
type Claim struct {
	ID      string `toml:"id" json:"id"`           // "P6"
	Text    string `toml:"text" json:"text"`       // the paper's words in ours
	Section string `toml:"section" json:"section"` // of the paper, where it is made
	// Items are the tables and figures beside which the claim is shown.
	Items []string `toml:"items" json:"items"`
	// Family is the set of claims within which p-values are adjusted.
	Family string `toml:"family" json:"family"`
	Predicate
	// All are the predicates of a claim that has several; its own is then empty.
	All []Predicate `toml:"part,optional" json:"all,omitempty"`
	// Pending says why the claim cannot be judged yet. It is then on the board as
	// not run. Its predicates, if it has any, are over the published tables.
	Pending string `toml:"pending,optional" json:"pending,omitempty"`
	// Fragile says that rounding or chance alone could decide the claim already in
	// the paper; Note says why.
	Fragile bool   `toml:"fragile,optional" json:"fragile,omitempty"`
	Note    string `toml:"note,optional" json:"note,omitempty"` // a caveat a reader should know
}

// Predicate is what can be true or false of cells. Which fields it has depends on
// its kind.
type Predicate struct {
	// Kind names the predicate: a key of Kinds.
	Kind string `toml:"kind,optional" json:"kind,omitempty"`
	// Columns are what is compared, as "table.column".
	Columns []string   `toml:"columns,optional" json:"columns,omitempty"`
	Rows    []string   `toml:"rows,optional" json:"rows,omitempty"`     // row IDs
	Than    []string   `toml:"than,optional" json:"than,omitempty"`     // rows that the others are compared with
	Groups  [][]string `toml:"groups,optional" json:"groups,omitempty"` // kind cluster: rows that belong together
	// Sense is "increasing", "decreasing"; "positive", "negative"; "largest",
	// "smallest"; "above", "below".
	Sense string `toml:"sense,optional" json:"sense,omitempty"`
	// Margin is the largest difference that counts as none, in the columns' unit.
	Margin  float64 `toml:"margin,optional" json:"margin,omitempty"`
	Factor  float64 `toml:"factor,optional" json:"factor,omitempty"`     // how small is small beside something
	Bound   float64 `toml:"bound,optional" json:"bound,omitempty"`       // kind threshold, in the column's unit
	AtLeast int     `toml:"at_least,optional" json:"at_least,omitempty"` // kind best: columns that suffice
	// Majority asks for more than half of the columns, here and in the paper.
	Majority bool `toml:"majority,optional" json:"majority,omitempty"`
	// Reason says why margin, factor or bound has the value that it has: it was
	// chosen, not measured.
	Reason string `toml:"reason,optional" json:"reason,omitempty"`
	// PaperColumns, PaperRows and PaperThan are the cells of the published
	// tables on which the same predicate is evaluated; none if there are none.
	PaperColumns []string `toml:"-" json:"paper_columns,omitempty"`
	PaperRows    []string `toml:"-" json:"paper_rows,omitempty"`
	PaperThan    []string `toml:"-" json:"paper_than,omitempty"`
}

// columns are those of all its predicates.
func (c *Claim) columns() []string {
	var out []string
	for _, p := range c.predicates() {
		out = append(out, p.Columns...)
	}
	return out
}

// paperColumns are the published columns of all its predicates.
func (c *Claim) paperColumns() []string {
	var out []string
	for _, p := range c.predicates() {
		out = append(out, p.PaperColumns...)
	}
	return out
}

// predicates are the predicates that all have to hold; none for a claim that is
// pending without one.
func (c *Claim) predicates() []*Predicate {
	switch {
	case len(c.All) > 0:
		out := make([]*Predicate, len(c.All))
		for i := range c.All {
			out[i] = &c.All[i]
		}
		return out
	case c.Kind == "":
		return nil
	}
	return []*Predicate{&c.Predicate}
}

// remarks are what a reader should know beside the verdict: the note, and why margins,
// factors and bounds are what they are.
func (c *Claim) remarks() string {
	var out []string
	if c.Note != "" {
		out = append(out, sentence(c.Note))
	}
	for _, p := range c.predicates() {
		if p.Reason == "" {
			continue
		}
		var chosen []string
		for _, v := range []struct {
			name  string
			value float64
		}{{"margin", p.Margin}, {"factor", p.Factor}, {"bound", p.Bound}} {
			if v.value != 0 {
				chosen = append(chosen, "the "+v.name+" is "+number3(v.value))
			}
		}
		remark := sentence(strings.Join(chosen, ", ") + ": " + p.Reason)
		if !contains(out, remark) { // parts may share one
			out = append(out, remark)
		}
	}
	return strings.Join(out, " ")
}

// given says which of the optional parameters a predicate has.
func (p Predicate) given(key string) bool {
	switch key {
	case "than":
		return len(p.Than) > 0
	case "groups":
		return len(p.Groups) > 0
	case "sense":
		return p.Sense != ""
	case "margin":
		return p.Margin != 0
	case "factor":
		return p.Factor != 0
	case "bound":
		return p.Bound != 0
	case "at_least":
		return p.AtLeast != 0
	case "majority":
		return p.Majority
	}
	return false
}

// parameters are the keys that only some kinds have.
var parameters = []string{"than", "groups", "sense", "margin", "factor", "bound", "at_least", "majority"}

// check looks at the parameters of a predicate; key is empty if they are right,
// else the key at fault, with the mend.
func (p Predicate) check(k kind) (key, mend string) {
	chosen := false
	for _, key := range parameters {
		if p.given(key) && !contains(k.uses(), key) {
			return key, "a claim of kind " + p.Kind + " has none; take it out"
		}
		chosen = chosen || p.given(key) && contains([]string{"margin", "factor", "bound"}, key) && !(key == "factor" && p.Factor == 1)
	}
	switch {
	case len(p.Columns) == 0 || len(p.Rows) == 0:
		return "columns", "name at least one column and one row"
	case p.Margin < 0:
		return "margin", "write a difference of 0 or more"
	case p.Factor < 0:
		return "factor", "write a positive number"
	case chosen && p.Reason == "":
		return "reason", "say why the margin, factor or bound is what it is"
	case !chosen && p.Reason != "":
		return "reason", "there is no margin, factor or bound to give a reason for; take it out"
	case contains(k.uses(), "factor") && p.Factor == 0:
		return "factor", "say how small is small, like factor = 0.5"
	case p.AtLeast < 0 || p.AtLeast > len(p.Columns):
		return "at_least", "write a number from 1 to the number of columns"
	case p.AtLeast > 0 && p.Majority:
		return "majority", "at_least says how many columns; take one of the two out"
	}
	for _, r := range p.Than {
		if contains(p.Rows, r) && p.Kind != "spread" {
			return "than", `row "` + r + `" is among rows too; take it out of one`
		}
	}
	return k.check(p)
}
