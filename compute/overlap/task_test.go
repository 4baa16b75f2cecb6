package overlap

import (
	"reflect"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a network trained for a moment, and a task that shares 10 of its 30 classes.
func small() Overlap {
	source := func(split string, perClass int) data.Source {
		return data.Source{Name: "mixed", Split: split, PerClass: perClass}
	}
	return Overlap{
		Model: train.Model{
			Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
			Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 8},
			Objective: objective.Spec{Name: "softmax"}, Seed: 1,
			Schedule: train.Schedule{Passes: 1, Batch: 16, LearningRate: 0.1, Momentum: 0.9, Decay: train.Cosine},
		},
		Task: data.Task{ID: "mixed", Measure: data.Top1, Train: source(data.Train, 6), Validation: source(data.Validation, 4), Test: source(data.Test, 5)},
	}
}

// stored keeps the small networks from test to test: in plain Go they take seconds.
var stored = cache.NewMemory()

func run(t *testing.T, tasks ...Overlap) []Result {
	t.Helper()
	var out []Result
	for _, o := range tasks {
		out = append(out, tasktest.Result(t, stored, o))
	}
	return out
}

// The mapping must be the same whatever the test split is.
func TestNoTestExampleIsSeen(t *testing.T) {
	task, other := small(), small()
	other.Task.Test.Seed, other.Task.Test.PerClass = 99, 3
	both := run(t, task, other)
	a, b := both[0], both[1]
	if !reflect.DeepEqual(a.Mapping, b.Mapping) || a.Train != 300 || b.Train != 300 || a.Test != 150 || b.Test != 90 {
		t.Errorf("the mapping depends on the test split:\n%+v\n%+v", a, b)
	}
	if a.Accuracy == b.Accuracy {
		t.Errorf("accuracy %v on both test splits", a.Accuracy)
	}
	if len(a.To) != 10 || a.Replicas < 1 || !(a.Accuracy > 0 && a.Accuracy <= 1) || a.Matched > a.Train {
		t.Errorf("result %+v", a)
	}
}

// On the very images that the mapping is made from, its accuracy is its matches. Both
// splits are the task's training images to it.
func TestAccuracyIsOfTheMapping(t *testing.T) {
	o := small()
	o.Task.Validation, o.Task.Test = o.Task.Train, o.Task.Train
	v := run(t, o)[0]
	if want := float64(v.Matched) / float64(v.Train); v.Accuracy != want {
		t.Errorf("accuracy %v of %d matches among %d", v.Accuracy, v.Matched, v.Train)
	}
}

func TestDivergedModel(t *testing.T) {
	o := small()
	o.Model.Schedule.LearningRate = 1e30
	if v := run(t, o)[0]; v.Diverged == "" || v.Measure != "" {
		t.Errorf("result %+v", v)
	}
}
