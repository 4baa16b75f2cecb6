package train

import "math"

// parameters is one vector the optimiser moves, with everything that belongs to it.
type parameters struct {
	value    []float32
	gradient []float32 // of the loss, without weight decay
	velocity []float32
	average  []float32 // moving average of value; nil if the schedule has none
	decay    []span    // the elements that weight decay applies to
	plain    bool      // plain momentum: see sgd.plain
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
func (p *parameters) step(rate, momentum, weightDecay, scale float64) {
	s := sgd{float32(rate), float32(momentum), float32(scale)}
	move := s.move
	if p.plain {
		move = s.plain
	}
	λ := float32(weightDecay)
	at := 0
	for _, d := range p.decay {
		move(p.value[at:d.from], p.gradient[at:d.from], p.velocity[at:d.from], 0)
		move(p.value[d.from:d.to], p.gradient[d.from:d.to], p.velocity[d.from:d.to], λ)
		at = d.to
	}
	move(p.value[at:], p.gradient[at:], p.velocity[at:], 0)
}

type sgd struct{ rate, momentum, scale float32 }

func (s sgd) move(w, g, v []float32, decay float32) {
	g, v = g[:len(w)], v[:len(w)]
	for i, x := range w {
		d := float32(s.scale*g[i]) + float32(decay*x)
		m := float32(s.momentum*v[i]) + d
		v[i] = m
		w[i] = x - float32(s.rate*(d+float32(s.momentum*m)))
	}
}

// startAverage makes the average equal to the parameters as they are.
func (p *parameters) startAverage() { copy(p.average, p.value) }

// updateAverage moves the average towards the parameters.
func updateAverage(average, value []float32, momentum float64) {
	towards := float32(1 - momentum)
	value = value[:len(average)]
	for i, a := range average {
		average[i] = a + float32(towards*(value[i]-a))
	}
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
