package report

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
)

// checker holds the rules that types alone do not express. Each method checks one
// part of the manifest and returns the first mistake.
type checker struct {
	t   *manifestText
	m   *Manifest
	all []Dataset // the downstream tasks of all presets
	// plays are the data sets of the paper that stand in the place of tasks, see introduce.
	plays map[string]string
}

// unique refuses empty, malformed and repeated IDs.
func (c *checker) unique(list string, ids []string) error {
	seen := map[string]int{}
	for i, id := range ids {
		path := fmt.Sprintf("%s[%d].id", list, i)
		if !validID(id) {
			return c.t.fail(path, "id %q: use letters, digits, dots, dashes and underscores", id)
		}
		if first, ok := seen[id]; ok {
			line := c.t.lines[fmt.Sprintf("%s[%d].id", list, first)]
			return c.t.fail(path, "duplicate id %q, already used on line %d; give one of the two another id", id, line)
		}
		seen[id] = i
	}
	return nil
}

func validID(id string) bool {
	for i := range len(id) {
		if !bare(id[i]) && id[i] != '.' {
			return false
		}
	}
	return id != "" && id[0] != '-' && id[0] != '.'
}

// known refuses a reference to something that is not in the list.
func (c *checker) known(path, what, id string, ids []string) error {
	if contains(ids, id) {
		return nil
	}
	return c.t.fail(path, "unknown %s %q; %s", what, id, suggest(id, ids))
}

func ids[T any](list []T, id func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = id(v)
	}
	return out
}

func (c *checker) families() error {
	if err := c.unique("family", ids(c.m.Families, func(f Family) string { return f.ID })); err != nil {
		return err
	}
	for i, f := range c.m.Families {
		if !(f.Alpha > 0 && f.Alpha < 0.5) {
			return c.t.fail(fmt.Sprintf("family[%d].alpha", i), "alpha is %v; write an error rate between 0 and 0.5, like alpha = 0.05", f.Alpha)
		}
	}
	return nil
}

// measures are how accuracy on a data set can be measured.
var measures = []string{"top1", "mean_per_class"}

// datasets checks the paper's data sets and our downstream tasks.
func (c *checker) datasets() error {
	sets := ids(c.m.Paper.Datasets, func(d PaperDataset) string { return d.ID })
	if err := c.unique("paper.dataset", sets); err != nil {
		return err
	}
	for i, d := range c.m.Paper.Datasets {
		if d.Measure == "" && c.plays == nil {
			continue
		}
		if err := c.known(fmt.Sprintf("paper.dataset[%d].measure", i), "measure", d.Measure, measures); err != nil {
			return err
		}
	}
	if err := c.unique("downstream", ids(c.all, func(d Dataset) string { return d.ID })); err != nil {
		return err
	}
	for i, d := range c.all {
		path := fmt.Sprintf("downstream[%d]", i)
		if err := c.known(path+".measure", "measure", d.Measure, measures); err != nil {
			return err
		}
		for j, p := range d.Plays {
			if err := c.known(fmt.Sprintf("%s.plays[%d]", path, j), "data set of the paper", p, sets); err != nil {
				return err
			}
		}
	}
	return nil
}

// objectives checks that each preset gives exactly the hyper-parameters that the
// objective uses: a missing one would train with zero.
func (c *checker) objectives() error {
	if err := c.unique("objective", ids(c.m.Objectives, func(o Objective) string { return o.ID })); err != nil {
		return err
	}
	names := hyperNames()
	presets := ids(c.m.Presets, func(p Preset) string { return p.ID })
	for i, o := range c.m.Objectives {
		path := fmt.Sprintf("objective[%d]", i)
		if o.Equation < 0 || o.Equation > 9 {
			return c.t.fail(path+".equation", "equation is %d; the paper's objectives are equations 1 to 9, and another has no equation", o.Equation)
		}
		if _, published := at(c.t.root, "objective", i)["published"]; published != (o.Equation > 0) {
			return c.t.fail(path, "equation and published go together: an objective of the paper has both, another has neither")
		}
		for j, u := range o.Uses {
			if err := c.known(fmt.Sprintf("%s.uses[%d]", path, j), "hyper-parameter", u, names); err != nil {
				return err
			}
		}
		here := at(c.t.root, "objective", i)["here"].(map[string]any)
		for _, id := range c.t.keys(here, path+".here") {
			if err := c.known(path+".here."+id, "preset", id, presets); err != nil {
				return err
			}
		}
		for _, id := range presets {
			given, ok := here[id].(map[string]any)
			if !ok {
				return c.t.fail(path+".here", "preset %q has no hyper-parameters; write %s = { … }", id, id)
			}
			for _, key := range c.t.keys(given, path+".here."+id) {
				if !contains(o.Uses, key) {
					return c.t.fail(path+".here."+id+"."+key, "%s is not among the hyper-parameters it uses; add it to uses or take it out", key)
				}
			}
			for _, key := range o.Uses {
				if _, ok := given[key]; !ok {
					return c.t.fail(path+".here."+id, "preset %q gives no %s; write %s = { %s = … }", id, key, id, key)
				}
			}
		}
	}
	return nil
}

