package train

import (
	"slices"
	"testing"
)

func TestFlipImage(t *testing.T) {
	x := []float32{
		1, -1, 2, -2, 3, -3,
		4, -4, 5, -5, 6, -6,
	} // 2×3 pixels of two channels
	want := []float32{
		3, -3, 2, -2, 1, -1,
		6, -6, 5, -5, 4, -4,
	}
	flipImage(x, 2, 3, 2)
	if !slices.Equal(x, want) {
		t.Errorf("%v, want %v", x, want)
	}
}

// TestFlips: about half of the images are mirrored, otherwise they are those without
// flips, in the same order, and each pass mirrors others.
func TestFlips(t *testing.T) {
	set := tinySet(400)
	n := set.H * set.W * set.C
	schedule := Schedule{Batch: 400, Shift: 1}
	plain, err := newBatches(set, 1, schedule)
	if err != nil {
		t.Fatal(err)
	}
	schedule.Flip = true
	flips, err := newBatches(set, 1, schedule)
	if err != nil {
		t.Fatal(err)
	}
	x, y, targets := make([]float32, 400*n), make([]float32, 400*n), make([]float32, 400*3)
	var passes [2][]bool
	for pass := range passes {
		plain.startPass(pass)
		flips.startPass(pass)
		if !slices.Equal(plain.fill(0, x, targets), flips.fill(0, y, targets)) {
			t.Fatal("flips change the order")
		}
		mirrored := 0
		for j := range 400 {
			a, b := x[j*n:(j+1)*n], y[j*n:(j+1)*n]
			same := slices.Equal(a, b)
			passes[pass] = append(passes[pass], same)
			if same {
				continue
			}
			mirrored++
			flipImage(b, set.H, set.W, set.C)
			if !slices.Equal(a, b) {
				t.Fatalf("image %d is neither itself nor its mirror image", j)
			}
		}
		if mirrored < 160 || mirrored > 240 {
			t.Errorf("%d of 400 images are mirrored", mirrored)
		}
	}
	if slices.Equal(passes[0], passes[1]) {
		t.Error("two passes mirror the same images")
	}
}
