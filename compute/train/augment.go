package train

import (
	"fmt"

	"lossxfer-report/compute/augment"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

// augmenter applies a policy of augmentation to the grey levels of a batch. What
// happens to an image depends on the seed, the pass and its place in the pass alone,
// so that the runs of one seed see the same images whatever their objective.
type augmenter struct {
	policy augment.Policy
	batch  data.Set // the images of the batch, augmented
	all    []int    // 0, 1, … of the batch
	chance *random.Stream
}

// newAugmenter makes room for batches of a set. The policy knows images of one
// channel.
func newAugmenter(set *data.Set, batch int) (*augmenter, error) {
	if set.C != 1 {
		return nil, fmt.Errorf("schedule: augment = %q is for grey images, %s has %d channels", AutoAugment, set.Name, set.C)
	}
	a := &augmenter{all: make([]int, batch)}
	a.batch = data.Set{H: set.H, W: set.W, C: 1, Norm: set.Norm, Pixels: make([]uint8, batch*set.H*set.W)}
	for i := range a.all {
		a.all[i] = i
	}
	return a, nil
}

func (a *augmenter) startPass(seed uint64, pass int) {
	a.chance = random.New("train/augment", seed, uint64(pass))
}

// floats writes the augmented, standardised images of a set to dst, as
// data.Set.Floats does without augmentation.
func (a *augmenter) floats(dst []float32, set *data.Set, index []int) {
	for j, at := range index {
		pixels := a.batch.Image(j)
		copy(pixels, set.Image(at))
		a.policy.Apply(pixels, set.H, set.W, a.chance)
	}
	a.batch.Floats(dst, a.all)
}
