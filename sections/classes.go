package sections

import (
	"fmt"
	"slices"
	"sync"

	"lossxfer-report/compute/data"
)

// classNames are the classes of a set that the program carries, in the order of their
// labels.
func classNames(set string) []string { return classLists()[set] }

// pretrainingClasses are the classes that networks are trained for.
func (s *Study) pretrainingClasses() []string {
	if set := s.set(s.Preset.Pretraining.Classes); set != nil {
		return set.Classes
	}
	return classNames(s.Preset.Pretraining.Classes)
}

// taskClasses are the classes of a downstream task.
func (s *Study) taskClasses(id string) []string {
	for _, d := range s.Manifest.Downstream {
		if set := s.set(d.Dataset); d.ID == id && set != nil {
			return set.Classes
		}
	}
	return classNames(id)
}

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
		known := s.taskClasses(d.ID)
		for _, name := range d.Shared {
			if !slices.Contains(known, name) {
				return fmt.Errorf("downstream task %s: shared class %q is none of its classes, which are %q", d.ID, name, known)
			}
		}
	}
	a := s.Manifest.Attributes
	known := s.taskClasses(a.Task)
	for _, row := range a.Rows {
		for _, name := range row.Classes {
			if !slices.Contains(known, name) {
				return fmt.Errorf("attribute %s: %q is no class of %s, whose classes are %q", row.ID, name, a.Task, known)
			}
		}
	}
	return nil
}
