// Package report turns drawn tables and figures into report.json, and report.json
// into HTML and Markdown. It knows no network and no cache: everything a page shows
// is in the Report value.
package report

import "encoding/json"

// SchemaVersion is the version of report.json that this program writes.
const SchemaVersion = 1

// Report is report.json: all that the HTML and the Markdown are made from. It
// holds no time, host, path or commit, so equal results give equal bytes.
type Report struct {
	SchemaVersion  int          `json:"schema_version"`
	Paper          Paper        `json:"paper"`
	Preset         Preset       `json:"preset"`
	ManifestDigest string       `json:"manifest_digest"` // SHA-256 of paper.toml, hex
	CodeDigest     string       `json:"code_digest"`     // SHA-256 of the code behind the results, hex
	Deviations     []string     `json:"deviations"`      // what differs from the paper, for the whole report
	Objectives     []Objective  `json:"objectives"`
	Downstream     []Dataset    `json:"downstream"`
	Temperatures   Temperatures `json:"temperatures"`
	Families       []Family     `json:"families"`
	Cost           Cost         `json:"cost"`
	// Trainer is the external command that trained networks, nil if the program trained all.
	Trainer *Trainer `json:"trainer,omitempty"`
	// Tasks are all tasks behind the items, each once, sorted by kind, then key.
	Tasks  []TaskRef     `json:"tasks"`
	Items  []Item        `json:"items"`
	Claims []ClaimResult `json:"claims"`
	// Discussions are those of the preset as they were written, with the names of their
	// numbers, whether or not their verdicts came out.
	Discussions []Discussion `json:"discussions,omitempty"`
	// Robustness says how claims depend on choices; nil where none are looked at.
	Robustness *Robustness `json:"robustness,omitempty"`
	// Published holds the paper's tables as printed, so that the outcome of a
	// claim on the paper's own numbers can be checked from this file alone.
	Published []PublishedTable `json:"published"`
}

// Cost is work counted in machine-independent units.
type Cost struct {
	Tasks      int   `json:"tasks"`
	ImageSteps int64 `json:"image_steps"` // images passed forward and backward in training
}

// Status says how far an item got. The zero value is invalid.
type Status string

// The states of an item.
const (
	Computed   Status = "computed"
	Incomplete Status = "incomplete" // some of its tasks have not run yet
	Failed     Status = "failed"
	NotBuilt   Status = "not built yet"      // no section draws it in this version
	NotHere    Status = "not at this preset" // its data cannot give it; Reason says why
)

// Item is one table or figure with everything that is shown about it.
type Item struct {
	ItemSpec        // its entry in the manifest
	Status   Status `json:"status"`
	Reason   string `json:"reason,omitempty"` // why it is incomplete or failed
	// Tables and figures in reading order; Table 1 has two tables (linear, k-NN).
	Artifacts []Artifact `json:"artifacts,omitempty"`
	Notes     []string   `json:"notes,omitempty"` // about all of them
	Tasks     []int      `json:"tasks,omitempty"` // the tasks behind the item: increasing indices into the report's Tasks
	Cost      Cost       `json:"cost"`
	Input     *Input     `json:"input,omitempty"`
	// Values are numbers that prose may name as {{item-id.name}}.
	Values map[string]float64 `json:"values,omitempty"`
	// Absent are numbers that prose names and this item could not give, each with the
	// reason: a network diverged, or there are too few.
	Absent map[string]string `json:"absent,omitempty"`
}

// Input is what an item is made from, beside the results: the input of a notebook's cell.
type Input struct {
	Entry  string `json:"entry"`            // its lines of paper.toml
	Line   int    `json:"line"`             // the number of the first of them
	File   string `json:"file,omitempty"`   // where the source of its section is: "sections/table1.go"
	Source string `json:"source,omitempty"` // that source; empty if nothing draws the item
}

// TaskRef names one task whose result some item rests on. In its Spec a task that it
// needs stands as "kind:key", with the first 12 digits of the key.
type TaskRef struct {
	Key        string          `json:"key"` // cache key, hex
	Kind       string          `json:"kind"`
	Spec       json.RawMessage `json:"spec"` // canonical specification
	ImageSteps int64           `json:"image_steps,omitempty"`
	// Digest is the first DigestDigits of the SHA-256 of the result, hex, in older reports
	// all of them; empty if the task has not run.
	Digest string `json:"digest,omitempty"`
}

