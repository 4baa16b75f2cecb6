package probe

import (
	"math"

	"lossxfer-report/compute/kernel"
)

// memory is the number of curvature pairs that L-BFGS keeps.
const memory = 10

// lbfgs is the limited-memory BFGS method (Nocedal & Wright, Numerical
// Optimization, 2nd edition, algorithm 7.4) with a given initial metric and a weak
// Wolfe line search, over a parameter vector of fixed length whose buffers are
// reused from fit to fit. gonum/optimize has the method but no place for an initial
// metric, and its vector routines round differently on other architectures.
type lbfgs struct {
	s, y          [memory][]float64 // steps and gradient differences, a ring
	rho, alpha    [memory]float64
	count, newest int

	grad, dir, next, nextGrad, tmp []float64
	metric                         []float64 // inverse curvature, (d+1)×(d+1)

	value, norm             float64 // f and ‖∇f‖₂ where it stopped
	iterations, evaluations int
	reason                  string // "" when converged
}

func newLBFGS(size int) *lbfgs {
	o := &lbfgs{}
	for i := range memory {
		o.s[i], o.y[i] = make([]float64, size), make([]float64, size)
	}
	for _, v := range []*[]float64{&o.grad, &o.dir, &o.next, &o.nextGrad, &o.tmp} {
		*v = make([]float64, size)
	}
	return o
}

// minimise moves theta to where ‖∇f‖₂ <= tolerance, or says in o.reason why not.
func (o *lbfgs) minimise(theta []float64, p *problem, tolerance float64, limit int) {
	o.count, o.iterations, o.evaluations, o.reason = 0, 0, 1, ""
	o.value = p.evaluate(theta, o.grad)
	o.norm = math.Sqrt(dot(o.grad, o.grad))
	if o.norm <= tolerance {
		return
	}
	d1 := p.d + 1
	if o.metric == nil {
		o.metric = make([]float64, d1*d1)
	}
	if !p.inverseCurvature(o.metric) {
		o.reason = "the curvature matrix of the features is not positive definite to working precision"
		return
	}
	for o.norm > tolerance {
		switch {
		case math.IsNaN(o.value) || math.IsInf(o.value, 0):
			o.reason = "the objective is not finite"
		case o.iterations >= limit:
			o.reason = "iteration limit"
		}
		if o.reason != "" {
			return
		}
		o.direction(p)
		if !o.lineSearch(theta, p) {
			o.reason = "the line search found no lower point: rounding error reached"
			return
		}
		o.iterations++
	}
}

// direction sets dir to −H·grad by the two-loop recursion, H₀ being the metric
// scaled by the newest pair.
func (o *lbfgs) direction(p *problem) {
	scaleTo(o.dir, -1, o.grad)
	for i := range o.count {
		j := (o.newest - i + memory) % memory
		o.alpha[j] = float64(o.rho[j] * dot(o.s[j], o.dir))
		axpy(-o.alpha[j], o.y[j], o.dir)
	}
	d1 := p.d + 1
	gamma := 1.0
	if o.count > 0 {
		y := o.y[o.newest]
		kernel.Dgemm(false, false, d1, p.k, d1, 1, o.metric, d1, y, p.k, 0, o.tmp, p.k)
		gamma = 1 / (o.rho[o.newest] * dot(y, o.tmp))
	}
	kernel.Dgemm(false, false, d1, p.k, d1, gamma, o.metric, d1, o.dir, p.k, 0, o.tmp, p.k)
	o.dir, o.tmp = o.tmp, o.dir
	for i := o.count - 1; i >= 0; i-- {
		j := (o.newest - i + memory) % memory
		beta := float64(o.rho[j] * dot(o.y[j], o.dir))
		axpy(o.alpha[j]-beta, o.s[j], o.dir)
	}
}

// lineSearch walks along dir to a point that satisfies the weak Wolfe conditions
// (Lewis & Overton's bisection: f is convex, and the unit step is nearly always
// taken), or, where f no longer resolves the decrease, Hager and Zhang's condition
// on slopes alone. It records the step as a curvature pair.
func (o *lbfgs) lineSearch(theta []float64, p *problem) bool {
	const (
		decrease, curvature = 1e-4, 0.9
		resolution          = 1e-13 // relative: below it differences of f are noise
	)
	slope := dot(o.grad, o.dir)
	if !(slope < 0) {
		return false
	}
	lo, hi, t := 0.0, math.Inf(1), 1.0
	for range 60 {
		copy(o.next, theta)
		axpy(t, o.dir, o.next)
		value := p.evaluate(o.next, o.nextGrad)
		o.evaluations++
		reached := dot(o.nextGrad, o.dir)
		lower := value <= o.value+float64(decrease*t*slope) ||
			value <= o.value+float64(resolution*math.Abs(o.value)) && reached <= (2*decrease-1)*slope
		switch {
		case !lower:
			hi = t
		case reached < curvature*slope:
			lo = t
		default:
			o.accept(theta, value)
			return true
		}
		if math.IsInf(hi, 1) {
			t = 2 * lo
		} else {
			t = (lo + hi) / 2
		}
	}
	return false
}

// accept makes the trial point current.
func (o *lbfgs) accept(theta []float64, value float64) {
	o.newest = (o.newest + 1) % memory
	o.count = min(o.count+1, memory)
	s, y := o.s[o.newest], o.y[o.newest]
	subTo(s, o.next, theta)
	subTo(y, o.nextGrad, o.grad)
	o.rho[o.newest] = 1 / dot(s, y)
	copy(theta, o.next)
	o.grad, o.nextGrad = o.nextGrad, o.grad
	o.value = value
	o.norm = math.Sqrt(dot(o.grad, o.grad))
}
