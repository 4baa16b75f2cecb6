package sections

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/data/library"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// small is the manifest with a preset cifar of a few images of each class, and a library
// that has them.
func small(t *testing.T) *report.Manifest {
	t.Helper()
	m := manifest(t)
	i := slices.IndexFunc(m.Presets, func(p report.Preset) bool { return p.ID == "cifar" })
	p := &m.Presets[i]
	p.Pretraining.PerClass, p.Pretraining.ValidationPerClass, p.Pretraining.TestPerClass = 2, 1, 1
	p.Stopping.TrainPerClass, p.Stopping.PerClass, p.Curves.PerClass, p.Dynamics.PerClass = 1, 1, 1, 1
	t.Setenv(library.Variable, t.TempDir())
	for _, d := range m.Needs(*p) {
		addSmall(t, d, 0)
	}
	return m
}

// addSmall puts a set into the library: two training, one validation and one test image
// of each class, of one level each.
func addSmall(t *testing.T, d report.StoredSet, level uint8) {
	t.Helper()
	dir, err := library.Folder()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{"fashion-mnist": classNames("fashion"), "flowers": {"sunflower", "rose"}, "cifar100": {"rose", "cloud"}}[d.ID]
	counts := map[string]int{"cifar100": 100, "pets": 37, "flowers": 102}
	for len(names) < max(counts[d.ID], 10) {
		names = append(names, fmt.Sprintf("%s %d", d.ID, len(names)))
	}
	var places []library.Place
	for class := range names {
		places = append(places, library.Place{Class: class}, library.Place{Class: class}, library.Place{Split: 1, Class: class}, library.Place{Split: 2, Class: class})
	}
	channels := 3
	if strings.Contains(d.ID, "mnist") {
		channels = 1
	}
	w, err := library.NewWriter(dir, library.Set{Name: d.ID, Classes: names, Side: d.Side, Channels: channels}, places, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range places {
		if err := w.Put(i, slices.Repeat([]uint8{level + uint8(i)}, d.Side*d.Side*channels)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestCIFARPreset: with the data there, every item is drawn as promised but those that the
// preset says it is without, and all networks take colour images of the sets' size.
func TestCIFARPreset(t *testing.T) {
	m := small(t)
	p, planned, r := plan(t, m, "cifar")
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	study, err := NewStudy(m, "cifar")
	if err != nil {
		t.Fatal(err)
	}
	promises(t, planned, r, "cifar")
	without := 0
	for _, one := range planned {
		if (one.Draw == nil) != (one.Without != "") {
			t.Errorf("%s: without %q", one.Item.ID, one.Without)
		}
		if one.Without != "" {
			without++
		}
	}
	if without != len(study.Preset.Without) || without == 0 {
		t.Errorf("%d items are left out, the preset names %d", without, len(study.Preset.Without))
	}
	var tasks []string
	for _, task := range study.Tasks {
		tasks = append(tasks, task.ID)
		if h, w, c := task.Test.Shape(); h != 32 || w != 32 || c != 3 {
			t.Errorf("%s has images of %d×%d×%d", task.ID, h, w, c)
		}
	}
	if !slices.Equal(tasks, []string{"cifar10", "mnist_full", "fashion_full", "pets", "flowers"}) {
		t.Errorf("tasks %v", tasks)
	}
	softmax, _ := m.Objective("softmax")
	model := study.Model(softmax, 1)
	if a := model.Arch; a.Height != 32 || a.Width != 32 || a.Channels != 3 || !model.Schedule.Flip || model.Schedule.Shift != 4 {
		t.Errorf("model %+v", model)
	}
	if model.Data.Stored.Digest == "" || model.Validate() != nil {
		t.Errorf("data %+v, %v", model.Data, model.Validate())
	}
	ask := &Ask{Study: study}
	if got := ask.shared(study.Manifest.Downstream[4]); !slices.Equal(got, []string{"rose"}) {
		t.Errorf("flowers shares %q", got)
	}
	for i, o := range study.Manifest.Items {
		if text := o.StandIn + strings.Join(o.Differs, " "); strings.Contains(text, "character") && study.Preset.Without[o.ID] == "" {
			t.Errorf("item %d, %s, speaks of characters: %s", i, o.ID, text)
		}
	}
}

// TestOtherImagesAreOtherTasks: under the same names, other bytes make another model.
func TestOtherImagesAreOtherTasks(t *testing.T) {
	m := small(t)
	model := func() train.Model {
		study, err := NewStudy(m, "cifar")
		if err != nil {
			t.Fatal(err)
		}
		softmax, _ := m.Objective("softmax")
		return study.Model(softmax, 1)
	}
	before := model()
	if model() != before {
		t.Error("two looks at the same data differ")
	}
	d, _ := m.StoredSet("cifar100")
	addSmall(t, d, 1)
	if model() == before {
		t.Error("other images make the same model")
	}
}

// TestMissingData: one error names every set and the command that fetches it.
func TestMissingData(t *testing.T) {
	m := manifest(t)
	t.Setenv(library.Variable, t.TempDir())
	_, err := NewStudy(m, "cifar")
	if err == nil {
		t.Fatal("no error")
	}
	for _, id := range []string{"cifar100", "cifar10", "mnist", "fashion-mnist", "pets", "flowers"} {
		if !strings.Contains(err.Error(), "lossxfer-report data fetch "+id+"\n") && !strings.HasSuffix(err.Error(), "data fetch "+id) {
			t.Errorf("the error does not say how to get %s: %v", id, err)
		}
	}
	if _, err := NewStudy(m, "quick"); err != nil {
		t.Errorf("a preset that needs none of them: %v", err)
	}
}

// TestTooMuchAsked: more images than there are, or of another size, is an error.
func TestTooMuchAsked(t *testing.T) {
	for want, change := range map[string]func(*report.Manifest, *report.Preset){
		"pretraining.per_class is 3: cifar100 has 2": func(_ *report.Manifest, p *report.Preset) { p.Pretraining.PerClass = 3 },
		"pretraining.test_per_class is 9":            func(_ *report.Manifest, p *report.Preset) { p.Pretraining.TestPerClass = 9 },
		"table-c2 is of shifted images":              func(_ *report.Manifest, p *report.Preset) { p.Without = nil },
	} {
		m := small(t)
		for i := range m.Presets {
			if m.Presets[i].ID == "cifar" {
				change(m, &m.Presets[i])
			}
		}
		if _, err := NewStudy(m, "cifar"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
