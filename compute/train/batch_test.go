package train

import (
	"math"
	"slices"
	"testing"

	"lossxfer-report/compute/random"
)

// TestPassesDealEveryImage: a pass shows each image at most once, leaves out
// fewer than a batch, and comes in another order than the pass before.
func TestPassesDealEveryImage(t *testing.T) {
	set := tinySet(50)
	b, err := newBatches(set, 1, Schedule{Batch: 8})
	if err != nil {
		t.Fatal(err)
	}
	x, targets := make([]float32, 8*12), make([]float32, 8*3)
	var first []int
	for pass := range 2 {
		b.startPass(pass)
		var seen []int
		for i := range 6 {
			index := b.fill(i, x, targets)
			seen = append(seen, index...)
			for j, at := range index {
				for k := range 3 {
					want := float32(0)
					if k == set.Labels[at] {
						want = 1
					}
					if targets[j*3+k] != want {
						t.Fatalf("target %d of image %d is %v", k, at, targets[j*3+k])
					}
				}
			}
		}
		sorted := slices.Clone(seen)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != 48 {
			t.Errorf("pass %d shows %d images of 48", pass, len(sorted))
		}
		if pass == 0 {
			first = seen
		} else if slices.Equal(first, seen) {
			t.Error("two passes in one order")
		}
	}
}

func TestShiftImage(t *testing.T) {
	src := []float32{
		1, -1, 2, -2, 3, -3,
		4, -4, 5, -5, 6, -6,
	} // 2×3 pixels of two channels
	for _, c := range []struct {
		dy, dx int
		want   []float32
	}{
		{0, 0, src},
		{1, 0, []float32{1, -1, 2, -2, 3, -3, 1, -1, 2, -2, 3, -3}},
		{-1, 1, []float32{4, -4, 4, -4, 5, -5, 4, -4, 4, -4, 5, -5}},
		{0, -2, []float32{3, -3, 3, -3, 3, -3, 6, -6, 6, -6, 6, -6}},
		{9, 9, []float32{1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1}},
	} {
		got := make([]float32, len(src))
		shiftImage(got, src, 2, 3, 2, c.dy, c.dx)
		if !slices.Equal(got, c.want) {
			t.Errorf("down %d, right %d: %v, want %v", c.dy, c.dx, got, c.want)
		}
	}
}

func TestMask(t *testing.T) {
	m := make([]float32, 100_000)
	fillMask(m, 0.7, random.New("test"))
	kept := 0
	for _, v := range m {
		if v != 0 {
			kept++
			if v != float32(1/0.7) {
				t.Fatalf("a kept feature is multiplied by %v", v)
			}
		}
	}
	if share := float64(kept) / float64(len(m)); math.Abs(share-0.7) > 0.01 {
		t.Errorf("%.3f of the features are kept, want 0.7", share)
	}
}