// DigestDigits are enough to tell results apart, 128 bits. Digests cannot be compressed,
// and a page has thousands.
const DigestDigits = 32

// Artifact is one drawn table or figure panel group: exactly one field is set.
type Artifact struct {
	Table  *Table  `json:"table,omitempty"`
	Figure *Figure `json:"figure,omitempty"`
}

// Table is a rectangular table of cells.
type Table struct {
	ID      string   `json:"id"`                // "table-1-linear"; unique in the report; claims name cells by it
	Caption string   `json:"caption,omitempty"` // of this part, when the item has several
	Corner  string   `json:"corner"`            // heading of the row labels: "Loss"
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	Notes   []string `json:"notes,omitempty"`
	// Each is what one sample is, where it is not a seed: "pair of seeds".
	Each string `json:"each,omitempty"`
}

// Column heads one column.
type Column struct {
	ID       string `json:"id"` // "top1"
	Label    string `json:"label"`
	Unit     string `json:"unit,omitempty"`
	Group    string `json:"group,omitempty"` // spanning head: "ImageNet", "Transfer"
	Decimals int    `json:"decimals"`
	// Of says what the published values of the column were measured on, where it is
	// not what ours were: "Food-101". The column has published values.
	Of string `json:"of,omitempty"`
	// Better is "higher" or "lower" where best values are to be marked, else empty.
	Better string `json:"better,omitempty"`
	// Comparable says that our absolute values and the published ones measure the
	// same thing; false for accuracies on other data sets.
	Comparable bool `json:"comparable,omitempty"`
}

// Row is one line of a table; Cells are in the order of the columns.
type Row struct {
	ID    string `json:"id"` // "softmax"
	Label string `json:"label"`
	Group string `json:"group,omitempty"`
	Cells []Cell `json:"cells"`
}

// Cell is one value with the samples it is made from. Exactly one of Samples, Text
// and Missing is set; Published may stand beside any of them.
type Cell struct {
	Samples   []Sample   `json:"samples,omitempty"`
	Text      string     `json:"text,omitempty"`
	Missing   string     `json:"missing,omitempty"` // why there is no value: "not run", "diverged", "not measured here"
	Published *Published `json:"published,omitempty"`
	// Derived from Samples by Summarise; stored so that verify can compare.
	Summary *Summary `json:"summary,omitempty"`
	// Mark is "best", "tied" (not significantly different from the best) or empty.
	Mark string `json:"mark,omitempty"`
}

// Sample is one seed's value. Value is nil if that run diverged or is missing.
type Sample struct {
	Seed  int      `json:"seed"`
	Value *float64 `json:"value"`
	Note  string   `json:"note,omitempty"` // why the value is nil
}

// Published is a value printed in the paper.
type Published struct {
	Value    float64  `json:"value"`
	Decimals int      `json:"decimals"`     // as printed: half a unit of the last digit is its rounding error
	PM       *float64 `json:"pm,omitempty"` // the printed ±, a standard error of the mean over 8 runs
}

// Summary is a mean over seeds with its 95% t interval.
type Summary struct {
	N    int      `json:"n"`
	Mean float64  `json:"mean"`
	Half *float64 `json:"half,omitempty"` // half-width of the interval; nil for one seed
}

// Figure is one or more panels that share a caption.
type Figure struct {
	ID      string   `json:"id"`
	Caption string   `json:"caption,omitempty"`
	Panels  []Panel  `json:"panels"`
	Notes   []string `json:"notes,omitempty"`
}

// Panel is one coordinate system.
type Panel struct {
	ID     string   `json:"id"`
	Title  string   `json:"title,omitempty"`
	Kind   string   `json:"kind"` // "scatter", "line" or "heatmap"
	X      Axis     `json:"x"`
	Y      Axis     `json:"y"`
	Series []Series `json:"series,omitempty"`
	// Rules are dashed vertical lines, at multiples of ½ where X has names.
	Rules []float64 `json:"rules,omitempty"`
	// NamedElsewhere says that another panel of the figure has the legend: the same
	// series in the same order, as in small multiples.
	NamedElsewhere bool `json:"named_elsewhere,omitempty"`

	Heat *Heat `json:"heat,omitempty"`

	// naming is how the points are named, where the panels of a figure do it alike.
	naming naming
}

