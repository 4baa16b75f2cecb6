package report

// Second is the study of a second architecture at a preset: Table B.1 and Figure B.1.
// What it does not name is as for the first: images, objectives and downstream tasks.
type Second struct {
	Arch string `toml:"arch" json:"arch"` // name of the network: "inception"
	// Seeds is the number of networks per objective. With one of them Figure B.1, which
	// compares networks of different seeds, trains another.
	Seeds  int `toml:"seeds" json:"seeds"`
	Passes int `toml:"passes" json:"passes"` // over the training images
	// Regularisers is the number of values tried by a linear probe, between the bounds
	// of Probe.
	Regularisers int `toml:"regularisers" json:"regularisers"`
}

// ranges lists what the values may be.
func (s Second) ranges() []valueRange {
	return []valueRange{
		{"second.arch", `""`, s.Arch != "", `name a network: arch = "inception"`},
		whole("second.seeds", s.Seeds),
		whole("second.passes", s.Passes),
		whole("second.regularisers", s.Regularisers),
	}
}

// whole is a count that may not be 0.
func whole(key string, v int) valueRange {
	return valueRange{key, v, v >= 1, "write a whole number from 1 up"}
}
