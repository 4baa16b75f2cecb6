package train

import (
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// mixer is mixup (Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond Empirical Risk
// Minimization", ICLR 2018): of every batch, each image is blended with another of the
// same batch,
//
//	x̃ = λ x_i + (1-λ) x_j,  t̃ = λ t_i + (1-λ) t_j,  λ ~ Beta(α, α),
//
// with one λ for the batch and partners j that are a permutation of it, as in the
// authors' code.
//
// λ is drawn from its upper half, 1/2 to 1. Beta(α, α) is symmetric, and a batch with
// λ below 1/2 is, in another order, the batch with 1-λ and the inverse permutation, so
// nothing changes but that the class of image i is always the larger part of x̃_i.
type mixer struct {
	alpha   float64
	draw    *random.Stream
	partner []int
	apart   []float32 // the batch before it is mixed
}

func newMixer(alpha float64, batch, numbers int) *mixer {
	return &mixer{alpha: alpha, partner: make([]int, batch), apart: make([]float32, numbers)}
}

func (m *mixer) startPass(seed uint64, pass int) {
	m.draw = random.New("train/mixup", seed, uint64(pass))
}

// mix draws λ and the partners of one batch and blends its images x and targets.
func (m *mixer) mix(x, targets []float32) {
	λ := 1 - lowerHalf(m.draw.Float64(), m.alpha)
	for i := range m.partner { // Fisher-Yates, as random.Stream.Perm without its memory
		j := m.draw.IntN(i + 1)
		m.partner[i] = m.partner[j]
		m.partner[j] = i
	}
	m.blend(λ, x)
	m.blend(λ, targets)
}

// blend replaces every row of a batch by λ of itself and 1-λ of its partner.
func (m *mixer) blend(λ float64, rows []float32) {
	apart := m.apart[:len(rows)]
	copy(apart, rows)
	own, other := float32(λ), float32(1-λ)
	n := len(rows) / len(m.partner)
	for i, j := range m.partner {
		row, a, b := rows[i*n:(i+1)*n], apart[i*n:(i+1)*n], apart[j*n:(j+1)*n]
		for k := range row {
			row[k] = float32(own*a[k]) + float32(other*b[k])
		}
	}
}

// lowerHalf is the quantile u of the lower half of Beta(α, α), from 0 to 1/2, by
// bisection of the distribution function to within 2⁻³²: more digits than a float32
// weight of an image keeps.
func lowerHalf(u, alpha float64) float64 {
	low, high := 0.0, 0.5
	for high-low > 0x1p-32 {
		middle := (low + high) / 2
		if elementary.IncBeta(alpha, alpha, middle) < u/2 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}
