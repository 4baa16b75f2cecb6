package data

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute"
)

func TestDownstreamTasks(t *testing.T) {
	for _, id := range DownstreamIDs() {
		task, err := Downstream(id, Count{})
		if err != nil {
			t.Fatal(err)
		}
		_, carried := embeddedSets[id]
		if task.ID != id || task.Label == "" {
			t.Errorf("%s: ID %q, label %q", id, task.ID, task.Label)
		}
		if n := task.Train.Len(); n < 1500 || n > 3000 {
			t.Errorf("%s: %d training images, want 1,500 to 3,000", id, n)
		}
		if n := task.Test.Len(); !carried && n < 5000 || n < 3000 {
			t.Errorf("%s: %d test images, want 5,000 or all that the program carries", id, n)
		}
		for split, src := range map[string]Source{Train: task.Train, Validation: task.Validation, Test: task.Test} {
			if src.Name != id || src.Split != split {
				t.Errorf("%s: the %s source is %s", id, split, src)
			}
			if err := src.Validate(); err != nil {
				t.Error(err)
			}
		}
		want := Top1
		if id == "mixed" || id == "fashion" { // they play Pets and Flowers
			want = MeanPerClass
		}
		if task.Measure != want {
			t.Errorf("%s: measure %s, want %s", id, task.Measure, want)
		}
	}
	if len(DownstreamIDs()) < 8 {
		t.Error("the paper has eight downstream data sets")
	}
}

func TestSizesRoundUpToWholeRounds(t *testing.T) {
	task, err := Downstream("digits", Count{Train: 101, Test: 9})
	if err != nil {
		t.Fatal(err)
	}
	if task.Train.PerClass != 11 || task.Test.PerClass != 1 || task.Validation.PerClass != 100 {
		t.Errorf("%d, %d and %d images per class", task.Train.PerClass, task.Validation.PerClass, task.Test.PerClass)
	}
	task, err = Downstream("mnist", Count{Train: 1e6, Validation: 1e6, Test: 1e6})
	if err != nil || task.Train.PerClass != 300 || task.Validation.PerClass != 100 || task.Test.PerClass != 300 {
		t.Errorf("%+v, %v: want all that the program carries", task, err)
	}
}

func TestPretrainingSets(t *testing.T) {
	for name, least := range map[string]Count{"latin10": {400, 500, 500}, "latin43": {2580, 5000, 5000}, "latin_cyrillic77": {53900, 5000, 5000}, "latin_cyrillic200": {140000, 6000, 12000}} {
		train, validation, test, err := Pretraining(name, Count{})
		if err != nil {
			t.Fatal(err)
		}
		if train.Len() != least.Train || validation.Len() < least.Validation || test.Len() < least.Test {
			t.Errorf("%s: %d, %d and %d images, want %+v", name, train.Len(), validation.Len(), test.Len(), least)
		}
	}
	train, _, _, err := Pretraining("latin43", Count{Train: 86})
	if err != nil || train.PerClass != 2 {
		t.Errorf("%+v, %v: want 2 images per class", train, err)
	}
}

func TestUnknownNames(t *testing.T) {
	if _, err := Downstream("latin43", Count{}); err == nil || !strings.Contains(err.Error(), "the tasks are greek, ") {
		t.Errorf("error %v", err)
	}
	if _, _, _, err := Pretraining("greek", Count{}); err == nil || !strings.Contains(err.Error(), "the sets are latin10, ") {
		t.Errorf("error %v", err)
	}
}

func TestAllDescribesEverySet(t *testing.T) {
	var names []string
	for _, d := range All() {
		names = append(names, d.Name)
		if d.Title == "" || d.Source == "" || d.Licence == "" {
			t.Errorf("%s: a description is missing in %+v", d.Name, d)
		}
		if d.Count.Train == 0 || d.Count.Validation == 0 || d.Count.Test == 0 {
			t.Errorf("%s: sizes %+v", d.Name, d.Count)
		}
		if !slices.Equal(d.Classes, load(t, Source{Name: d.Name, Split: Test, PerClass: 1}).Classes) {
			t.Errorf("%s: classes %v are not those of the set", d.Name, d.Classes)
		}
		sorted := slices.Sorted(slices.Values(d.Classes))
		if len(slices.Compact(sorted)) != len(d.Classes) {
			t.Errorf("%s: a class is named twice in %v", d.Name, d.Classes)
		}
	}
	if !slices.Equal(names, Names()) || len(names) != len(designs)+len(embeddedSets) || len(names) != len(catalogue) {
		t.Errorf("the sets described are %v", names)
	}
}

func TestSourceIsATask(t *testing.T) {
	var src compute.Task[*Set] = Source{Name: "latin10", Split: Test, PerClass: 1}
	p := compute.NewPlan(compute.FixedCode("x"))
	compute.Need(p, src)
	if src.Kind() != "data.set" || !src.(compute.Transient).Transient() {
		t.Error("a source is a transient task of kind data.set")
	}
}