// at is entry i of an array of tables; decoding has checked its shape.
func at(root map[string]any, list string, i int) map[string]any {
	switch v := root[list].(type) {
	case []map[string]any:
		return v[i]
	case []any:
		return v[i].(map[string]any)
	}
	return nil
}

// hyperNames lists the keys of Hyper.
func hyperNames() []string {
	typ := reflect.TypeFor[Hyper]()
	var names []string
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("toml"), ",")
		names = append(names, name)
	}
	return names
}

func (c *checker) temperatures() error {
	s := c.m.Temperatures
	objectives := ids(c.m.Objectives, func(o Objective) string { return o.ID })
	if err := c.known("temperatures.objective", "objective", s.Objective, objectives); err != nil {
		return err
	}
	if err := c.unique("temperatures.row", ids(s.Rows, func(r Temperature) string { return r.ID })); err != nil {
		return err
	}
	last := 0.0
	for i, r := range s.Rows {
		if !(r.Tau > last) {
			return c.t.fail(fmt.Sprintf("temperatures.row[%d].tau", i), "tau is %v after %v; write positive temperatures in increasing order", r.Tau, last)
		}
		last = r.Tau
	}
	return nil
}

// items checks the entries, reads the published tables and resolves the rows and
// columns of the tables they promise.
func (c *checker) items(published fs.FS) error {
	if err := c.unique("item", ids(c.m.Items, func(s ItemSpec) string { return s.ID })); err != nil {
		return err
	}
	tables := map[string]string{}
	for i := range c.m.Items {
		item := &c.m.Items[i]
		path := fmt.Sprintf("item[%d]", i)
		if err := c.known(path+".kind", "kind", item.Kind, []string{KindTable, KindFigure}); err != nil {
			return err
		}
		if want := item.Kind + "-" + strings.ToLower(strings.ReplaceAll(item.Number, ".", "")); item.ID != want {
			return c.t.fail(path+".id", "id %q does not fit kind %q and number %q; write id = %q", item.ID, item.Kind, item.Number, want)
		}
		for j, id := range item.Published {
			if err := c.publish(published, fmt.Sprintf("%s.published[%d]", path, j), id); err != nil {
				return err
			}
		}
		for j := range item.Tables {
			s := &item.Tables[j]
			at := fmt.Sprintf("%s.table[%d]", path, j)
			if s.ID != item.ID && !strings.HasPrefix(s.ID, item.ID+"-") {
				return c.t.fail(at+".id", "id %q: the tables of %q are called %q or %q", s.ID, item.ID, item.ID, item.ID+"-…")
			}
			if other, ok := tables[s.ID]; ok {
				return c.t.fail(at+".id", "duplicate id %q, already a table of %q; give one of the two another id", s.ID, other)
			}
			tables[s.ID] = item.ID
			if s.Published != "" && !contains(item.Published, s.Published) {
				return c.t.fail(at+".published", "unknown published table %q; %s, or add it to the item's published", s.Published, suggest(s.Published, item.Published))
			}
			var err error
			if s.Rows, err = c.expand(at+".rows", s.Rows, c.groups()); err != nil {
				return err
			}
			if s.Columns, err = c.expand(at+".columns", s.Columns, c.groups()); err != nil {
				return err
			}
		}
	}
	return nil
}

// publish loads a published table once.
func (c *checker) publish(fsys fs.FS, path, id string) error {
	if _, ok := c.m.PublishedTable(id); ok {
		return nil
	}
	p, err := loadPublished(fsys, id, c.m.Paper.Datasets)
	if err != nil {
		return c.t.fail(path, "%v", err)
	}
	c.m.Published = append(c.m.Published, p)
	return nil
}
