package report

import "fmt"

// checkReport finds what no renderer could show truthfully. Figures are checked where
// they are drawn.
func checkReport(r *Report) error {
	// Anchors of the page's own parts.
	seen := map[string]bool{"report": true, "verdicts": true, "differs": true, "set-up": true, "method": true, "robustness": true, "report-json": true}
	unique := func(id, suffix string) error {
		if id == "" {
			return fmt.Errorf("an item, table or figure without an ID")
		}
		a := anchor(id) + suffix
		if seen[a] {
			return fmt.Errorf("the ID %q is taken: another one gives the same anchor %q on the page", id, a)
		}
		seen[a] = true
		return nil
	}
	for i := range r.Items {
		it := &r.Items[i]
		if err := unique(it.ID, ""); err != nil {
			return err
		}
		for name, v := range it.Values {
			if !isFinite(v) {
				return fmt.Errorf("item %q: value %q is not finite", it.ID, name)
			}
		}
		for _, a := range it.Artifacts {
			if err := checkArtifact(a, unique); err != nil {
				return fmt.Errorf("item %q: %w", it.ID, err)
			}
		}
	}
	for i := range r.Claims {
		if err := unique("claim-"+r.Claims[i].ID, ""); err != nil {
			return err
		}
		if !r.Claims[i].Verdict.Valid() {
			return fmt.Errorf("claim %q has no verdict", r.Claims[i].ID)
		}
	}
	for i, b := range r.Robustness.panels() {
		if err := checkRobustness(b); err != nil {
			return err
		}
		if i > 0 {
			if err := unique(fmt.Sprintf("robustness-%d", i+1), ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkRobustness(b *Robustness) error {
	if len(b.Claims) == 0 {
		return fmt.Errorf("robustness of no claims")
	}
	for _, c := range b.Choices {
		if len(c.Verdicts) != len(b.Claims) {
			return fmt.Errorf("robustness, choice %q: %d verdicts on %d claims", c.Label, len(c.Verdicts), len(b.Claims))
		}
		for _, u := range c.Verdicts {
			if !u.Verdict.Valid() {
				return fmt.Errorf("robustness, choice %q: no verdict", c.Label)
			}
		}
	}
	return nil
}

func checkArtifact(a Artifact, unique func(id, suffix string) error) error {
	switch {
	case a.Table != nil && a.Figure == nil:
		if err := unique(a.Table.ID, "-data"); err != nil {
			return err
		}
		return checkTable(a.Table)
	case a.Figure != nil && a.Table == nil:
		return unique(a.Figure.ID, "-data")
	}
	return fmt.Errorf("an artifact is one table or one figure")
}

func checkTable(t *Table) error {
	for i := range t.Rows {
		row := &t.Rows[i]
		if len(row.Cells) != len(t.Columns) {
			return fmt.Errorf("table %q, row %q: %d cells for %d columns", t.ID, row.ID, len(row.Cells), len(t.Columns))
		}
		for j := range row.Cells {
			if err := checkCell(&row.Cells[j]); err != nil {
				return fmt.Errorf("table %q, row %q, column %q: %w", t.ID, row.ID, t.Columns[j].ID, err)
			}
		}
	}
	return nil
}

func checkCell(c *Cell) error {
	if s := c.Summary; s != nil && (!isFinite(s.Mean) || s.Half != nil && !isFinite(*s.Half)) {
		return fmt.Errorf("the summary is not finite; a run without a value has to be missing")
	}
	if p := c.Published; p != nil && (!isFinite(p.Value) || p.PM != nil && !isFinite(*p.PM)) {
		return fmt.Errorf("the published value is not finite")
	}
	for _, s := range c.Samples {
		if s.Value != nil && !plausible(*s.Value) {
			return fmt.Errorf("the sample of seed %d is %v; what is not finite has to be missing, with a note", s.Seed, *s.Value)
		}
	}
	return nil
}
