// Package shifted is trained networks on images of their own classes that differ from
// those they were trained on: images that a reference network gets wrong, and images
// corrupted in fifteen ways. Sets that are only drawn otherwise (other nuisances,
// other typefaces, outlines) are plain sources of package data and need no task here.
package shifted

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// answers is the class that a network gives to every image of a set: the largest of
// its objective's logits, the first of equal ones.
func answers(ctx context.Context, m train.Model, w train.Weights, set *data.Set) ([]int, error) {
	if len(set.Classes) != w.Classes() {
		return nil, fmt.Errorf("%s has %d classes, the model was trained on %d: take a set of its own classes", set.Name, len(set.Classes), w.Classes())
	}
	f, err := w.Features(ctx, m.Arch, set)
	if err != nil {
		return nil, err
	}
	z, err := m.Logits(w, f)
	if err != nil {
		return nil, err
	}
	out := make([]int, f.N)
	for i := range out {
		row := z[i*w.Classes() : (i+1)*w.Classes()]
		for k, v := range row {
			if v-v != 0 {
				return nil, fmt.Errorf("logits of image %d of %s are not finite", i, set.Name)
			}
			if v > row[out[i]] {
				out[i] = k
			}
		}
	}
	return out, nil
}

// label names a task for people.
func label(what string, m train.Model, of string) string {
	return fmt.Sprintf("%s of %s seed %d on %s", what, m.Objective.Label(), m.Seed, of)
}
