package literal

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// noise is features around a mean for each class, of unequal numbers of images, one of
// them zero.
func noise(d int) (h []float32, labels []int) {
	rng := random.New("literal", 1)
	for k, size := range []int{5, 3, 9} {
		for range size {
			for j := range d {
				v := float32(rng.Normal())
				if j == k {
					v += 3
				}
				h = append(h, v)
			}
			labels = append(labels, 2*k) // a class without images between them
		}
	}
	clear(h[:d])
	return h, labels
}

// What Table 3 has by the means of classes is what the sums over pairs give, for classes of
// any size; and the variance is the mean over pairs.
func TestBothSidesAgree(t *testing.T) {
	h, labels := noise(7)
	r, err := Identities(h, len(labels), 7, labels)
	if err != nil || len(r.Identities) != 2 {
		t.Fatal(r, err)
	}
	for _, e := range r.Identities {
		if !(e.Difference < 1e-12) || e.Left <= 0 {
			t.Errorf("(%s): %v and %v", e.ID, e.Left, e.Right)
		}
	}
}

// By hand: vectors (1, 0) and (0, 1) in one class, (1, 1) in another. Cosines are 0 and
// √½, so within (½ + 0)/2 and total (½ + 2(1 − √½) + 0)/4.
func TestByHand(t *testing.T) {
	h, labels := []float32{1, 0, 0, 1, 2, 2}, []int{0, 0, 1}
	r2 := separationOverPairs(byClass(h, 3, 2, labels))
	if want := 1 - 0.25/((2.5-2*math.Sqrt(0.5))/4); math.Abs(r2-want) > 1e-15 {
		t.Errorf("R² %v, want %v", r2, want)
	}
	// The first feature is 1, 0, 2: mean 1, variance ⅔; the second 0, 1, 2.
	y, variance := mostVaried(h, 3, 2)
	if math.Abs(variance-2./3) > 1e-15 || math.Abs(varianceOverPairs(y)-2./3) > 1e-15 {
		t.Errorf("variance %v, over pairs %v", variance, varianceOverPairs(y))
	}
}

func TestOneClass(t *testing.T) {
	if _, err := Identities([]float32{1, 2}, 2, 1, []int{0, 0}); err == nil {
		t.Error("class separation of one class")
	}
}
