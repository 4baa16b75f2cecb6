package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// robustness checks the panels on what verdicts depend on, of which there may be none.
func (c *checker) robustness() error {
	r := &c.m.Robustness
	if len(r.Claims) == 0 {
		return nil
	}
	for i, panel := range r.panels() {
		path := "robustness"
		if i > 0 {
			path = fmt.Sprintf("robustness.also[%d]", i-1)
			if panel.Head == "" {
				return c.t.fail(path, "write what the choices of this panel are of: head = \"Distance\"")
			}
			if len(panel.Also) > 0 {
				return c.t.fail(path, "a panel below another one has none below itself; write [[robustness.also]]")
			}
		}
		if err := c.robustnessPanel(path, panel); err != nil {
			return err
		}
	}
	return nil
}

// robustnessPanel resolves the columns of the choices and refuses a claim that has none of
// the columns that are replaced.
func (c *checker) robustnessPanel(path string, r *Robustness) error {
	columns := func(path string, list []string) ([]string, error) {
		p := Predicate{Columns: list, Rows: []string{"@objectives"}}
		find := func(id string) *source {
			if t := c.table(id); t != nil {
				return &source{t.ID, t.Columns, t.Rows, t}
			}
			return nil
		}
		err := c.resolve(path, &p, find, c.tableIDs(), func(*source, string, bool) {})
		return p.Columns, err
	}
	var err error
	if r.Replaces, err = columns(path+".replaces", r.Replaces); err != nil {
		return err
	}
	known := ids(c.m.Claims, func(cl Claim) string { return cl.ID })
	for i, id := range r.Claims {
		at := fmt.Sprintf("%s.claims[%d]", path, i)
		if err := c.known(at, "claim", id, known); err != nil {
			return err
		}
		claim := &c.m.Claims[index(known, id)]
		if claim.Pending == "" && !slices.ContainsFunc(claim.columns(), func(column string) bool { return slices.Contains(r.Replaces, column) }) {
			return c.t.fail(at, "claim %s has none of the columns of %s.replaces; take it out or add its columns there", id, path)
		}
	}
	var choices []Choice
	for i, choice := range r.Choices {
		at := fmt.Sprintf("%s.choice[%d]", path, i)
		list, err := columns(at, choice.Columns)
		var absent absentTask
		if errors.As(err, &absent) {
			continue // nor is it a choice at this preset
		}
		if err != nil {
			return err
		}
		if (choice.Label == "") != choice.Each {
			return c.t.fail(at, "write a label, or each = true for a choice of every column, which has the column's name")
		}
		if !choice.Each {
			choice.Columns = list
			choices = append(choices, choice)
			continue
		}
		for _, column := range list {
			_, id, _ := strings.Cut(column, ".")
			choices = append(choices, Choice{Label: c.columnWords(id), Group: choice.Group, Columns: []string{column}})
		}
	}
	r.Choices = choices
	return nil
}

// columnWords are the words for a column of a manifest's table: a task's label, else its ID.
func (c *checker) columnWords(id string) string {
	for _, d := range c.m.Downstream {
		if d.ID == id {
			return d.Label
		}
	}
	return id
}
