package train

import "fmt"

// Weights is a trained model: the average of its weights over the last part of
// training if the schedule asks for one, else the last.
type Weights struct {
	Theta []float32 // the trunk's parameters
	Stats []float32 // the trunk's running statistics
	W     []float32 // final layer, features × classes
	B     []float32 // bias, one per class
	// Epochs is the training curve, one entry per pass.
	Epochs []Epoch
	// Checkpoints is the network after the passes that Model.CheckpointPasses lists.
	Checkpoints []Checkpoint
	// Diverged says how training failed: the loss or a weight became NaN or
	// infinite. It is empty for a usable model. A diverged model has no weights
	// and no checkpoints; Epochs then ends before the failure. It is a result like any other, so that
	// a report can say why a value is missing.
	Diverged string
}

// Epoch is the training curve at one pass: means over its batches while training,
// that is with batch statistics, dropout, and images as augmentation left them.
type Epoch struct {
	Loss float64 // the objective
	Top1 float64 // fraction of images whose largest logit is their class, of mixed images the class of the larger part
	Zero int     // images whose feature vector was all zero (cosine similarity 0 to everything)
	// ValidationTop1 is the fraction of Validated images of the validation split that
	// the network after this pass gets right: with its averaged weights, as it is
	// evaluated at the end (see fitting.network). Validated is 0 where the run was
	// not monitored; there is no accuracy then.
	ValidationTop1 float64 `json:",omitempty"`
	Validated      int     `json:",omitempty"`
}

// Classes is the number of classes of the final layer.
func (w Weights) Classes() int { return len(w.B) }

// check reports weights that cannot belong together.
func (w Weights) check() error {
	if w.Diverged != "" {
		if len(w.Theta)+len(w.Stats)+len(w.W)+len(w.B)+len(w.Checkpoints) > 0 {
			return fmt.Errorf("weights: a diverged run has no weights")
		}
		return nil
	}
	if len(w.Theta) == 0 || len(w.B) == 0 || len(w.W) == 0 || len(w.W)%len(w.B) != 0 {
		return fmt.Errorf("weights: %d trunk parameters, %d final weights and %d biases do not make a model", len(w.Theta), len(w.W), len(w.B))
	}
	if !finite(w.Theta) || !finite(w.Stats) || !finite(w.W) || !finite(w.B) {
		return fmt.Errorf("weights: NaN or infinity in a run that did not diverge")
	}
	before := 0
	for _, c := range w.Checkpoints {
		if c.Pass <= before || c.Pass > len(w.Epochs) {
			return fmt.Errorf("weights: a checkpoint after pass %d, after one of pass %d, of %d passes", c.Pass, before, len(w.Epochs))
		}
		before = c.Pass
		if len(c.Theta) != len(w.Theta) || len(c.Stats) != len(w.Stats) || len(c.W) != len(w.W) || len(c.B) != len(w.B) {
			return fmt.Errorf("weights: the checkpoint after pass %d is of another network", c.Pass)
		}
		if !finite(c.Theta) || !finite(c.Stats) || !finite(c.W) || !finite(c.B) {
			return fmt.Errorf("weights: NaN or infinity in the checkpoint after pass %d", c.Pass)
		}
	}
	return nil
}
