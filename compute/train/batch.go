package train

import (
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

// batches deals the images of a training set in batches: each pass in another
// order, every whole batch of it, shifted by the augmentation. The order and the
// shifts depend on the seed and the pass alone, so the runs of one seed see the
// same images whatever their objective, and differences between objectives can be
// paired by seed.
type batches struct {
	set          *data.Set
	seed         uint64
	batch, shift int
	order        []int
	move         *random.Stream
	plain        []float32 // the batch before shifting
}

func newBatches(set *data.Set, seed uint64, batch, shift int) *batches {
	return &batches{set: set, seed: seed, batch: batch, shift: shift, plain: make([]float32, batch*set.H*set.W*set.C)}
}

// startPass shuffles the set for a pass, counted from 0.
func (b *batches) startPass(pass int) {
	b.order = random.New("train/order", b.seed, uint64(pass)).Perm(b.set.Len())
	b.move = random.New("train/shift", b.seed, uint64(pass))
}

// fill writes batch number i of the pass: standardised images to x (NHWC) and
// one-hot targets. It returns the batch's labels as indices into the set.
func (b *batches) fill(i int, x, targets []float32) []int {
	index := b.order[i*b.batch : (i+1)*b.batch]
	if b.shift == 0 {
		b.set.Floats(x, index)
	} else {
		b.set.Floats(b.plain, index)
		n := len(b.plain) / b.batch
		for j := range index {
			dy := b.move.IntN(2*b.shift+1) - b.shift
			dx := b.move.IntN(2*b.shift+1) - b.shift
			shiftImage(x[j*n:(j+1)*n], b.plain[j*n:(j+1)*n], b.set.H, b.set.W, b.set.C, dy, dx)
		}
	}
	clear(targets)
	classes := len(targets) / b.batch
	for j, at := range index {
		targets[j*classes+b.set.Labels[at]] = 1
	}
	return index
}

// shiftImage moves an H×W×C image down by dy and right by dx pixels. The border
// that comes in repeats the image's edge: backgrounds here are textured grey, and
// a band of zeros would be a mark that no test image has.
func shiftImage(dst, src []float32, h, w, c, dy, dx int) {
	dx = min(max(dx, -w), w)
	left, right := max(0, dx), min(w, w+dx) // columns of dst that src reaches
	for y := range h {
		from := src[min(max(y-dy, 0), h-1)*w*c:][:w*c]
		to := dst[y*w*c:][:w*c]
		copy(to[left*c:right*c], from[(left-dx)*c:])
		for x := range left {
			copy(to[x*c:], from[:c])
		}
		for x := right; x < w; x++ {
			copy(to[x*c:], from[(w-1)*c:])
		}
	}
}

// fillMask draws a dropout mask: 1/keep with probability keep, else 0.
func fillMask(mask []float32, keep float64, s *random.Stream) {
	kept := float32(1 / keep)
	for i := range mask {
		mask[i] = 0
		if s.Float64() < keep {
			mask[i] = kept
		}
	}
}
