package report

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// groups are the names that lists of rows and columns may use in place of IDs.
func (c *checker) groups() map[string][]string {
	return map[string][]string{
		"@objectives":   ids(c.m.Objectives, func(o Objective) string { return o.ID }),
		"@downstream":   ids(c.m.Downstream, func(d Dataset) string { return d.ID }),
		"@temperatures": ids(c.m.Temperatures.Rows, func(r Temperature) string { return r.ID }),
		"@shifted":      ids(c.m.Shifted.Sets, func(s ShiftedSet) string { return s.ID }),
		"@attributes":   ids(c.m.Attributes.Rows, func(r Attribute) string { return r.ID }),
		"@combinations": ids(c.m.Combinations.Rows, func(r Combination) string { return r.ID }),
		"@augmented":    c.m.Augmentation.Objectives,
		"@datasets":     ids(c.m.Paper.Datasets, func(d PaperDataset) string { return d.ID }),
	}
}

// paperObjectives leaves out of the rows the objectives that the paper does not have: a
// claim of the paper says nothing of them, and one that is about them names them.
func (c *checker) paperObjectives(rows []string) []string {
	return slices.DeleteFunc(slices.Clone(rows), func(row string) bool {
		o, ok := c.m.Objective(row)
		return ok && o.Equation == 0
	})
}

// expand resolves a list of IDs, @groups and -exclusions.
func (c *checker) expand(path string, list []string, groups map[string][]string) ([]string, error) {
	if len(list) == 0 {
		return nil, c.t.fail(path, "is empty; name at least one")
	}
	var out []string
	for i, token := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case strings.HasPrefix(token, "@"):
			group, ok := groups[token]
			if !ok {
				return nil, c.t.fail(at, "unknown group %q; %s", token, suggest(token, sortedKeys(groups)))
			}
			for _, id := range group {
				if contains(out, id) {
					return nil, c.t.fail(at, "%q of %s is already in the list; take one of the two out", id, token)
				}
				out = append(out, id)
			}
		case strings.HasPrefix(token, "-"):
			j := index(out, token[1:])
			if j < 0 {
				return nil, c.t.fail(at, "%q takes away what is not in the list before it; %s", token, suggest(token[1:], out))
			}
			out = append(out[:j:j], out[j+1:]...)
		default:
			if !validID(token) {
				return nil, c.t.fail(at, "%q is not an id; use letters, digits, dots, dashes and underscores", token)
			}
			if contains(out, token) {
				return nil, c.t.fail(at, "%q is in the list twice; take one out", token)
			}
			out = append(out, token)
		}
	}
	if len(out) == 0 {
		return nil, c.t.fail(path, "leaves nothing; name at least one")
	}
	return out, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
