package train

import (
	"math"

	"lossxfer-report/compute/kernel"
)

// parameters is one vector the optimiser moves, with everything that belongs to it.
type parameters struct {
	value    []float32
	gradient []float32 // of the loss, without weight decay
	velocity []float32
	average  []float32 // moving average of value; nil if the schedule has none
	decay    []span    // the elements that weight decay applies to
	plain    bool      // plain momentum in place of Nesterov's
	descent  kernel.Descent
}

// span is a range of elements [from, to).
type span struct{ from, to int }

func newParameters(n int, averaged bool) *parameters {
	p := &parameters{value: make([]float32, n), gradient: make([]float32, n), velocity: make([]float32, n)}
	if averaged {
		p.average = make([]float32, n)
	}
	return p
}

// step moves the parameters by one step of stochastic gradient descent with
// Nesterov momentum μ, in the form of PyTorch and TensorFlow:
//
//	v ← μ v + g,  w ← w - rate (g + μ v),  g = scale·gradient + λ w
//
// scale is what gradient clipping multiplies by (1 without). λ is the weight decay.
// Plain momentum moves by v in place of g + μ v: the paper pretrains with Nesterov
// momentum and says of fine-tuning only that it has momentum (Appendix A.3).
func (p *parameters) step(rate, momentum, weightDecay, scale float64) {
	m := kernel.Momentum{Rate: float32(rate), Momentum: float32(momentum), Scale: float32(scale), Nesterov: !p.plain}
	move := func(from, to int, decay float32) {
		p.descent.Step(m, p.value[from:to], p.gradient[from:to], p.velocity[from:to], decay)
	}
	λ := float32(weightDecay)
	at := 0
	for _, d := range p.decay {
		move(at, d.from, 0)
		move(d.from, d.to, λ)
		at = d.to
	}
	move(at, len(p.value), 0)
}

// startAverage makes the average equal to the parameters as they are.
func (p *parameters) startAverage() { copy(p.average, p.value) }

// updateAverage moves an average towards values: average ← m·average + (1-m)·value.
func updateAverage(d *kernel.Descent, average, value []float32, momentum float64) {
	d.Average(average, value, float32(1-momentum))
}

// clipScale is the factor that brings the gradient's norm over all parameters
// down to limit, at most 1. A gradient that is not finite gives NaN or 0 and is
// caught when the step's results are checked.
func clipScale(limit float64, all []*parameters) float64 {
	sum := 0.0
	for _, p := range all {
		sum += sumOfSquares(p.gradient)
	}
	norm := math.Sqrt(sum)
	if norm <= limit {
		return 1
	}
	return limit / norm
}

// sumOfSquares adds in four partial sums by index modulo 4, which are a part of
// the result's definition: one sum alone would wait for each addition.
func sumOfSquares(x []float32) float64 {
	var a, b, c, d float64
	i := 0
	for ; i+4 <= len(x); i += 4 {
		q := x[i : i+4 : i+4]
		a += float64(float64(q[0]) * float64(q[0]))
		b += float64(float64(q[1]) * float64(q[1]))
		c += float64(float64(q[2]) * float64(q[2]))
		d += float64(float64(q[3]) * float64(q[3]))
	}
	for _, v := range x[i:] {
		a += float64(float64(v) * float64(v))
	}
	return (a + b) + (c + d)
}

// finite reports whether no element is NaN or infinite.
func finite(x []float32) bool {
	for _, v := range x {
		// The difference is 0 for every finite number and NaN for the rest.
		if v-v != 0 {
			return false
		}
	}
	return true
}
