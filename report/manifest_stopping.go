package report

// Stopping says with which runs the pass is sought at which training would best be
// stopped (Table A.1): runs of their own, under the paper's exponential decay, since
// under the cosine that the networks of the other tables follow the last pass is
// trivially the best.
type Stopping struct {
	Seeds         int `toml:"seeds" json:"seeds"`
	Passes        int `toml:"passes" json:"passes"`                   // that are looked at
	TrainPerClass int `toml:"train_per_class" json:"train_per_class"` // training images per class
	// DecayPerPass is the factor on the learning rate after each pass beyond the
	// warm-up. The paper's is 0.975 per epoch.
	DecayPerPass float64 `toml:"decay_per_pass" json:"decay_per_pass"`
	PerClass     int     `toml:"per_class" json:"per_class"` // validation images per class, after every pass
}

// ranges lists what the values may be.
func (s Stopping) ranges() []valueRange {
	atLeast := func(key string, v int) valueRange {
		return valueRange{"stopping." + key, v, v >= 1, "write a whole number from 1 up"}
	}
	return []valueRange{
		atLeast("seeds", s.Seeds), atLeast("passes", s.Passes), atLeast("train_per_class", s.TrainPerClass), atLeast("per_class", s.PerClass),
		{"stopping.decay_per_pass", s.DecayPerPass, s.DecayPerPass > 0 && s.DecayPerPass < 1, "write a number between 0 and 1"},
	}
}
