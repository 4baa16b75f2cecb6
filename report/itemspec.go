package report

// Kinds of items.
const (
	KindTable  = "table"
	KindFigure = "figure"
)

// ItemSpec is a table or a figure as the manifest lists it.
type ItemSpec struct {
	ID      string `toml:"id" json:"id"`           // "table-a1"
	Kind    string `toml:"kind" json:"kind"`       // "table" or "figure"
	Number  string `toml:"number" json:"number"`   // as printed: "A.1"
	Title   string `toml:"title" json:"title"`     // in our words
	Section string `toml:"section" json:"section"` // of the paper, where it stands: "3.1", "A.2"
	Shows   string `toml:"shows" json:"shows"`     // what it shows, in our words
	StandIn string `toml:"stand_in" json:"stand_in"`
	// Differs says what is not as in the paper, beyond the paper-wide list.
	Differs []string `toml:"differs" json:"differs"`
	// Inferred says that the item's subject is not certain from the sources
	// that were available; Shows is then a reconstruction.
	Inferred bool `toml:"inferred,optional" json:"inferred,omitempty"`
	// Published names the tables of published values that belong to the item.
	Published []string `toml:"published,optional" json:"published,omitempty"`
	// Tables are the parts that claims may speak of.
	Tables []TableSpec `toml:"table,optional" json:"tables,omitempty"`
}

// TableSpec promises the rows and columns of a drawn table, so that a claim
// about a cell that cannot exist is an error of the manifest.
type TableSpec struct {
	ID      string   `toml:"id" json:"id"` // "table-1-linear"
	Title   string   `toml:"title" json:"title"`
	Rows    []string `toml:"rows" json:"rows"`       // IDs, with @groups resolved
	Columns []string `toml:"columns" json:"columns"` // IDs, with @groups resolved
	// Published is the table of published values with the same measures, or
	// empty.
	Published string `toml:"published,optional" json:"published,omitempty"`
}
