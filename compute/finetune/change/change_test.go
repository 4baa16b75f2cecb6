package change

import (
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// similarity fine-tunes a small network at a rate, 10 to the given power, and compares
// it with itself.
func similarity(t *testing.T, power, pretraining float64) represent.SimilarityResult {
	t.Helper()
	source := func(split string, perClass int) data.Source {
		return data.Source{Name: "style", Split: split, PerClass: perClass}
	}
	task := data.Task{ID: "style", Measure: data.Top1, Train: source(data.Train, 12), Validation: source(data.Validation, 4), Test: source(data.Test, 10)}
	m := train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 10},
		Objective: objective.Spec{Name: "softmax"}, Seed: 1,
		Schedule: train.Schedule{Passes: 2, Batch: 10, LearningRate: pretraining, Momentum: 0.9, Decay: train.Cosine},
	}
	s := Similarity{
		Network: finetune.Retrained{Model: m, Choice: finetune.Choice{
			Models: []train.Model{m}, Learn: finetune.LearnOf(task),
			Training: finetune.Training{Passes: 2, Batch: 16, Momentum: 0.9},
			Grid:     finetune.Grid{Rates: 1, RateLow: power},
		}},
		Images: represent.Images{Data: task.Test, Count: 40, Minibatch: 20},
	}
	return tasktest.Result(t, cache.NewMemory(), s)
}

// TestChange: a network that was hardly trained on is hardly changed, one trained on at
// a high rate is, and CKA is taken of the same layers on both sides.
func TestChange(t *testing.T) {
	little, much := similarity(t, -6, 0.05), similarity(t, 0, 0.05)
	last := len(little.Values) - 1
	if last != 5 || little.A[last] != represent.PenultimateLayer || little.B[0] != "stem" || little.Batches != 2 {
		t.Fatalf("layers %v and %v, %d minibatches", little.A, little.B, little.Batches)
	}
	for i := range little.Values {
		a, b := *little.Values[i][i], *much.Values[i][i]
		// Running statistics start anew, on other images, so that even an unchanged
		// network is not exactly itself.
		if a < 0.8 || a > 1.0001 || !(b < a) {
			t.Errorf("%s: CKA %.3f after hardly any fine-tuning, %.3f after much", little.A[i], a, b)
		}
	}
}

func TestDiverged(t *testing.T) {
	if v := similarity(t, -2, 1e30); v.Diverged == "" || v.Values != nil {
		t.Errorf("result %+v", v)
	}
}
