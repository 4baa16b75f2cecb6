package report

// Paper says which paper is regenerated and what the regeneration keeps of it.
type Paper struct {
	Title   string   `toml:"title" json:"title"`
	Authors []string `toml:"authors" json:"authors"`
	Venue   string   `toml:"venue" json:"venue"` // "NeurIPS 2021"
	Year    int      `toml:"year" json:"year"`
	ArXiv   string   `toml:"arxiv" json:"arxiv"`       // "2010.16402v2"
	Review  string   `toml:"review" json:"review"`     // OpenReview forum id
	Code    string   `toml:"code" json:"code"`         // where the authors' code is
	Summary string   `toml:"summary" json:"summary"`   // the paper in our words
	Setting string   `toml:"setting" json:"setting"`   // what the paper trained, on what
	StandIn string   `toml:"stand_in" json:"stand_in"` // what plays ImageNet and the eight data sets here
	// Deviations are the differences from the paper that concern every item.
	Deviations []string `toml:"deviations" json:"deviations"`
	// PM says what the printed ± of the published tables is.
	PM string `toml:"plus_minus" json:"plus_minus"`
	// Datasets are the paper's downstream data sets, by the column names of
	// the published tables and in their order.
	Datasets []PaperDataset `toml:"dataset" json:"datasets"`
}

// PaperDataset is one of the paper's downstream data sets (Table A.2).
type PaperDataset struct {
	ID    string `toml:"id" json:"id"`       // "food101": a column of the published tables
	Label string `toml:"label" json:"label"` // "Food-101"
	// Measure is how the paper measures accuracy on it: "top1" or "mean_per_class". Only
	// presets whose source has the paper's setting need it.
	Measure string `toml:"measure,optional" json:"measure,omitempty"`
}

// DatasetLabel is the label of one of the paper's data sets, or the ID itself.
func (p Paper) DatasetLabel(id string) string {
	for _, d := range p.Datasets {
		if d.ID == id {
			return d.Label
		}
	}
	return id
}

// Dataset is a downstream task of ours.
type Dataset struct {
	ID    string `toml:"id" json:"id"` // "greek"
	Label string `toml:"label" json:"label"`
	// Dataset is the [[dataset]] that its images are of; empty for a set that the
	// program carries, of the task's ID.
	Dataset string `toml:"dataset,optional" json:"dataset,omitempty"`
	What    string `toml:"what" json:"what"` // what the images and labels are
	// Plays names the paper's data sets in whose place the task stands; it may
	// be empty, since no task here is the same as one of theirs.
	Plays []string `toml:"plays" json:"plays"`
	Why   string   `toml:"why" json:"why"` // why it stands there, or what it adds
	// Measure is "top1" or "mean_per_class" accuracy, in per cent.
	Measure string `toml:"measure" json:"measure"`
	// Shared lists the classes that some pretraining set has too: by name, nearly by
	// name, or as a part of one (Table F.1). Those of them that the preset's set has
	// are counted.
	Shared    []string `toml:"shared" json:"shared"`
	SharedWhy string   `toml:"shared_why" json:"shared_why"` // how the list was made
}

// Objective is one of the paper's nine training objectives, or one beside them, which
// has no equation and no published values.
type Objective struct {
	ID       string `toml:"id" json:"id"` // "softmax"
	Label    string `toml:"label" json:"label"`
	Equation int    `toml:"equation,optional" json:"equation"` // number in the paper; 0 for one that it does not have
	// Published holds the paper's hyper-parameters (Table A.1).
	Published PublishedHyper `toml:"published,optional" json:"published"`
	// Searched says where the hyper-parameters used here come from; LoadManifest
	// takes it from the record of the search.
	Searched Search `toml:"-" json:"searched"`
	// Uses names the hyper-parameters that each preset has to give.
	Uses []string `toml:"uses" json:"uses"`
	// Here maps a preset's ID to the hyper-parameters it trains with.
	Here map[string]Hyper `toml:"here" json:"here"`
}

// PublishedHyper is a row of Table A.1.
type PublishedHyper struct {
	Text   string `toml:"text" json:"text"`     // "α = 0.1"
	Epochs int    `toml:"epochs" json:"epochs"` // stopping epoch
}

// Search says how hyper-parameters were chosen, so that a reader can judge
// whether the choice has seen the test sets.
type Search struct {
	Date      string `json:"date,omitempty"`
	Space     string `json:"space"`               // the values tried
	Criterion string `json:"criterion,omitempty"` // what was maximised, on which images
	Note      string `json:"note,omitempty"`
}

// Hyper holds hyper-parameters of an objective under the names of the paper's
// equations (2)–(9). Those an objective does not use are zero.
type Hyper struct {
	Alpha       float64 `toml:"alpha,optional" json:"alpha,omitempty"`               // label smoothing, equation (2)
	Keep        float64 `toml:"keep,optional" json:"keep,omitempty"`                 // dropout's keep probability ρ, equation (3)
	LambdaFinal float64 `toml:"lambda_final,optional" json:"lambda_final,omitempty"` // equation (4)
	Beta        float64 `toml:"beta,optional" json:"beta,omitempty"`                 // logit penalty, equation (5)
	Tau         float64 `toml:"tau,optional" json:"tau,omitempty"`                   // temperature, equations (6) and (7)
	Kappa       float64 `toml:"kappa,optional" json:"kappa,omitempty"`               // squared error, equation (9)
	M           float64 `toml:"m,optional" json:"m,omitempty"`                       // squared error, equation (9)
	LossScale   float64 `toml:"loss_scale,optional" json:"loss_scale,omitempty"`     // factor on the squared error
	ClipNorm    float64 `toml:"clip_norm,optional" json:"clip_norm,omitempty"`       // largest gradient norm; 0 is no clipping
}
