package report

import (
	"fmt"
	"reflect"
	"strings"
)

// SearchSpec is [search]: which hyper-parameters are tried for every objective, on
// which networks. It is written down before anything is trained; the choice follows
// from it by ChooseSetting and Extension alone.
type SearchSpec struct {
	Preset string `toml:"preset" json:"preset"` // whose size the networks have
	// Seeds of the networks: none that an item uses, so that what is reported has no
	// part in the choice.
	Seeds      []int             `toml:"seeds" json:"seeds"`
	Objectives []SearchObjective `toml:"objective" json:"objectives"`
}

// SearchObjective is the space of one objective.
type SearchObjective struct {
	ID string `toml:"id" json:"id"` // of the objective
	// Seeds in place of those of all, where a setting is tried on fewer networks
	// because there are more settings.
	Seeds []int `toml:"seeds,optional" json:"seeds,omitempty"`
	// Grid has the values of each hyper-parameter; every combination is tried.
	Grid HyperGrid `toml:"grid" json:"grid"`
	// Below and Above are tried too if the choice from the grid has its lowest or
	// highest value: of that hyper-parameter alone, the others as chosen.
	Below HyperGrid `toml:"below,optional" json:"below"`
	Above HyperGrid `toml:"above,optional" json:"above"`
	Note  string    `toml:"note,optional" json:"note,omitempty"` // why this space
}

// HyperGrid holds lists of values under the names of Hyper.
type HyperGrid struct {
	Alpha       []float64 `toml:"alpha,optional" json:"alpha,omitempty"`
	Keep        []float64 `toml:"keep,optional" json:"keep,omitempty"`
	LambdaFinal []float64 `toml:"lambda_final,optional" json:"lambda_final,omitempty"`
	Beta        []float64 `toml:"beta,optional" json:"beta,omitempty"`
	Tau         []float64 `toml:"tau,optional" json:"tau,omitempty"`
	Kappa       []float64 `toml:"kappa,optional" json:"kappa,omitempty"`
	M           []float64 `toml:"m,optional" json:"m,omitempty"`
	LossScale   []float64 `toml:"loss_scale,optional" json:"loss_scale,omitempty"`
	ClipNorm    []float64 `toml:"clip_norm,optional" json:"clip_norm,omitempty"`
}

// parameters pairs the lists of a grid with the hyper-parameters of the same name.
// The two types have the same fields in the same order, which a test holds.
func (g HyperGrid) parameters() []parameter {
	v, h := reflect.ValueOf(g), reflect.TypeFor[Hyper]()
	var all []parameter
	for i := range v.NumField() {
		name, _, _ := strings.Cut(h.Field(i).Tag.Get("toml"), ",")
		all = append(all, parameter{name, v.Field(i).Interface().([]float64), i})
	}
	return all
}

// parameter is the values of one hyper-parameter.
type parameter struct {
	name   string // "lambda_final"
	values []float64
	field  int // of Hyper
}

func (p parameter) of(h Hyper) float64 { return reflect.ValueOf(h).Field(p.field).Float() }

func (p parameter) set(h *Hyper, v float64) { reflect.ValueOf(h).Elem().Field(p.field).SetFloat(v) }

// Settings are the combinations of a grid, the last hyper-parameter fastest. A grid
// without values has none.
func (g HyperGrid) Settings() []Hyper {
	settings, empty := []Hyper{{}}, true
	for _, p := range g.parameters() {
		if len(p.values) == 0 {
			continue
		}
		empty = false
		var more []Hyper
		for _, h := range settings {
			for _, v := range p.values {
				p.set(&h, v)
				more = append(more, h)
			}
		}
		settings = more
	}
	if empty {
		return nil
	}
	return settings
}

// objective returns the space of an objective.
func (s SearchSpec) objective(id string) (o SearchObjective, ok bool) {
	for _, o := range s.Objectives {
		if o.ID == id {
			return o, true
		}
	}
	return o, false
}

// search checks that every objective has a space for exactly what it uses, in
// increasing order, and that no preset uses the seeds.
func (c *checker) search() error {
	s := c.m.Search
	if _, ok := c.t.root["search"]; !ok {
		return nil
	}
	presets := ids(c.m.Presets, func(p Preset) string { return p.ID })
	if err := c.known("search.preset", "preset", s.Preset, presets); err != nil {
		return err
	}
	if err := c.searchSeeds("search.seeds", s.Seeds); err != nil {
		return err
	}
	if err := c.unique("search.objective", ids(s.Objectives, func(o SearchObjective) string { return o.ID })); err != nil {
		return err
	}
	objectives := ids(c.m.Objectives, func(o Objective) string { return o.ID })
	searched := map[string]bool{}
	for i, o := range s.Objectives {
		path := fmt.Sprintf("search.objective[%d]", i)
		if err := c.known(path+".id", "objective", o.ID, objectives); err != nil {
			return err
		}
		searched[o.ID] = true
		if o.Seeds != nil {
			if err := c.searchSeeds(path+".seeds", o.Seeds); err != nil {
				return err
			}
		}
		if err := c.searchGrid(path, o); err != nil {
			return err
		}
	}
	for _, o := range c.m.Objectives {
		if len(o.Uses) > 0 && !searched[o.ID] {
			return c.t.fail("search", "objective %q has hyper-parameters and no space to search; write a [[search.objective]] for it", o.ID)
		}
	}
	return nil
}

func (c *checker) searchSeeds(path string, seeds []int) error {
	if len(seeds) == 0 {
		return c.t.fail(path, "is empty; name at least one seed")
	}
	for i, seed := range seeds {
		if i > 0 && seed <= seeds[i-1] {
			return c.t.fail(path, "seed %d after %d; write them in increasing order", seed, seeds[i-1])
		}
		for _, p := range c.m.Presets {
			if seed <= p.Seeds {
				return c.t.fail(path, "seed %d is one of the networks of preset %q; take seeds that no item uses, from %d up", seed, p.ID, p.Seeds+1)
			}
		}
	}
	return nil
}

// searchGrid checks the space of one objective: the grid has the hyper-parameters
// that the objective uses, and what lies beyond it is beyond it.
func (c *checker) searchGrid(path string, o SearchObjective) error {
	objective, _ := c.m.Objective(o.ID)
	below, above := o.Below.parameters(), o.Above.parameters()
	for i, p := range o.Grid.parameters() {
		used := contains(objective.Uses, p.name)
		if used != (len(p.values) > 0) {
			if used {
				return c.t.fail(path+".grid", "no values for %s, which %s uses; write %s = […]", p.name, o.ID, p.name)
			}
			return c.t.fail(path+".grid."+p.name, "%s is not among the hyper-parameters %s uses; take it out", p.name, o.ID)
		}
		if !used && len(below[i].values)+len(above[i].values) > 0 {
			return c.t.fail(path, "values of %s beyond a grid that has none; take them out", p.name)
		}
		all := append(append(append([]float64(nil), below[i].values...), p.values...), above[i].values...)
		for j, v := range all {
			if !(v > 0) || j > 0 && !(v > all[j-1]) {
				return c.t.fail(path, "values of %s from below to above: %v; write positive numbers in increasing order", p.name, all)
			}
		}
	}
	return nil
}