// Axis names what is measured along one direction.
type Axis struct {
	Label string   `json:"label"`
	Unit  string   `json:"unit,omitempty"`
	Min   *float64 `json:"min,omitempty"`
	Max   *float64 `json:"max,omitempty"`
	Log   bool     `json:"log,omitempty"`
	// Names, on the x axis of a line panel, are the names of the positions 1, 2, …
	Names []string `json:"names,omitempty"`
}

// Series is one curve or cloud of points.
type Series struct {
	ID        string  `json:"id"`
	Label     string  `json:"label"`
	Dash      string  `json:"dash,omitempty"`      // "", "dashed" or "dotted" for lines
	Published bool    `json:"published,omitempty"` // the paper's own values, drawn hollow
	Points    []Point `json:"points"`
}

// Point is one point with optional half-widths of 95% intervals.
type Point struct {
	X     float64  `json:"x"`
	Y     float64  `json:"y"`
	XHalf *float64 `json:"x_half,omitempty"`
	YHalf *float64 `json:"y_half,omitempty"`
	Label string   `json:"label,omitempty"`
	// Marked points of a line have a larger symbol; a note of the figure says why.
	Marked bool `json:"marked,omitempty"`
}

// Heat is a matrix; Values[i][j] is row Y[i], column X[j]; nil is a missing value.
type Heat struct {
	X      []string     `json:"x"`
	Y      []string     `json:"y"`
	Values [][]*float64 `json:"values"`
	// Of, where given, holds the values that each of Values is the mean of: one for
	// each pair of networks, say. Empty where Values has nil.
	Of   [][][]float64 `json:"of,omitempty"`
	Min  float64       `json:"min"`
	Max  float64       `json:"max"`
	Unit string        `json:"unit,omitempty"`
}

// ClaimResult is a claim of the manifest with its verdict and the evidence.
type ClaimResult struct {
	Claim
	Verdict   Verdict  `json:"verdict"`
	Evidence  Evidence `json:"evidence"`
	Published *Outcome `json:"published,omitempty"` // the same predicate on the paper's own numbers
	// Discussion is Markdown about a verdict that is not the paper's, its numbers filled in.
	Discussion string `json:"discussion,omitempty"`
}

// Evidence is what a verdict rests on.
type Evidence struct {
	Text  string   `json:"text"`             // one sentence a reader understands
	Test  string   `json:"test,omitempty"`   // "paired t test over seeds"
	N     int      `json:"n,omitempty"`      // seeds, or pairs, or points
	Parts []Part   `json:"parts,omitempty"`  // one per comparison
	P     *float64 `json:"p,omitempty"`      // largest p of the parts
	PHolm *float64 `json:"p_holm,omitempty"` // Holm-adjusted over the family
	// Reverse is the p-value that no part is the other way round, and ReverseHolm the
	// same adjusted over the family. They are given where some part does not hold.
	Reverse     *float64 `json:"p_reverse,omitempty"`
	ReverseHolm *float64 `json:"p_reverse_holm,omitempty"`
	// Sample is what the test counts where it is not seeds: "9 objectives".
	Sample string `json:"sample,omitempty"`
	// Each is what stands for a seed, where it is not one: "pair of seeds".
	Each string `json:"each,omitempty"`
	// Seeds estimates how many seeds would decide the claim at the effect and
	// spread seen here, and SeedsRefute that they would refute it; 0 if it is decided,
	// if there are as many already, or if no number can be given.
	Seeds       int  `json:"seeds_needed,omitempty"`
	SeedsRefute bool `json:"seeds_refute,omitempty"`
}

// Part is one comparison of a claim with several.
type Part struct {
	Label  string   `json:"label"` // "softmax − sigmoid"
	Effect *float64 `json:"effect"`
	Low    *float64 `json:"low,omitempty"` // 95% interval of the effect
	High   *float64 `json:"high,omitempty"`
	P      *float64 `json:"p,omitempty"`
	Holds  bool     `json:"holds"`          // the direction is as claimed
	Note   string   `json:"note,omitempty"` // why a part has no effect
}

// Outcome is the predicate evaluated on the published numbers.
type Outcome struct {
	Holds bool   `json:"holds"`
	Text  string `json:"text"`
}
