package train

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/random"
)

// tiny is a network of one matrix and a ReLU, h = max(0, xθ), small enough to
// check a whole step by hand. Its statistics are the batch mean of each feature.
type tiny struct {
	pixels, features int
	x, θ, h          []float32
	n                int
	spoil            int // from this Forward on, features are NaN (0: never)
	calls            int
}

func (t *tiny) Dim() int       { return t.features }
func (t *tiny) NumParams() int { return t.pixels * t.features }
func (t *tiny) NumStats() int  { return t.features }

func (t *tiny) Init(theta, stats []float32, s *random.Stream) {
	for i := range theta {
		theta[i] = float32(0.1 * s.Normal())
	}
	clear(stats)
}

func (t *tiny) Forward(x []float32, n int, theta, h []float32) error {
	if len(x) != n*t.pixels || len(h) != n*t.features {
		return fmt.Errorf("tiny: %d images in %d numbers", n, len(x))
	}
	t.calls++
	t.x, t.n, t.θ = x, n, theta
	for i := range n {
		for j := range t.features {
			var s float32
			for p := range t.pixels {
				s += x[i*t.pixels+p] * theta[p*t.features+j]
			}
			h[i*t.features+j] = max(0, s)
		}
	}
	if t.spoil > 0 && t.calls >= t.spoil {
		h[0] -= h[0]
		h[0] /= h[0]
	}
	t.h = append(t.h[:0], h...)
	return nil
}

// Features has no use for the statistics; that they come along is checked.
func (t *tiny) Features(x []float32, n int, theta, stats, h []float32) error {
	if len(stats) != t.features {
		return fmt.Errorf("tiny: %d statistics", len(stats))
	}
	other := tiny{pixels: t.pixels, features: t.features}
	return other.Forward(x, n, theta, h)
}

func (t *tiny) Backward(dh, dtheta []float32) error {
	clear(dtheta)
	for i := range t.n {
		for j := range t.features {
			if t.h[i*t.features+j] <= 0 {
				continue
			}
			for p := range t.pixels {
				dtheta[p*t.features+j] += dh[i*t.features+j] * t.x[i*t.pixels+p]
			}
		}
	}
	return nil
}

func (t *tiny) UpdateStats(stats []float32, momentum float32) {
	for j := range stats {
		var s float32
		for i := range t.n {
			s += t.h[i*t.features+j] / float32(t.n)
		}
		stats[j] = momentum*stats[j] + (1-momentum)*s
	}
}

// tinySet is n images of 4×3 pixels in three classes that differ in brightness
// of a third of the image.
func tinySet(n int) *data.Set {
	s := &data.Set{Name: "tiny", H: 4, W: 3, C: 1, Classes: []string{"a", "b", "c"}, Norm: data.Norm{Mean: 0.3, Std: 0.3}}
	r := random.New("tiny")
	for i := range n {
		k := i % 3
		for p := range 12 {
			v := r.IntN(100)
			if p/4 == k {
				v += 120
			}
			s.Pixels = append(s.Pixels, uint8(v))
		}
		s.Labels = append(s.Labels, k)
	}
	return s
}

func tinyNet() *tiny { return &tiny{pixels: 12, features: 8} }

func tinySchedule() Schedule {
	return Schedule{Passes: 3, Batch: 8, LearningRate: 0.1, Momentum: 0.9, WeightDecay: 1e-3, WarmUp: 0.1, Decay: Cosine, EMA: PaperEMA, Shift: 1}
}
