package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// At is the manifest as a preset sees it. A preset may have its own downstream tasks,
// other images and so other words for them, and items that its data cannot give. Rows,
// columns and claims are resolved anew for it; without any of that it is the manifest
// itself.
func (m *Manifest) At(preset string) (*Manifest, error) {
	p, err := m.Preset(preset)
	if err != nil {
		return nil, err
	}
	if m.preset == preset || !p.own() {
		return m, nil
	}
	t, err := parseTOML(m.file, m.Text)
	if err != nil {
		return nil, err
	}
	out, err := t.manifest(nil, m.Published, &p)
	if err != nil {
		return nil, err
	}
	out.Searched, out.searchText = m.Searched, m.searchText
	out.describeSearch()
	out.Digest, out.Dir, out.Text = m.Digest, m.Dir, m.Text
	return out, nil
}

// own says whether a preset sees a manifest of its own.
func (p Preset) own() bool {
	return len(p.Downstream) > 0 || len(p.Words) > 0 || p.StandIn != "" || p.Source != "" || len(p.Deviations) > 0 || p.AttributeTask != ""
}

// tasksOf are the downstream tasks of a preset: those it names, else all that need no
// data set to be fetched; the paper's data sets if its source has those.
func (c *checker) tasksOf(p *Preset) []Dataset {
	if p != nil && c.m.PaperSetting(*p) {
		return c.paperTasks()
	}
	var out []Dataset
	for _, d := range c.all {
		if p != nil && len(p.Downstream) > 0 {
			if contains(p.Downstream, d.ID) {
				out = append(out, d)
			}
		} else if d.Dataset == "" {
			out = append(out, d)
		}
	}
	return out
}

// narrow makes the manifest that of a preset, or of all presets that have nothing of
// their own.
func (c *checker) narrow(p *Preset) error {
	m := c.m
	c.all = m.Downstream
	m.Downstream = c.tasksOf(p)
	if p == nil {
		return nil
	}
	m.preset = p.ID
	if p.AttributeTask != "" {
		m.Attributes.Task = p.AttributeTask
	}
	if p.StandIn != "" {
		m.Paper.StandIn = p.StandIn
	}
	if len(p.Deviations) > 0 {
		m.Paper.Deviations = p.Deviations
	}
	if s, ok := m.Source(*p); ok {
		c.introduce(s)
	}
	return c.reword(*p)
}

// reword puts the preset's words into the texts about items and claims.
func (c *checker) reword(p Preset) error {
	used := make([]bool, len(p.Words))
	say := func(texts ...*string) {
		for _, text := range texts {
			for i, w := range p.Words {
				if len(w) == 2 && strings.Contains(*text, w[0]) {
					*text, used[i] = strings.ReplaceAll(*text, w[0], w[1]), true
				}
			}
		}
	}
	for i := range c.m.Items {
		item := &c.m.Items[i]
		say(&item.Shows, &item.StandIn)
		for j := range item.Differs {
			say(&item.Differs[j])
		}
		item.Differs = slices.DeleteFunc(item.Differs, func(s string) bool { return s == "" })
	}
	for i := range c.m.Claims {
		say(&c.m.Claims[i].Note)
	}
	for i, ok := range used {
		if !ok {
			return c.t.fail(fmt.Sprintf("preset.%s.words", p.ID), "no text has %q; write pairs [\"what the items say\", \"what this preset says\"]", p.Words[i])
		}
	}
	return nil
}

// presetLists checks what presets name beyond their sizes, and the sources.
func (c *checker) presetLists() error {
	all := ids(c.all, func(d Dataset) string { return d.ID })
	items := ids(c.m.Items, func(s ItemSpec) string { return s.ID })
	for _, p := range c.m.Presets {
		path := "preset." + p.ID
		for i, id := range p.Downstream {
			at := fmt.Sprintf("%s.downstream[%d]", path, i)
			if err := c.known(at, "downstream task", id, all); err != nil {
				return err
			}
			if contains(p.Downstream[:i], id) {
				return c.t.fail(at, "%q is in the list twice; take one out", id)
			}
		}
		if p.AttributeTask != "" {
			if err := c.known(path+".attribute_task", "downstream task", p.AttributeTask, all); err != nil {
				return err
			}
		}
		for _, id := range sortedKeys(p.Without) {
			if err := c.known(path+".without."+id, "item", id, items); err != nil {
				return err
			}
			if p.Without[id] == "" {
				return c.t.fail(path+".without."+id, "say why there is no %s at this preset", id)
			}
		}
	}
	return c.sources()
}

// absentTask is the error of a claim that speaks of a task which the preset does not
// have.
type absentTask struct{ id string }

func (e absentTask) Error() string { return "this preset has no task " + e.id }

// elsewhere says whether an ID is a task that the preset does not have.
func (c *checker) elsewhere(id string) bool {
	is := func(d Dataset) bool { return d.ID == id }
	return slices.ContainsFunc(c.all, is) && !slices.ContainsFunc(c.m.Downstream, is)
}

// without makes a claim one that cannot be judged at the preset, if that is what is
// wrong with it.
func (c *checker) without(claim *Claim, err error) error {
	var absent absentTask
	if !errors.As(err, &absent) {
		return err
	}
	label := absent.id
	for _, d := range c.all {
		if d.ID == absent.id {
			label = d.Label
		}
	}
	claim.Predicate, claim.All = Predicate{}, nil
	claim.Pending = fmt.Sprintf("It speaks of the task %s, which this preset does not have", label)
	return nil
}
