package probe

import (
	"fmt"
	"math"

	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/kernel"
)

// problem holds one training set and the buffers that every fit on it shares.
// Parameters are one matrix Θ of (d+1)×k: a row per feature, the last row the bias,
// a column per class that occurs in the labels ("active").
type problem struct {
	n, d, k int
	classes int
	active  []int     // class of each column
	y       []int     // column of each example
	x       []float64 // n×(d+1), last column 1
	zero    float64   // ‖∇f‖₂ at Θ = 0, λ irrelevant there

	lambda float64
	r      []float64 // n×k: logits, then probabilities minus targets
	scaled []float64 // some rows of x times a weight, for the preconditioner
	search *lbfgs
}

// newProblem lays out the examples for fitting. Classes without an example are left
// out: their unregularised bias would run to −∞.
func newProblem(x []float64, n, d int, labels []int, classes int) (*problem, error) {
	if err := checkExamples(x, n, d, labels, classes); err != nil {
		return nil, err
	}
	p := &problem{n: n, d: d, classes: classes, y: make([]int, n)}
	column := make([]int, classes)
	for _, y := range labels {
		column[y] = 1
	}
	for c, seen := range column {
		if seen == 1 {
			column[c] = len(p.active)
			p.active = append(p.active, c)
		}
	}
	p.k = len(p.active)
	if p.k < 2 {
		return nil, fmt.Errorf("probe: all %d examples are of class %d; a classifier needs two classes", n, labels[0])
	}
	for i, y := range labels {
		p.y[i] = column[y]
	}
	p.x = make([]float64, n*(d+1))
	for i := range n {
		copy(p.x[i*(d+1):], x[i*d:(i+1)*d])
		p.x[i*(d+1)+d] = 1
	}
	p.r = make([]float64, n*p.k)
	p.search = newLBFGS((d + 1) * p.k)
	theta, grad := make([]float64, (d+1)*p.k), make([]float64, (d+1)*p.k)
	p.evaluate(theta, grad)
	p.zero = math.Sqrt(dot(grad, grad))
	return p, nil
}

// rowBlock is how many examples go through both products of an evaluation at a time,
// so that the second finds them in the second-level cache. It is part of the order of
// summation: changing it changes bits.
const rowBlock = 256

// evaluate returns f(Θ), writes its gradient, and leaves probabilities minus
// targets in p.r.
func (p *problem) evaluate(theta, grad []float64) float64 {
	d1, k := p.d+1, p.k
	loss, beta := 0.0, 0.0
	for lo := 0; lo < p.n; lo += rowBlock {
		rows := min(rowBlock, p.n-lo)
		x, r := p.x[lo*d1:(lo+rows)*d1], p.r[lo*k:(lo+rows)*k]
		kernel.Dgemm(false, false, rows, k, d1, 1, x, d1, theta, k, 0, r, k)
		loss += softmaxResiduals(r, k, p.y[lo:lo+rows])
		kernel.Dgemm(true, false, d1, k, rows, 1, x, d1, r, k, beta, grad, k)
		beta = 1
	}
	w := theta[:p.d*k]
	axpy(p.lambda, w, grad[:p.d*k])
	return loss + float64(0.5*float64(p.lambda*dot(w, w)))
}

// softmaxResiduals replaces rows of k logits by softmax minus the one-hot target and
// returns the sum of cross entropies. At most rowBlock rows.
func softmaxResiduals(r []float64, k int, y []int) float64 {
	var target [rowBlock]float64 // logit of the target, less the largest
	for i, c := range y {
		row := r[i*k : (i+1)*k]
		top := row[0]
		for _, v := range row[1:] {
			if v > top {
				top = v
			}
		}
		for j := range row {
			row[j] -= top
		}
		target[i] = row[c]
	}
	kernel.ExpSlice64(r, r)
	loss := 0.0
	for i, c := range y {
		row := r[i*k : (i+1)*k]
		sum := 0.0
		for _, e := range row {
			sum += e
		}
		loss += elementary.Log(sum) - target[i]
		scaleTo(row, 1/sum, row)
		row[c]--
	}
	return loss
}

// fit minimises f for one λ, from start or from zero.
func (p *problem) fit(lambda float64, start *Fit, tol Tolerances) (Fit, error) {
	if err := checkRegulariser(lambda); err != nil {
		return Fit{}, err
	}
	theta, err := p.begin(start)
	if err != nil {
		return Fit{}, err
	}
	p.lambda = lambda
	return p.solve(theta, tol), nil
}

func checkRegulariser(lambda float64) error {
	if !(lambda > 0) || math.IsInf(lambda, 0) {
		return fmt.Errorf("probe: regulariser %v; it must be positive and finite", lambda)
	}
	return nil
}

// solve moves theta to the minimum for p.lambda and returns it as a Fit.
func (p *problem) solve(theta []float64, tol Tolerances) Fit {
	tol = tol.orDefault()
	s := p.search
	s.minimise(theta, p, tol.Gradient*p.zero, tol.Iterations)
	out := Fit{
		Classes: p.classes, Dim: p.d,
		W: make([]float64, p.classes*p.d), B: make([]float64, p.classes),
		Objective: s.value, Iterations: s.iterations, Evaluations: s.evaluations,
		Converged: s.reason == "", Reason: s.reason,
	}
	if p.zero > 0 {
		out.Gradient = s.norm / p.zero
	}
	for c := range out.B {
		out.B[c] = math.Inf(-1)
	}
	for j, c := range p.active {
		for f := range p.d {
			out.W[c*p.d+f] = theta[f*p.k+j]
		}
		out.B[c] = theta[p.d*p.k+j]
	}
	return out
}

// begin returns Θ at the start fit, or zero. A class that the start fit had no
// example of begins at zero.
func (p *problem) begin(start *Fit) ([]float64, error) {
	theta := make([]float64, (p.d+1)*p.k)
	if start == nil {
		return theta, nil
	}
	if start.Dim != p.d || start.Classes != p.classes {
		return nil, fmt.Errorf("probe: start fit has %d classes × %d features, the examples %d×%d", start.Classes, start.Dim, p.classes, p.d)
	}
	for j, c := range p.active {
		if math.IsInf(start.B[c], -1) {
			continue
		}
		for f := range p.d {
			theta[f*p.k+j] = start.W[c*p.d+f]
		}
		theta[p.d*p.k+j] = start.B[c]
	}
	return theta, nil
}
