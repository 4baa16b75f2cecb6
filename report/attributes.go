package report

import "fmt"

// Attributes are the labels of Table D.1, where an image may have several: each is
// shared by some classes of a downstream task and stands for a label of the paper's.
type Attributes struct {
	Task  string `toml:"task" json:"task"`   // ID of the downstream task whose images carry them
	Small int    `toml:"small" json:"small"` // images of the small evaluation, the paper's official validation set
	Bins  int    `toml:"bins" json:"bins"`   // of the approximated area under the ROC curve
	// Rows are the attributes in the order of the columns.
	Rows []Attribute `toml:"row" json:"rows"`
}

// Attribute is a column of Table D.1.
type Attribute struct {
	ID      string   `toml:"id" json:"id"` // "footwear"
	Label   string   `toml:"label" json:"label"`
	Classes []string `toml:"classes" json:"classes"` // names of the task's classes that have it
	Plays   string   `toml:"plays" json:"plays"`     // the column of the published table in whose place it stands
}

// attributes checks Attributes; a manifest without any is complete too.
func (c *checker) attributes() error {
	a := c.m.Attributes
	if a.Task == "" {
		return nil
	}
	if err := c.known("attributes.task", "downstream task", a.Task, ids(c.m.Downstream, func(d Dataset) string { return d.ID })); err != nil {
		return err
	}
	if a.Small < 1 || a.Bins < 1 {
		return c.t.fail("attributes", "small is %d and bins is %d; write whole numbers from 1 up", a.Small, a.Bins)
	}
	if err := c.unique("attributes.row", ids(a.Rows, func(r Attribute) string { return r.ID })); err != nil {
		return err
	}
	for i, r := range a.Rows {
		if len(r.Classes) == 0 {
			return c.t.fail(fmt.Sprintf("attributes.row[%d].classes", i), "no class has %q; name at least one", r.ID)
		}
	}
	return nil
}
