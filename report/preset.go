package report

// Preset is a scale of the whole study. Every value has to be written in the
// manifest for every preset: a forgotten one is an error, never a zero.
type Preset struct {
	ID    string `toml:"-" json:"id"` // "quick"
	Label string `toml:"label" json:"label"`
	Note  string `toml:"note" json:"note"` // what the preset is for and what it shrinks
	// Source is the ID of the [[source]] whose networks the preset looks at. It then
	// trains none itself.
	Source string `toml:"source,optional" json:"source,omitempty"`
	// BudgetSeconds is the wall time promised for a cold build on two cores.
	BudgetSeconds int `toml:"budget_seconds" json:"budget_seconds"`
	// Judges says whether claims may be decided at this scale. Where it is
	// false no verdict is better than inconclusive.
	Judges bool `toml:"judges" json:"judges"`
	// Seeds is the number of networks per objective, with seeds 1 … Seeds.
	Seeds int `toml:"seeds" json:"seeds"`
	// Features is the number of penultimate features of its networks; without it they have
	// those of their design.
	Features int `toml:"features,optional" json:"features,omitempty"`
	// TemperatureSeeds is the number of networks per temperature of Table 4.
	TemperatureSeeds int `toml:"temperature_seeds" json:"temperature_seeds"`

	// Downstream names its downstream tasks; without a list, they are all that need no
	// data set to be fetched.
	Downstream []string `toml:"downstream,optional" json:"downstream,omitempty"`
	// Without says why some items cannot be had at this preset, by their IDs.
	Without map[string]string `toml:"without,optional" json:"without,omitempty"`
	// StandIn, Deviations and AttributeTask take the place of those of [paper] and
	// [attributes]; Words are pairs of what texts about items and claims say and what
	// they say at this preset.
	StandIn       string     `toml:"stand_in,optional" json:"-"`
	Deviations    []string   `toml:"deviations,optional" json:"-"`
	AttributeTask string     `toml:"attribute_task,optional" json:"attribute_task,omitempty"`
	Words         [][]string `toml:"words,optional" json:"-"`

	Pretraining Pretraining `toml:"pretraining" json:"pretraining"`
	Schedule    Schedule    `toml:"schedule" json:"schedule"`
	Transfer    Transfer    `toml:"transfer" json:"transfer"`
	Probe       Probe       `toml:"probe" json:"probe"`
	KNN         KNN         `toml:"knn" json:"knn"`
	Second      Second      `toml:"second" json:"second"` // architecture
	Distances   Distances   `toml:"distances" json:"distances"`
	Similarity  Similarity  `toml:"similarity" json:"similarity"`
	Shifted     ShiftedSize `toml:"shifted" json:"shifted"`
	FineTuning  FineTuning  `toml:"fine_tuning" json:"fine_tuning"`
	Stopping    Stopping    `toml:"stopping" json:"stopping"`
	Curves      Curves      `toml:"curves" json:"curves"`
	Dynamics    Dynamics    `toml:"dynamics" json:"dynamics"`

	Combinations CombinationRuns  `toml:"combinations" json:"combinations"`
	Augmentation AugmentationRuns `toml:"augmentation" json:"augmentation"`
	Longer       LongerRuns       `toml:"longer" json:"longer"`
}

// Pretraining says which images play ImageNet.
type Pretraining struct {
	Classes            string `toml:"classes" json:"classes"`                           // name of the class set: "latin43", or of a [[dataset]]
	PerClass           int    `toml:"per_class" json:"per_class"`                       // training images per class
	ValidationPerClass int    `toml:"validation_per_class" json:"validation_per_class"` // images per class
	TestPerClass       int    `toml:"test_per_class" json:"test_per_class"`             // images per class
}

// Schedule is the optimiser's plan, the same for every objective.
type Schedule struct {
	Passes       int     `toml:"passes" json:"passes"` // over the training images
	Batch        int     `toml:"batch" json:"batch"`
	LearningRate float64 `toml:"learning_rate" json:"learning_rate"` // at its highest
	Momentum     float64 `toml:"momentum" json:"momentum"`           // Nesterov
	WeightDecay  float64 `toml:"weight_decay" json:"weight_decay"`   // not on BN parameters and biases
	WarmUp       float64 `toml:"warm_up" json:"warm_up"`             // fraction of the steps
	// EMA is the averaging horizon of the weights as a fraction of the steps:
	// momentum = 1 − 1/(EMA·steps).
	EMA   float64 `toml:"ema" json:"ema"`
	Shift int     `toml:"shift" json:"shift"`                  // augmentation: up to ± this many pixels
	Flip  bool    `toml:"flip,optional" json:"flip,omitempty"` // and mirrored, with probability ½
}

// Transfer says how large the downstream tasks are, in images.
type Transfer struct {
	Train      int     `toml:"train" json:"train"`           // with the validation part
	Validation float64 `toml:"validation" json:"validation"` // fraction of Train on which the regulariser is chosen
	Test       int     `toml:"test" json:"test"`
}

// Probe is the grid of the linear probe: Regularisers values, spaced evenly in
// the logarithm from 10^LogLow to 10^LogHigh, on the sum of the losses.
type Probe struct {
	Regularisers int     `toml:"regularisers" json:"regularisers"`
	LogLow       float64 `toml:"log_low" json:"log_low"`
	LogHigh      float64 `toml:"log_high" json:"log_high"`
}

// KNN says how neighbours are found and how they vote.
type KNN struct {
	K         int    `toml:"k" json:"k"`
	Metric    string `toml:"metric" json:"metric"`       // "cosine" or "euclidean"
	Weighting string `toml:"weighting" json:"weighting"` // "uniform" or "distance"
}

// Distances says how many training examples Figure 4 draws distances from.
type Distances struct {
	Examples int `toml:"examples" json:"examples"`
}

// Similarity says on how many test images layers are compared, and how many of them
// go into one minibatch of the estimator (Figure 2); Figure 3 counts on as many.
type Similarity struct {
	Images    int `toml:"images" json:"images"`
	Minibatch int `toml:"minibatch" json:"minibatch"`
}

// Temperatures is the sweep of Table 4.
type Temperatures struct {
	Objective string `toml:"objective" json:"objective"` // whose temperature is varied
	// TimesTau multiplies the loss by τ, as the paper does in this table.
	TimesTau bool `toml:"times_tau" json:"times_tau"`
	// ClipNorm is the largest gradient norm in the sweep, 0 for none: another way to
	// keep low temperatures stable.
	ClipNorm float64       `toml:"clip_norm" json:"clip_norm"`
	Note     string        `toml:"note" json:"note"` // why these values
	Rows     []Temperature `toml:"row" json:"rows"`
}

// Temperature is one row of Table 4.
type Temperature struct {
	ID    string  `toml:"id" json:"id"` // of the row: "0.02"
	Tau   float64 `toml:"tau" json:"tau"`
	Plays string  `toml:"plays" json:"plays"` // the row of the published table in whose place it stands
}
