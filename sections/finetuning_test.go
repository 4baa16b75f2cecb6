package sections

import (
	"strings"
	"testing"

	"lossxfer-report/compute/finetune"
	"lossxfer-report/report"
)

// tuned is the study at a preset that was changed.
func tuned(t *testing.T, change func(*report.FineTuning)) *Study {
	t.Helper()
	study, err := NewStudy(manifest(t), "quick")
	if err != nil {
		t.Fatal(err)
	}
	change(&study.Preset.FineTuning)
	return study
}

// The notes say what the preset says, whatever it is.
func TestFineTuningNotes(t *testing.T) {
	for _, c := range []struct {
		change func(*report.FineTuning)
		want   []string
	}{
		{func(f *report.FineTuning) {
			*f = report.FineTuning{Networks: 7, ChosenOn: 1, Train: 400, Test: 55, Passes: 1, Batch: 10, Rates: 3, RateLow: -2, RateHigh: 0}
		}, []string{"one pass over about 400 images", "about 40 steps", "about 55 images", "objective: 7", "0.01, 0.1 or 1, without weight decay", "100 validation images after training on about 300", "network of seed 1"}},
		{func(f *report.FineTuning) {
			*f = report.FineTuning{Networks: 1, ChosenOn: 2, Train: 400, Test: 55, Passes: 3, Batch: 10, Rates: 1, RateLow: -2, Decays: 2, DecayLow: -4, DecayHigh: -3}
		}, []string{"3 passes", "0.01, weight decay none, 0.0001 or 0.001", "seeds 1 to 2"}},
		{func(f *report.FineTuning) {
			*f = report.FineTuning{Networks: 1, ChosenOn: 1, Train: 400, Test: 55, Passes: 3, Batch: 10, Rates: 1, RateLow: -2}
		}, []string{"Nothing is chosen at this preset: learning rate 0.01, without weight decay"}},
	} {
		notes, err := tuned(t, c.change).fineTuningNotes()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(notes, "\n")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}
}

// Fine-tuning has the first images of the linear probe's splits, each split its own.
func TestFineTuningTask(t *testing.T) {
	study := tuned(t, func(f *report.FineTuning) { f.Train, f.Test = 400, 55 })
	for _, whole := range study.Tasks {
		part := study.FineTuningTask(whole)
		for _, c := range []struct{ part, whole, want int }{
			{part.Train.Len(), whole.Train.Len(), 300}, {part.Validation.Len(), whole.Validation.Len(), 100}, {part.Test.Len(), whole.Test.Len(), 55},
		} {
			if c.part > c.whole || c.part < min(c.want, c.whole) || c.part >= c.want+whole.Train.Classes() {
				t.Errorf("%s: %d images of %d, want %d", whole.ID, c.part, c.whole, c.want)
			}
		}
		part.Train.PerClass, part.Validation.PerClass, part.Test.PerClass = whole.Train.PerClass, whole.Validation.PerClass, whole.Test.PerClass
		if part != whole {
			t.Errorf("%s: not a part of the task: %+v", whole.ID, part)
		}
	}
}

// Networks of all seeds of an objective name one choice, by the networks of the first.
func TestOneChoice(t *testing.T) {
	study := tuned(t, func(f *report.FineTuning) { f.ChosenOn = 2 })
	o := study.Manifest.Objectives[0]
	a := &Ask{Study: study}
	first, third := study.FineTuned(a.trained(o), 1, study.Tasks[0]), study.FineTuned(a.trained(o), 3, study.Tasks[0])
	if len(first.Choice.Models) != 2 || first.Choice.Models[1].Seed != 2 || third.Model.Seed != 3 || third.Choice.Models[0] != first.Model {
		t.Errorf("seeds %d and %d by %d networks", first.Model.Seed, third.Model.Seed, len(first.Choice.Models))
	}
}

func TestPointText(t *testing.T) {
	points := []finetune.Point{{LearningRate: 0.05}, {LearningRate: 0.05, WeightDecay: 2e-4}, {LearningRate: 0.5}, {LearningRate: 0.5, WeightDecay: 2e-4}}
	for _, c := range []struct {
		v     finetune.ChoiceResult
		decay bool
		want  string
	}{
		{finetune.ChoiceResult{Chosen: 0, RateBorder: true}, true, "0.05 ↓, none"},
		{finetune.ChoiceResult{Chosen: 3, RateBorder: true, DecayBorder: true}, true, "0.5 ↑, 0.0002 ↑"},
		{finetune.ChoiceResult{Chosen: 2}, false, "0.5"},
	} {
		c.v.Points = points
		if got := pointText(c.v, c.decay); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
