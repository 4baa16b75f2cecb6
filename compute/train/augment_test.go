package train

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute/augment"
	"lossxfer-report/compute/random"
)

// TestAugmentedBatches: the policy gets the grey levels of the images in the order they
// are dealt, and what it makes of them is standardised and shifted as without it.
func TestAugmentedBatches(t *testing.T) {
	set := tinySet(50)
	s := tinySchedule()
	s.Augment = AutoAugment
	b, err := newBatches(set, 5, s)
	if err != nil {
		t.Fatal(err)
	}
	s.Augment = ""
	plain, err := newBatches(set, 5, s)
	if err != nil {
		t.Fatal(err)
	}
	x, y, targets := make([]float32, 8*12), make([]float32, 8*12), make([]float32, 8*3)
	changed := 0
	for pass := range 2 {
		b.startPass(pass)
		plain.startPass(pass)
		chance := random.New("train/augment", 5, uint64(pass))
		var policy augment.Policy
		for i := range 6 {
			index := b.fill(i, x, targets)
			augmented := *set
			augmented.Pixels = slices.Clone(set.Pixels)
			for _, at := range index {
				policy.Apply(augmented.Image(at), 4, 3, chance)
			}
			plain.set = &augmented
			if !slices.Equal(plain.fill(i, y, targets), index) || !slices.Equal(x, y) {
				t.Fatalf("pass %d, batch %d: other images", pass, i)
			}
			for _, at := range index {
				if !slices.Equal(augmented.Image(at), set.Image(at)) {
					changed++
				}
			}
		}
	}
	// Many operations leave an image of 4×3 pixels as it is.
	if changed < 30 {
		t.Errorf("%d of 96 images were changed", changed)
	}
	fresh := tinySet(50)
	if !slices.Equal(fresh.Pixels, set.Pixels) {
		t.Error("the training set itself was changed")
	}
}

func TestAugmentWantsGrey(t *testing.T) {
	set := tinySet(50)
	set.W, set.C = 1, 3
	s := tinySchedule()
	s.Augment = AutoAugment
	if _, err := newFitting(tinyNet(), nil, set, softmax, s, 1); err == nil || !strings.Contains(err.Error(), "grey") {
		t.Errorf("three channels: %v", err)
	}
}
