package report

import "fmt"

// FineTuning says how far networks are fine-tuned at a preset (Table 2, Figure D.3).
// The paper fine-tunes for 20,000 steps, chooses of 8 learning rates and, for each, of 8
// weight decays and none by 3 networks, and measures 3.
type FineTuning struct {
	Networks int `toml:"networks" json:"networks"` // per objective and task, seeds 1 … Networks
	// ChosenOn is how many networks are tried with every learning rate and weight decay.
	ChosenOn int `toml:"chosen_on" json:"chosen_on"`
	// Train and Test are images per task, of those that the linear probe has. The same
	// fraction of Train as there is the validation split.
	Train  int `toml:"train" json:"train"`
	Test   int `toml:"test" json:"test"`
	Passes int `toml:"passes" json:"passes"`
	Batch  int `toml:"batch" json:"batch"`
	// Rates learning rates, spaced evenly in the logarithm from 10^RateLow to
	// 10^RateHigh.
	Rates    int     `toml:"rates" json:"rates"`
	RateLow  float64 `toml:"rate_low" json:"rate_low"`
	RateHigh float64 `toml:"rate_high" json:"rate_high"`
	// Decays weight decays besides none, spaced like the rates. They are divided by
	// the learning rate before they are applied.
	Decays    int     `toml:"decays" json:"decays"`
	DecayLow  float64 `toml:"decay_low" json:"decay_low"`
	DecayHigh float64 `toml:"decay_high" json:"decay_high"`
	// SimilarityImages test images of a task, in minibatches of Minibatch, are what
	// layers are compared on before and after.
	SimilarityImages int `toml:"similarity_images" json:"similarity_images"`
	Minibatch        int `toml:"minibatch" json:"minibatch"`
}

// ranges of the values of a preset.
func (f FineTuning) ranges(p Preset) []valueRange {
	between := func(key string, v, low, high int) valueRange {
		return valueRange{"fine_tuning." + key, v, v >= low && v <= high, fmt.Sprintf("write a whole number from %d to %d", low, high)}
	}
	power := func(key string, v float64) valueRange {
		return valueRange{"fine_tuning." + key, v, v >= -12 && v <= 3, "write an exponent of ten from -12 to 3"}
	}
	above := func(key, than string, n int, low, high float64) valueRange {
		return valueRange{"fine_tuning." + key, high, n < 2 || high > low, "write a number above " + than}
	}
	const many = 1 << 20
	return []valueRange{
		between("networks", f.Networks, 1, p.Seeds), // those of the main tables: no others are trained
		between("chosen_on", f.ChosenOn, 1, p.Seeds),
		between("train", f.Train, 2, p.Transfer.Train),
		between("test", f.Test, 1, p.Transfer.Test),
		between("passes", f.Passes, 1, many),
		between("batch", f.Batch, 2, many), // batch normalisation needs two
		between("rates", f.Rates, 1, many),
		power("rate_low", f.RateLow), power("rate_high", f.RateHigh), above("rate_high", "rate_low", f.Rates, f.RateLow, f.RateHigh),
		between("decays", f.Decays, 0, many),
		power("decay_low", f.DecayLow), power("decay_high", f.DecayHigh), above("decay_high", "decay_low", f.Decays, f.DecayLow, f.DecayHigh),
		between("minibatch", f.Minibatch, 4, many), // HSIC₁ needs four images
		between("similarity_images", f.SimilarityImages, f.Minibatch, many),
	}
}
