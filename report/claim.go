package report

// Claim is a statement of the paper as a predicate over cells of tables.
type Claim struct {
	ID      string `toml:"id" json:"id"`           // "P6"
	Text    string `toml:"text" json:"text"`       // the paper's words in ours
	Section string `toml:"section" json:"section"` // of the paper, where it is made
	// Items are the tables and figures beside which the claim is shown.
	Items []string `toml:"items" json:"items"`
	// Kind names the predicate: a key of Kinds.
	Kind string `toml:"kind" json:"kind"`
	// Family is the set of claims within which p-values are adjusted.
	Family string `toml:"family" json:"family"`
	// Columns are what is compared, as "table.column".
	Columns []string `toml:"columns" json:"columns"`
	Rows    []string `toml:"rows" json:"rows"`                      // row IDs
	Than    []string `toml:"than,optional" json:"than,omitempty"`   // kind greater: rows that are smaller
	Sense   string   `toml:"sense,optional" json:"sense,omitempty"` // "increasing", "decreasing"; "positive", "negative"
	Note    string   `toml:"note,optional" json:"note,omitempty"`   // a caveat a reader should know
	// PaperColumns, PaperRows and PaperThan are the cells of the published
	// tables on which the same predicate is evaluated; none if there are none.
	PaperColumns []string `toml:"-" json:"paper_columns,omitempty"`
	PaperRows    []string `toml:"-" json:"paper_rows,omitempty"`
	PaperThan    []string `toml:"-" json:"paper_than,omitempty"`
}
