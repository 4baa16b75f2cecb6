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
		if err := c.known(path+".kind", "kind of claim", claim.Kind, Kinds()); err != nil {
			return err
		}
		if err := c.cells(path, claim); err != nil {
			return err
		}
		if key, mend := kinds[claim.Kind].check(*claim); key != "" {
			return c.t.fail(path+"."+key, "%s: %s", key, mend)
		}
	}
	return nil
}

// cells resolves columns, rows and than of one claim.
func (c *checker) cells(path string, claim *Claim) error {
	var tables []*TableSpec
	var columns, paper []string
	complete := true // every column has published values
	for i, token := range claim.Columns {
		at := fmt.Sprintf("%s.columns[%d]", path, i)
		name, without := strings.CutPrefix(token, "-")
		tableID, column, ok := strings.Cut(name, ".")
		if !ok {
			return c.t.fail(at, "%q does not name a column; write \"table.column\"", token)
		}
		spec := c.table(tableID)
		if spec == nil {
			return c.t.fail(at, "unknown table %q; %s", tableID, suggest(tableID, c.tableIDs()))
		}
		tables = append(tables, spec)
		group := []string{column}
		if column == "@downstream" {
			group = c.groups()[column]
		}
		for _, col := range group {
			if !contains(spec.Columns, col) {
				return c.t.fail(at, "table %q has no column %q; %s", tableID, col, suggest(col, spec.Columns))
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
		if paper, ok = c.paperColumns(paper, *spec, column, without); !ok {
			complete = false
		}
	}
	if len(columns) == 0 {
		return c.t.fail(path+".columns", "is empty; name at least one \"table.column\"")
	}
	claim.Columns = columns

	groups := c.groups()
	var err error
	if claim.Rows, err = c.expand(path+".rows", claim.Rows, groups); err != nil {
		return err
	}
	if len(claim.Than) > 0 {
		others := append([]string(nil), tables[0].Rows...)
		for _, r := range claim.Rows {
			if j := index(others, r); j >= 0 {
				others = append(others[:j:j], others[j+1:]...)
			}
		}
		groups["@others"] = others
		if claim.Than, err = c.expand(path+".than", claim.Than, groups); err != nil {
			return err
		}
	}
	for _, spec := range tables {
		for _, r := range append(append([]string(nil), claim.Rows...), claim.Than...) {
			if !contains(spec.Rows, r) {
				key := "rows"
				if !contains(claim.Rows, r) {
					key = "than"
				}
				return c.t.fail(path+"."+key, "table %q has no row %q; %s", spec.ID, r, suggest(r, spec.Rows))
			}
		}
	}
	if complete {
		c.paperCells(claim, paper)
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

// paperCells sets the published cells of a claim if all of them are known.
func (c *checker) paperCells(claim *Claim, columns []string) {
	translate := func(rows []string) []string {
		out := append([]string(nil), rows...)
		for i, r := range rows {
			for _, t := range c.m.Temperatures.Rows {
				if t.ID == r {
					out[i] = t.Plays
				}
			}
		}
		return out
	}
	rows, than := translate(claim.Rows), translate(claim.Than)
	for _, full := range columns {
		id, column, _ := strings.Cut(full, ".")
		published, _ := c.m.PublishedTable(id)
		for _, r := range append(append([]string(nil), rows...), than...) {
			if published.Cell(r, column) == nil {
				return
			}
		}
	}
	claim.PaperColumns, claim.PaperRows, claim.PaperThan = columns, rows, than
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
