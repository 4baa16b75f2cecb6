package report

import "fmt"

// Shifted is the images of the pretraining classes that networks were not trained
// for (Table C.2), and the networks that make and measure them.
type Shifted struct {
	// Reference is the network whose mistakes set "a" is made of, trained like all
	// others. Its seed, and that of the baseline, is one that no item evaluates.
	Reference Reference `toml:"reference"`
	// Baseline is the network that corruption errors are relative to: the reference's
	// objective and seed, trained for fewer passes (ShiftedSize.BaselinePasses).
	BaselineWhy string `toml:"baseline_why"`
	// Sets are the columns of the table in its order.
	Sets []ShiftedSet `toml:"set"`
}

// Reference is a network beside those that are evaluated.
type Reference struct {
	Objective string `toml:"objective" json:"objective"`
	Seed      int    `toml:"seed" json:"seed"`
}

// ShiftedSet is a set of images.
type ShiftedSet struct {
	ID    string `toml:"id"`    // "v2": a column of Table C.2
	Label string `toml:"label"` // "Fresh sample"
	What  string `toml:"what"`  // what the images are
	Plays string `toml:"plays"` // the paper's set in whose place it stands: "ImageNet-V2"
	Why   string `toml:"why"`   // why it stands there
	// Draw is the number of the random draw, so that no image is one of another set;
	// 0 for the images of the pretraining test set.
	Draw int `toml:"draw,optional"`
	// Nuisance overrides the nuisances of pretraining.
	Nuisance ShiftedNuisance `toml:"nuisance,optional"`
}

// ShiftedNuisance says how far everything about an image that is not its label may
// vary: 0 as in pretraining, −1 not at all.
type ShiftedNuisance struct {
	Position float64 `toml:"position,optional"`  // largest shift, in half image sides
	ScaleMin float64 `toml:"scale_min,optional"` // size of the character between this
	ScaleMax float64 `toml:"scale_max,optional"` // and this
	Rotation float64 `toml:"rotation,optional"`  // degrees either way
	Shear    float64 `toml:"shear,optional"`     // x per y, either way
	Contrast float64 `toml:"contrast,optional"`  // least difference of grey from the ground
	Textures int     `toml:"textures,optional"`  // of the ground, to draw from
	Clutter  float64 `toml:"clutter,optional"`   // probability of a second character at the border
	Noise    float64 `toml:"noise,optional"`     // largest standard deviation of the noise
}

// ShiftedSize says how many networks meet how many shifted images at a preset.
type ShiftedSize struct {
	Seeds              int `toml:"seeds" json:"seeds"`                               // networks per objective
	PerClass           int `toml:"per_class" json:"per_class"`                       // images per class of a set that is drawn
	PoolPerClass       int `toml:"pool_per_class" json:"pool_per_class"`             // images per class of which the reference's mistakes are kept
	CorruptionPerClass int `toml:"corruption_per_class" json:"corruption_per_class"` // test images per class that are corrupted
	BaselinePasses     int `toml:"baseline_passes" json:"baseline_passes"`           // passes the baseline network is trained for
}

// ranges of the values of a preset.
func (s ShiftedSize) ranges(p Preset) []valueRange {
	between := func(key string, v, low, high int) valueRange {
		return valueRange{"shifted." + key, v, v >= low && v <= high, fmt.Sprintf("write a whole number from %d to %d", low, high)}
	}
	const many = 1 << 20
	return []valueRange{
		between("seeds", s.Seeds, 1, p.Seeds), // networks of the main tables: no others are trained
		between("per_class", s.PerClass, 1, many),
		between("pool_per_class", s.PoolPerClass, 1, many),
		between("corruption_per_class", s.CorruptionPerClass, 1, p.Pretraining.TestPerClass),
		between("baseline_passes", s.BaselinePasses, 1, p.Schedule.Passes),
	}
}

// shifted checks Shifted; a manifest without any set is complete too.
func (c *checker) shifted() error {
	s := c.m.Shifted
	if len(s.Sets) == 0 {
		return nil
	}
	if err := c.unique("shifted.set", ids(s.Sets, func(s ShiftedSet) string { return s.ID })); err != nil {
		return err
	}
	objectives := ids(c.m.Objectives, func(o Objective) string { return o.ID })
	if err := c.known("shifted.reference.objective", "objective", s.Reference.Objective, objectives); err != nil {
		return err
	}
	for _, p := range c.m.Presets {
		if s.Reference.Seed <= p.Seeds {
			return c.t.fail("shifted.reference.seed", "seed is %d, and preset %q evaluates networks with seeds 1 to %d; write a seed above", s.Reference.Seed, p.ID, p.Seeds)
		}
	}
	return nil
}
