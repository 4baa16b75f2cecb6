package report

import (
	"fmt"
	"strings"
)

// claims resolves the cells that each claim speaks of, refuses those that no
// table promises, and finds the same cells among the published values.
func (c *checker) claims() error {
	if err := c.unique("claim", ids(c.m.Claims, func(cl Claim) string { return cl.ID })); err != nil {
		return err
	}
	items := ids(c.m.Items, func(s ItemSpec) string { return s.ID })
	families := ids(c.m.Families, func(f Family) string { return f.ID })
	for i := range c.m.Claims {
		claim := &c.m.Claims[i]
		path := fmt.Sprintf("claim[%d]", i)
		for j, id := range claim.Items {
			if err := c.known(fmt.Sprintf("%s.items[%d]", path, j), "item", id, items); err != nil {
				return err
			}
		}
		if err := c.known(path+".family", "family", claim.Family, families); err != nil {
			return err
		}
		if err := c.predicates(path, claim); err != nil {
			if err = c.without(claim, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// predicates checks that a claim has one predicate or several, and their cells.
func (c *checker) predicates(path string, claim *Claim) error {
	own := claim.Kind != "" || len(claim.Columns) > 0 || len(claim.Rows) > 0
	switch {
	case own && len(claim.All) > 0:
		return c.t.fail(path, "it has a predicate of its own and [[claim.part]]; make its own one part too")
	case claim.Fragile && claim.Note == "":
		return c.t.fail(path+".fragile", "say in note why the claim is fragile")
	case !own && len(claim.All) == 0 && claim.Pending == "":
		return c.t.fail(path, "key \"kind\" is missing; write kind, columns and rows, or [[claim.part]], or pending = \"why it cannot be judged yet\"")
	}
	if own {
		return c.predicate(path, &claim.Predicate, claim.Pending != "")
	}
	for i := range claim.All {
		if err := c.predicate(fmt.Sprintf("%s.part[%d]", path, i), &claim.All[i], claim.Pending != ""); err != nil {
			return err
		}
	}
	return nil
}

// predicate resolves and checks one predicate. That of a pending claim is over
// published tables: they are all there is.
func (c *checker) predicate(path string, p *Predicate, pending bool) error {
	if p.Kind == "" {
		return c.t.fail(path, "key \"kind\" is missing; %s", suggest("", Kinds()))
	}
	if err := c.known(path+".kind", "kind of claim", p.Kind, Kinds()); err != nil {
		return err
	}
	resolve := c.cells
	if pending {
		resolve = c.published
	}
	if err := resolve(path, p); err != nil {
		return err
	}
	k := kinds[p.Kind]
	if key, mend := p.check(k); key != "" {
		return c.t.fail(path+"."+key, "%s: %s", key, mend)
	}
	if pending {
		p.PaperColumns, p.PaperRows, p.PaperThan = p.Columns, p.Rows, p.Than
		p.Columns, p.Rows, p.Than = nil, nil, nil
	}
	return nil
}

// source is a table whose columns and rows a predicate may name.
type source struct {
	id            string
	columns, rows []string
	spec          *TableSpec // nil for a published table
}

// cells resolves columns, rows and than of one predicate among the tables that the
// items promise, and finds its counterpart among the published values.
func (c *checker) cells(path string, p *Predicate) error {
	find := func(id string) *source {
		if t := c.table(id); t != nil {
			return &source{t.ID, t.Columns, t.Rows, t}
		}
		return nil
	}
	var paper []string
	complete := true // every column has published values
	err := c.resolve(path, p, find, c.tableIDs(), func(s *source, column string, without bool) {
		var ok bool
		if paper, ok = c.paperColumns(paper, *s.spec, column, without); !ok {
			complete = false
		}
	})
	if err == nil && complete {
		c.paperCells(p, paper)
	}
	return err
}

// published resolves the same among the published tables.
func (c *checker) published(path string, p *Predicate) error {
	find := func(id string) *source {
		if t, ok := c.m.PublishedTable(id); ok {
			return &source{t.ID, t.Columns, ids(t.Rows, func(r PublishedRow) string { return r.ID }), nil}
		}
		return nil
	}
	all := ids(c.m.Published, func(t PublishedTable) string { return t.ID })
	if err := c.resolve(path, p, find, all, func(*source, string, bool) {}); err != nil {
		return err
	}
	for _, full := range p.Columns {
		id, column, _ := strings.Cut(full, ".")
		t, _ := c.m.PublishedTable(id)
		for _, r := range append(append([]string(nil), p.Rows...), p.Than...) {
			if t.Cell(r, column) == nil {
				return c.t.fail(path+".columns", "published table %q has no value in row %q, column %q", id, r, column)
			}
		}
	}
	return nil
}

// resolve expands columns, rows and than; note is told of each column as written.
func (c *checker) resolve(path string, p *Predicate, find func(string) *source, known []string, note func(s *source, column string, without bool)) error {
	var tables []*source
	var columns []string
	groups := c.groups()
	groups["@objectives"] = c.paperObjectives(groups["@objectives"])
	for i, token := range p.Columns {
		at := fmt.Sprintf("%s.columns[%d]", path, i)
		name, without := strings.CutPrefix(token, "-")
		tableID, column, ok := strings.Cut(name, ".")
		if !ok {
			return c.t.fail(at, "%q does not name a column; write \"table.column\"", token)
		}
		s := find(tableID)
		if s == nil {
			return c.t.fail(at, "unknown table %q; %s", tableID, suggest(tableID, known))
		}
		tables = append(tables, s)
		if !contains(s.columns, column) {
			column = c.played(column)
		}
		group := []string{column}
		if g, ok := groups[column]; ok {
			group = g
		}
		for _, col := range group {
			if !contains(s.columns, col) && c.elsewhere(col) {
				if without {
					continue // there is nothing to take away
				}
				return absentTask{col}
			}
			if !contains(s.columns, col) {
				return c.t.fail(at, "table %q has no column %q; %s", tableID, col, suggest(col, s.columns))
			}
			full := tableID + "." + col
			switch j := index(columns, full); {
			case without && j < 0:
				return c.t.fail(at, "%q takes away what is not in the list before it", token)
			case without:
				columns = append(columns[:j:j], columns[j+1:]...)
			case j >= 0:
				return c.t.fail(at, "column %q is in the list twice; take one out", full)
			default:
				columns = append(columns, full)
			}
		}
		note(s, column, without)
	}
	if len(columns) == 0 {
		return c.t.fail(path+".columns", "is empty; name at least one \"table.column\"")
	}
	p.Columns = columns
	var err error
	p.Rows = c.playedRows(p.Rows, tables[0].rows)
	if p.Rows, err = c.expand(path+".rows", p.Rows, groups); err != nil {
		return err
	}
	if len(p.Than) > 0 {
		others := append([]string(nil), tables[0].rows...)
		for _, r := range p.Rows {
			if j := index(others, r); j >= 0 {
				others = append(others[:j:j], others[j+1:]...)
			}
		}
		groups["@others"] = c.paperObjectives(others)
		if p.Than, err = c.expand(path+".than", p.Than, groups); err != nil {
			return err
		}
	}
	for _, s := range tables {
		for _, r := range append(append([]string(nil), p.Rows...), p.Than...) {
			if !contains(s.rows, r) && c.elsewhere(r) {
				return absentTask{r}
			}
			if !contains(s.rows, r) {
				key := "rows"
				if !contains(p.Rows, r) {
					key = "than"
				}
				return c.t.fail(path+"."+key, "table %q has no row %q; %s", s.id, r, suggest(r, s.rows))
			}
		}
	}
	return nil
}

// paperColumns adds (or takes away) the published counterpart of a column. Our
// downstream tasks as a whole stand for the paper's data sets as a whole; single
// ones stand for those they play.
func (c *checker) paperColumns(columns []string, spec TableSpec, column string, without bool) ([]string, bool) {
	published, ok := c.m.PublishedTable(spec.Published)
	if !ok {
		return columns, false
	}
	names := []string{column}
	for _, d := range c.m.Downstream {
		if d.ID == column {
			names = d.Plays
		}
	}
	for _, a := range c.m.Attributes.Rows {
		if a.ID == column {
			names = []string{a.Plays}
		}
	}
	if column == "@attributes" {
		names = ids(c.m.Attributes.Rows, func(a Attribute) string { return a.Plays })
	}
	if column == "@downstream" {
		names = c.groups()["@datasets"]
	}
	for _, name := range names {
		full := published.ID + "." + name
		j := index(columns, full)
		switch {
		case !published.HasColumn(name):
			return columns, false
		case without && j >= 0:
			columns = append(columns[:j:j], columns[j+1:]...)
		case !without && j < 0:
			columns = append(columns, full)
		}
	}
	return columns, len(names) > 0
}

// paperCells sets the published cells of a predicate if all of them are known. A
// temperature, or a downstream task as a row, stands for the ones that it plays.
func (c *checker) paperCells(p *Predicate, columns []string) {
	translate := func(rows []string) (out []string) {
		for _, r := range rows {
			plays := []string{r}
			for _, t := range c.m.Temperatures.Rows {
				if t.ID == r {
					plays = []string{t.Plays}
				}
			}
			for _, d := range c.m.Downstream {
				if d.ID == r {
					plays = d.Plays
				}
			}
			for _, name := range plays {
				if !contains(out, name) {
					out = append(out, name)
				}
			}
		}
		return out
	}
	rows, than := translate(p.Rows), translate(p.Than)
	for _, full := range columns {
		id, column, _ := strings.Cut(full, ".")
		published, _ := c.m.PublishedTable(id)
		for _, r := range append(append([]string(nil), rows...), than...) {
			if published.Cell(r, column) == nil {
				return
			}
		}
	}
	p.PaperColumns, p.PaperRows, p.PaperThan = columns, rows, than
}

func (c *checker) table(id string) *TableSpec {
	for i := range c.m.Items {
		for j := range c.m.Items[i].Tables {
			if t := &c.m.Items[i].Tables[j]; t.ID == id {
				return t
			}
		}
	}
	return nil
}

func (c *checker) tableIDs() []string {
	var out []string
	for _, item := range c.m.Items {
		for _, t := range item.Tables {
			out = append(out, t.ID)
		}
	}
	return out
}
