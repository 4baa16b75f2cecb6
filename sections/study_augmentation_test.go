package sections

import (
	"testing"

	"lossxfer-report/compute/train"
)

// An augmentation changes nothing of a run but its schedule, and none is Table 1's run.
func TestAugmentedRuns(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range m.Augmentation.Objectives {
		o, _ := m.Objective(id)
		own := study.Model(o, 1)
		if got := study.Augmented(o, augmentation{}, 1); got != own {
			t.Errorf("%s without augmentation: %+v", id, got)
		}
		got := study.Augmented(o, augmentation{policy: train.AutoAugment, mixup: 0.2, factor: 1.5}, 1)
		s := got.Schedule
		if s.Augment != train.AutoAugment || s.Mixup != 0.2 || s.Passes != own.Schedule.Passes*3/2 {
			t.Errorf("%s: %+v", id, s)
		}
		if err := got.Validate(); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		own.Monitor, own.Checkpoints, got.Schedule = 0, 0, own.Schedule
		if got != own {
			t.Errorf("%s: more than the schedule differs: %+v", id, got)
		}
	}
}

// The tables that compare at another preset's size ask for nothing at their own.
func TestSizeOfAnotherPreset(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, "standard")
	if err != nil {
		t.Fatal(err)
	}
	quick, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range m.Objectives {
		if study.Sized("quick").Model(o, 1) != quick.Model(o, 1) {
			t.Errorf("%s: the run at the size of quick is not that of quick", o.ID)
		}
	}
	if study.Sized("standard") != study {
		t.Error("its own size is another study")
	}
}
