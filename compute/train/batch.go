package train

import (
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

// batches deals the images of a training set in batches: each pass in another
// order, every whole batch of it, augmented by the policy, shifted, mirrored and mixed, as
// far as the schedule says. All of that depends on the seed and the pass alone, so the runs
// of one seed see the same images whatever their objective, and differences between
// objectives can be paired by seed.
type batches struct {
	set          *data.Set
	seed         uint64
	batch, shift int
	order        []int
	move         *random.Stream
	mirror       *random.Stream // nil: images stay as they are
	plain        []float32      // the batch before shifting
	policy       *augmenter     // nil: none
	mixer        *mixer         // nil: images stay apart
}

func newBatches(set *data.Set, seed uint64, s Schedule) (*batches, error) {
	numbers := s.Batch * max(set.H*set.W*set.C, len(set.Classes))
	b := &batches{set: set, seed: seed, batch: s.Batch, shift: s.Shift, plain: make([]float32, s.Batch*set.H*set.W*set.C)}
	if s.Mixup > 0 {
		b.mixer = newMixer(s.Mixup, s.Batch, numbers)
	}
	if s.Flip {
		b.mirror = random.New("train/flip", seed)
	}
	var err error
	if s.Augment != "" {
		b.policy, err = newAugmenter(set, s.Batch)
	}
	return b, err
}

// startPass shuffles the set for a pass, counted from 0.
func (b *batches) startPass(pass int) {
	b.order = random.New("train/order", b.seed, uint64(pass)).Perm(b.set.Len())
	b.move = random.New("train/shift", b.seed, uint64(pass))
	if b.mirror != nil {
		b.mirror = random.New("train/flip", b.seed, uint64(pass))
	}
	if b.policy != nil {
		b.policy.startPass(b.seed, pass)
	}
	if b.mixer != nil {
		b.mixer.startPass(b.seed, pass)
	}
}

// fill writes batch number i of the pass: standardised images to x (NHWC) and their
// targets, one-hot or mixed. It returns the images' indices into the set; the class of
// each is the largest of its targets.
func (b *batches) fill(i int, x, targets []float32) []int {
	index := b.order[i*b.batch : (i+1)*b.batch]
	if b.shift == 0 {
		b.floats(x, index)
	} else {
		b.floats(b.plain, index)
		n := len(b.plain) / b.batch
		for j := range index {
			dy := b.move.IntN(2*b.shift+1) - b.shift
			dx := b.move.IntN(2*b.shift+1) - b.shift
			shiftImage(x[j*n:(j+1)*n], b.plain[j*n:(j+1)*n], b.set.H, b.set.W, b.set.C, dy, dx)
		}
	}
	if b.mirror != nil {
		n := len(x) / b.batch
		for j := range index {
			if b.mirror.Uint64()>>63 == 1 {
				flipImage(x[j*n:(j+1)*n], b.set.H, b.set.W, b.set.C)
			}
		}
	}
	clear(targets)
	classes := len(targets) / b.batch
	for j, at := range index {
		targets[j*classes+b.set.Labels[at]] = 1
	}
	if b.mixer != nil {
		b.mixer.mix(x, targets)
	}
	return index
}

// floats writes the standardised images of the set, under the policy if there is one.
func (b *batches) floats(dst []float32, index []int) {
	if b.policy != nil {
		b.policy.floats(dst, b.set, index)
		return
	}
	b.set.Floats(dst, index)
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

// flipImage mirrors an H×W×C image, left for right.
func flipImage(x []float32, h, w, c int) {
	for y := range h {
		row := x[y*w*c:][:w*c]
		for l, r := 0, w-1; l < r; l, r = l+1, r-1 {
			for k := range c {
				row[l*c+k], row[r*c+k] = row[r*c+k], row[l*c+k]
			}
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
