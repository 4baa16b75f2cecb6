package report

import "fmt"

// Combinations is Table C.4: objectives, each with the regulariser or the normalisation
// of another one added.
type Combinations struct {
	// Columns are objectives. The first adds nothing to what is added to it: its column
	// holds the objectives of the rows alone.
	Columns []string      `toml:"columns" json:"columns"`
	Rows    []Combination `toml:"row" json:"rows"`
	Note    string        `toml:"note" json:"note"` // why these strengths
}

// Combination is one row: what is added, and how much of it.
type Combination struct {
	ID   string `toml:"id" json:"id"`     // "logit_penalty_0.1"
	Adds string `toml:"adds" json:"adds"` // the objective whose regulariser or normalisation is added
	// Times is the strength beside that of the objective alone, at the size of the
	// networks: a factor on β or τ, and on the share of features that dropout drops.
	Times float64 `toml:"times" json:"times"`
}

// CombinationRuns says what of Table C.4 is trained at a preset.
type CombinationRuns struct {
	Size  string   `toml:"size" json:"size"`   // the preset whose images, passes and hyper-parameters it has
	Seeds int      `toml:"seeds" json:"seeds"` // networks per cell
	Rows  []string `toml:"rows" json:"rows"`   // the rows that are trained, with @groups resolved
}

// combinations checks the rows and columns, and what each preset trains of them.
func (c *checker) combinations() error {
	s := &c.m.Combinations
	for i, id := range s.Columns {
		if err := c.known(fmt.Sprintf("combinations.columns[%d]", i), "objective", id, c.objectiveIDs()); err != nil {
			return err
		}
	}
	rows := ids(s.Rows, func(r Combination) string { return r.ID })
	if err := c.unique("combinations.row", rows); err != nil {
		return err
	}
	for i, r := range s.Rows {
		path := fmt.Sprintf("combinations.row[%d]", i)
		if err := c.known(path+".adds", "objective", r.Adds, c.objectiveIDs()); err != nil {
			return err
		}
		added, _ := c.m.Objective(r.Adds)
		if len(added.Uses) != 1 || !contains([]string{"keep", "beta", "tau"}, added.Uses[0]) {
			return c.t.fail(path+".adds", "%s has no strength to vary; name an objective that uses keep, beta or tau alone", r.Adds)
		}
		if !(r.Times > 0 && r.Times < 1000) {
			return c.t.fail(path+".times", "times is %v; write a positive factor", r.Times)
		}
	}
	for i := range c.m.Presets {
		p := &c.m.Presets[i]
		path := "preset." + p.ID + ".combinations"
		if err := c.size(path, p.Combinations.Size); err != nil {
			return err
		}
		if len(p.Combinations.Rows) == 0 {
			continue // nothing but the baselines
		}
		var err error
		if p.Combinations.Rows, err = c.expand(path+".rows", p.Combinations.Rows, c.groups()); err != nil {
			return err
		}
		for j, id := range p.Combinations.Rows {
			if !contains(rows, id) {
				return c.t.fail(path+".rows", "entry %d: unknown row %q of [combinations]; %s", j+1, id, suggest(id, rows))
			}
		}
	}
	return nil
}

// size checks the name of a preset whose size networks have.
func (c *checker) size(path, id string) error {
	return c.known(path+".size", "preset", id, ids(c.m.Presets, func(p Preset) string { return p.ID }))
}

func (c *checker) objectiveIDs() []string {
	return ids(c.m.Objectives, func(o Objective) string { return o.ID })
}

// ranges lists what the values may be.
func (r CombinationRuns) ranges() []valueRange {
	return []valueRange{whole("combinations.seeds", r.Seeds)}
}
