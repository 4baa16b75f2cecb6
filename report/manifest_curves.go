package report

import (
	"fmt"
	"slices"
)

// Curves says which networks are looked at while they train.
type Curves struct {
	// Seeds is the number of networks per objective, with seeds 1 … Seeds.
	Seeds       int `toml:"seeds" json:"seeds"`
	PerClass    int `toml:"per_class" json:"per_class"`     // validation images per class for accuracy after every pass
	Checkpoints int `toml:"checkpoints" json:"checkpoints"` // passes after which the weights are kept, beside the last
}

// Dynamics says what is measured on those checkpoints.
type Dynamics struct {
	// PerClass is the training images and the validation images per class on which
	// class separation is measured (Figure E.4).
	PerClass int `toml:"per_class" json:"per_class"`
	// Tasks are the downstream tasks that a linear probe is fitted for during training
	// (Figure D.2), Passes the checkpoints it is fitted on; the end is always there.
	Tasks  []string `toml:"tasks" json:"tasks"`
	Passes []int    `toml:"passes" json:"passes"`
	Seeds  int      `toml:"seeds" json:"seeds"` // networks per objective that are probed
}

// ranges of the values of a preset.
func (c Curves) ranges(p Preset) []valueRange {
	return []valueRange{
		wholeFrom("curves.seeds", c.Seeds, 1, p.Seeds),
		wholeFrom("curves.per_class", c.PerClass, 1, p.Pretraining.ValidationPerClass),
		wholeFrom("curves.checkpoints", c.Checkpoints, 0, p.Schedule.Passes-1),
	}
}

func (d Dynamics) ranges(p Preset) []valueRange {
	ascending, last := true, 0
	for _, pass := range d.Passes {
		ascending, last = ascending && pass > last && pass < p.Schedule.Passes, pass
	}
	return []valueRange{
		wholeFrom("dynamics.per_class", d.PerClass, 1, min(p.Pretraining.PerClass, p.Pretraining.ValidationPerClass)),
		{"dynamics.tasks", d.Tasks, len(d.Tasks) > 0, "name at least one downstream task"},
		{"dynamics.passes", d.Passes, ascending, fmt.Sprintf("write passes that have a checkpoint, in order and before the last, which is %d", p.Schedule.Passes)},
		wholeFrom("dynamics.seeds", d.Seeds, 1, p.Curves.Seeds),
	}
}

func wholeFrom(key string, v, low, high int) valueRange {
	return valueRange{key, v, v >= low && v <= high, fmt.Sprintf("write a whole number from %d to %d", low, high)}
}

// dynamics checks the names of the tasks of every preset.
func (c *checker) dynamics() error {
	for _, p := range c.m.Presets {
		known := ids(c.tasksOf(&p), func(d Dataset) string { return d.ID })
		for i, id := range p.Dynamics.Tasks {
			at := fmt.Sprintf("preset.%s.dynamics.tasks[%d]", p.ID, i)
			if err := c.known(at, "downstream task", id, known); err != nil {
				return err
			}
			if slices.Contains(p.Dynamics.Tasks[:i], id) {
				return c.t.fail(at, "%q is in the list twice; take one out", id)
			}
		}
	}
	return nil
}
