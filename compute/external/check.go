package external

import (
	"context"
	"fmt"
	"math"
	"slices"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// checked is on how many training images, the first ones, a trainer may say what its
// network answers.
const checked = 32

// tolerance is how far an answer may be off, as a fraction of the largest. A trainer
// that computes in a format of ten bits, as GPUs do unless told otherwise, stays within;
// weights in another order do not.
const tolerance = 0.03

// check holds the logits that the trainer's network gave for the first training images
// against those that the weights give here. Weights that are finite and of the right
// shape may still be transposed, or of a network that saw other numbers for a pixel.
func (o output) check(ctx context.Context, w train.Weights) error {
	if !slices.Contains(o.file.Names(), checkLogits) {
		return nil
	}
	n := min(checked, o.set.Len())
	theirs, err := o.read32(checkLogits, []int{n, o.classes})
	if err != nil {
		return err
	}
	first := *o.set
	first.Labels, first.Pixels = o.set.Labels[:n], o.set.Pixels[:n*o.set.H*o.set.W*o.set.C]
	ours, err := o.logits(ctx, w, &first)
	if err != nil {
		return err
	}
	largest, off, at := 0.0, 0.0, 0
	for i, v := range ours {
		largest = max(largest, math.Abs(float64(v)), math.Abs(float64(theirs[i])))
		if d := math.Abs(float64(v) - float64(theirs[i])); d > off {
			off, at = d, i
		}
	}
	if off > tolerance*largest {
		return fmt.Errorf("array %q: for image %d and class %d the trainer's network has the logit %.4g, the weights it wrote give %.4g here: is a weight transposed, are images not standardised as the specification says, or is something on in training only?",
			checkLogits, at/o.classes, at%o.classes, theirs[at], ours[at])
	}
	return nil
}

// logits is what the weights answer to images.
func (o output) logits(ctx context.Context, w train.Weights, set *data.Set) ([]float32, error) {
	f, err := w.Features(ctx, o.model.Arch, set)
	if err != nil {
		return nil, err
	}
	return o.model.Logits(w, f)
}
