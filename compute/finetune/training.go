package finetune

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/random"
	"lossxfer-report/compute/train"
)

// Training is what all runs have in common.
type Training struct {
	Passes, Batch int
	Momentum      float64
	Shift         int  // augmentation: up to ± this many pixels
	Flip          bool `json:",omitempty"` // and mirrored, with probability ½
}

// Learn is the two splits of a task that may be learnt from. Its test split is not
// among them.
type Learn struct {
	Train, Validation data.Source
	Measure           string // data.Top1 or data.MeanPerClass
}

// LearnOf is what may be learnt of a task.
func LearnOf(t data.Task) Learn {
	return Learn{Train: t.Train, Validation: t.Validation, Measure: t.Measure}
}

// at is the settings of a run on a task from a network with a seed. The order of the
// images and their shifts depend on the seed and the task alone, so that objectives, and
// points of the grid, are compared on the same batches.
func (t Training) at(p Point, seed int, task string) train.FineTuning {
	return train.FineTuning{
		Passes: t.Passes, Batch: t.Batch, LearningRate: p.LearningRate, Momentum: t.Momentum,
		WeightDecay: p.WeightDecay, Shift: t.Shift, Flip: t.Flip, Seed: random.New("finetune/"+task, uint64(seed)).Uint64(),
	}
}

// steps is the number of images a run on n images takes forward and backward.
func (t Training) steps(n int) int64 {
	if t.Batch < 1 {
		return 0
	}
	return int64(t.Passes) * int64(n/t.Batch) * int64(t.Batch)
}

// softmax is the objective of every fine-tuned network.
var softmax = train.Model{Objective: objective.Spec{Name: "softmax"}}

// measured is the accuracy of a fine-tuned network of the model's architecture on a
// set of its classes, as a share.
func measured(ctx context.Context, m train.Model, w train.Weights, set *data.Set, measure string) (accuracy float64, zero int, err error) {
	f, err := w.Features(ctx, m.Arch, set)
	if err != nil {
		return 0, 0, err
	}
	if f.Classes != w.Classes() {
		return 0, 0, fmt.Errorf("finetune: %s has %d classes, the network was trained on %d", set.Name, f.Classes, w.Classes())
	}
	logits, err := softmax.Logits(w, f)
	if err != nil {
		return 0, 0, err
	}
	predictions := make([]int, f.N)
	for i := range predictions {
		row := logits[i*f.Classes : (i+1)*f.Classes]
		for k, z := range row {
			if z > row[predictions[i]] {
				predictions[i] = k
			}
		}
	}
	accuracy, err = probe.Accuracy(predictions, f.Labels, f.Classes, measure)
	return accuracy, f.Zero, err
}

// join is the images of a followed by those of b, two splits of one set.
func join(a, b *data.Set) (*data.Set, error) {
	if a.H != b.H || a.W != b.W || a.C != b.C || a.Norm != b.Norm || len(a.Classes) != len(b.Classes) {
		return nil, fmt.Errorf("finetune: %s and %s are not splits of one set", a.Name, b.Name)
	}
	out := *a
	out.Pixels = append(append(make([]uint8, 0, len(a.Pixels)+len(b.Pixels)), a.Pixels...), b.Pixels...)
	out.Labels = append(append(make([]int, 0, a.Len()+b.Len()), a.Labels...), b.Labels...)
	return &out, nil
}
