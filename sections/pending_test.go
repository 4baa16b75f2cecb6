package sections

import (
	"slices"
	"strings"
	"testing"
)

// A claim that waits for a drawing must not wait on when the drawing is there: not for
// tables that all have a section, nor for an item that is said to be undrawn.
func TestNoClaimWaitsForWhatIsDrawn(t *testing.T) {
	m := manifest(t)
	tableOf := map[string]string{}
	for _, it := range m.Items {
		for _, table := range it.Tables {
			tableOf[table.ID] = it.ID
		}
	}
	for _, c := range m.Claims {
		if c.Pending == "" {
			continue
		}
		columns := slices.Clone(c.Columns)
		for _, p := range c.All {
			columns = append(columns, p.Columns...)
		}
		drawn := len(columns) > 0
		for _, column := range columns {
			table, _, _ := strings.Cut(column, ".")
			drawn = drawn && registered[tableOf[table]] != nil
		}
		if drawn {
			t.Errorf("%s is pending, but all its tables are drawn: %s", c.ID, c.Pending)
		}
		if strings.Contains(c.Pending, "not drawn yet") && !slices.ContainsFunc(c.Items, func(id string) bool { return registered[id] == nil }) {
			t.Errorf("%s says %q, but every one of %v is drawn", c.ID, c.Pending, c.Items)
		}
	}
}
