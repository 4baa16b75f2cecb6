package report

import "fmt"

// Augmentation is Tables C.5, C.6 and E.3: training images changed by a policy, or mixed
// in pairs.
type Augmentation struct {
	Objectives []string `toml:"objectives" json:"objectives"` // rows of Tables C.5 and E.3
	// Mixed are the objectives that Table C.6 trains with Mixup, too.
	Mixed []string `toml:"mixed" json:"mixed"`
	Mixup float64  `toml:"mixup" json:"mixup"` // α of the Beta distribution of shares
	Note  string   `toml:"note" json:"note"`   // why that α
}

// AugmentationRuns says what of Tables C.5 and E.3 is trained at a preset.
type AugmentationRuns struct {
	Size  string `toml:"size" json:"size"`   // the preset whose images, passes and hyper-parameters it has
	Seeds int    `toml:"seeds" json:"seeds"` // networks per objective and augmentation
}

// LongerRuns says what of Table C.6 is trained at a preset.
type LongerRuns struct {
	Size   string  `toml:"size" json:"size"`     // the preset whose images and hyper-parameters it has
	Seeds  int     `toml:"seeds" json:"seeds"`   // networks per row
	Factor float64 `toml:"factor" json:"factor"` // on the passes of that preset
}

// augmentation checks the objectives and the sizes.
func (c *checker) augmentation() error {
	for _, l := range []struct {
		key  string
		list []string
	}{{"objectives", c.m.Augmentation.Objectives}, {"mixed", c.m.Augmentation.Mixed}} {
		for i, id := range l.list {
			if err := c.known(fmt.Sprintf("augmentation.%s[%d]", l.key, i), "objective", id, c.objectiveIDs()); err != nil {
				return err
			}
		}
	}
	if a := c.m.Augmentation.Mixup; len(c.m.Augmentation.Objectives) > 0 && !(a > 0 && a <= 10) {
		return c.t.fail("augmentation.mixup", "mixup is %v; write the α of a Beta distribution, above 0 and at most 10", a)
	}
	for _, p := range c.m.Presets {
		if err := c.size("preset."+p.ID+".augmentation", p.Augmentation.Size); err != nil {
			return err
		}
		if err := c.size("preset."+p.ID+".longer", p.Longer.Size); err != nil {
			return err
		}
	}
	return nil
}

// ranges lists what the values may be.
func (r AugmentationRuns) ranges() []valueRange {
	return []valueRange{whole("augmentation.seeds", r.Seeds)}
}

func (r LongerRuns) ranges() []valueRange {
	return []valueRange{
		whole("longer.seeds", r.Seeds),
		{"longer.factor", r.Factor, r.Factor >= 1 && r.Factor <= 100, "write a factor from 1 to 100"},
	}
}
