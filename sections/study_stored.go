package sections

import (
	"errors"
	"fmt"
	"strings"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/report"
)

// findStored looks the preset's sets up in the data folder. All that are missing are
// named in one error, with the commands that mend it.
func (s *Study) findStored() error {
	s.stored = map[string]*library.Set{}
	var missing []string
	for _, entry := range s.Manifest.Needs(s.Preset) {
		dir, err := library.Folder()
		if err != nil {
			return err
		}
		set, err := library.Find(dir, entry.ID)
		s.stored[entry.ID] = set
		switch {
		case errors.Is(err, library.ErrMissing):
			missing = append(missing, fmt.Sprintf("%s: lossxfer-report %s", entry.Label, mend(entry)))
		case err != nil:
			return err
		case set.Side != entry.Side:
			missing = append(missing, fmt.Sprintf("%s is there with images of %d pixels, the manifest has %d: lossxfer-report %s", entry.Label, set.Side, entry.Side, mend(entry)))
		}
	}
	if len(missing) > 0 {
		return &MissingData{s.Preset.ID, missing}
	}
	return nil
}

// MissingData is the error of a preset whose data sets have to be fetched or added first.
type MissingData struct {
	Preset string
	Sets   []string // each with the command that brings it
}

func (e *MissingData) Error() string {
	return fmt.Sprintf("preset %s: the data folder does not have all of its data sets (%s names another folder):\n  %s",
		e.Preset, library.Variable, strings.Join(e.Sets, "\n  "))
}

// mend is the command that brings a set into the data folder.
func mend(d report.StoredSet) string {
	if len(d.Files) == 0 {
		return "data add " + d.ID + " --dir DIR"
	}
	return "data fetch " + d.ID
}

// storedNotes say where the sets of the data folder come from, whose they are, and which
// images exactly were used.
func (s *Study) storedNotes() []string {
	var notes []string
	for _, d := range s.Manifest.Needs(s.Preset) {
		note := d.Label + ": "
		if d.Citation != "" {
			note += d.Citation + ". "
		}
		if d.Licence != "" {
			note += "Licence: " + d.Licence + ". "
		}
		if set := s.set(d.ID); set != nil {
			note += fmt.Sprintf("Images: %s; SHA-256 of the set %s.", set.Made, set.Digest)
		}
		notes = append(notes, note)
	}
	return notes
}

// set is the stored set of a name, nil for a set that the program carries.
func (s *Study) set(name string) *library.Set { return s.stored[name] }

// task is a downstream task of the manifest at the preset's size.
func (s *Study) task(d report.Dataset) (data.Task, error) {
	n := transferSize(s.Preset.Transfer)
	if d.Dataset == "" {
		return data.Downstream(d.ID, n)
	}
	set := s.set(d.Dataset)
	source := func(split string, images int) data.Source {
		part, _ := set.Split(split)
		classes := len(set.Classes)
		return data.FromLibrary(set, split, min((images+classes-1)/classes, part.Rounds), s.channels())
	}
	t := data.Task{
		ID: d.ID, Label: d.Label, Measure: d.Measure,
		Train: source(data.Train, n.Train), Validation: source(data.Validation, n.Validation), Test: source(data.Test, n.Test),
	}
	if t.Validation.PerClass == 0 {
		return t, fmt.Errorf("%s has no validation images: write validation = 0.2 in its [[dataset]] and fetch or add it again", d.Dataset)
	}
	return t, nil
}

// channels is how many channels the images of pretraining have, and so all others.
func (s *Study) channels() int {
	_, _, c := s.Pretraining(data.Train).Shape()
	return c
}

// checkStored refuses what the sets of the data folder cannot give: more images than
// there are, tasks of another size than pretraining's, shifted images.
func (s *Study) checkStored() error {
	h, w, c := s.Pretraining(data.Train).Shape()
	for _, t := range s.Tasks {
		if th, tw, tc := t.Train.Shape(); th != h || tw != w || tc != c {
			return fmt.Errorf("downstream task %s has images of %d×%d×%d, pretraining of %d×%d×%d: name tasks with images of one size, or another side in [[dataset]]", t.ID, th, tw, tc, h, w, c)
		}
	}
	set := s.set(s.Preset.Pretraining.Classes)
	if set == nil {
		return nil
	}
	p := s.Preset
	for _, n := range []struct {
		split, key string
		images     int
	}{
		{data.Train, "pretraining.per_class", p.Pretraining.PerClass},
		{data.Train, "stopping.train_per_class", p.Stopping.TrainPerClass},
		{data.Validation, "pretraining.validation_per_class", p.Pretraining.ValidationPerClass},
		{data.Validation, "stopping.per_class", p.Stopping.PerClass},
		{data.Test, "pretraining.test_per_class", p.Pretraining.TestPerClass},
	} {
		if part, _ := set.Split(n.split); n.images > part.Rounds {
			return fmt.Errorf("%s is %d: %s has %d %s images of each class", n.key, n.images, set.Name, part.Rounds, n.split)
		}
	}
	for _, id := range []string{"table-c2", "figure-c3"} {
		if _, err := s.Manifest.Item(id); err == nil && p.Without[id] == "" {
			return fmt.Errorf("%s is of shifted images, which are drawn, and %s is a set of real ones: write %s = \"why\" in without", id, set.Name, id)
		}
	}
	return nil
}
