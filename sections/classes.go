package sections

import (
	"fmt"
	"slices"
	"sync"

	"lossxfer-report/compute/data"
)

// classNames are the classes of a set in the order of their labels.
func classNames(set string) []string { return classLists()[set] }

// classLists are made once: every network's task of Table D.1 names its classes.
var classLists = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, d := range data.All() {
		all[d.Name] = d.Classes
	}
	return all
})

// checkClasses refuses names in the manifest that are no classes of the sets they are
// said to be of.
func (s *Study) checkClasses() error {
	for _, d := range s.Manifest.Downstream {
		known := classNames(d.ID)
		for _, name := range d.Shared {
			if !slices.Contains(known, name) {
				return fmt.Errorf("downstream task %s: shared class %q is none of its classes, which are %q", d.ID, name, known)
			}
		}
	}
	a := s.Manifest.Attributes
	known := classNames(a.Task)
	for _, row := range a.Rows {
		for _, name := range row.Classes {
			if !slices.Contains(known, name) {
				return fmt.Errorf("attribute %s: %q is no class of %s, whose classes are %q", row.ID, name, a.Task, known)
			}
		}
	}
	return nil
}
