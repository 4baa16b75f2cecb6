package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/report"
)

// describeStored describes a set that is fetched or added, whether it is there or not.
// One of the program's own sets may have the same name; the data folder's then has its
// label.
func describeStored(m *report.Manifest, entry report.StoredSet) (described, error) {
	name := entry.ID
	if slices.Contains(data.Names(), name) {
		name += "@data"
	}
	d := described{StandsFor: storedFor(m, entry)}
	d.Description = data.Description{Name: name, Title: entry.Label, Source: entry.Citation, Licence: entry.Licence}
	dir, err := library.Folder()
	if err != nil {
		return d, err
	}
	set, err := library.Find(dir, entry.ID)
	switch {
	case errors.Is(err, library.ErrMissing) && len(entry.Files) > 0:
		d.Stored = "not fetched"
	case errors.Is(err, library.ErrMissing):
		d.Stored = "not added"
	case err != nil:
		return d, err
	default:
		n := len(set.Classes)
		d.Stored, d.images, d.Classes = "in the data folder", set, set.Classes
		d.Count = data.Count{Train: n * set.Splits[0].Rounds, Validation: n * set.Splits[1].Rounds, Test: n * set.Splits[2].Rounds}
	}
	return d, nil
}

// storedFor says at which presets a set is used, and as what.
func storedFor(m *report.Manifest, entry report.StoredSet) string {
	var uses []string
	for _, p := range m.Presets {
		if p.Pretraining.Classes == entry.ID {
			uses = append(uses, "ImageNet, at preset "+p.ID)
			continue
		}
		for _, need := range m.Needs(p) {
			if need.ID == entry.ID {
				uses = append(uses, "a task of preset "+p.ID)
			}
		}
	}
	if len(uses) == 0 {
		return "nothing in this manifest"
	}
	return strings.Join(uses, ", ")
}

// source is some images of a stored set.
func (d described) source(split string, perClass int) (data.Source, error) {
	if d.images == nil {
		return data.Source{}, fmt.Errorf("%s is %s: lossxfer-report data fetch or data add brings it", d.Name, d.Stored)
	}
	part, ok := d.images.Split(split)
	if !ok {
		return data.Source{}, fmt.Errorf("no split %q: give train, validation or test", split)
	}
	return data.FromLibrary(d.images, split, min(perClass, part.Rounds), 0), nil
}
