package probe

import "lossxfer-report/compute/kernel"

// The Hessian of f is Σᵢ (diag(pᵢ) − pᵢpᵢᵀ) ⊗ xᵢxᵢᵀ + λI. Plain L-BFGS sees its
// condition number, which for penultimate features and λ = 10⁻⁶ is enormous, and
// takes thousands of iterations. Averaging over classes leaves a matrix of
// features only,
//
//	A = Σᵢ wᵢ·xᵢxᵢᵀ + λI,   wᵢ = Σₖ pᵢₖ(1 − pᵢₖ) / (K − 1),
//
// exact where the probabilities are uniform, and close enough elsewhere that its
// inverse as the initial metric of L-BFGS saves a factor of 5 to 10 in iterations.
// It is computed once per fit, at the warm start, for the price of a few
// evaluations. The optimum does not depend on it.

// inverseCurvature writes A⁻¹, (d+1)×(d+1), into inv, taking the probabilities from
// the residuals of the last evaluation. It reports false if A is not positive
// definite to working precision.
func (p *problem) inverseCurvature(inv []float64) bool {
	d1, k := p.d+1, p.k
	if p.scaled == nil {
		p.scaled = make([]float64, min(p.n, curvatureRows)*d1)
	}
	beta := 0.0
	for lo := 0; lo < p.n; lo += curvatureRows {
		rows := min(curvatureRows, p.n-lo)
		for i, y := range p.y[lo : lo+rows] {
			row := p.r[(lo+i)*k : (lo+i+1)*k]
			w := 0.0
			for j, v := range row {
				if j == y {
					v++
				}
				w += float64(v * (1 - v))
			}
			scaleTo(p.scaled[i*d1:(i+1)*d1], w/float64(k-1), p.x[(lo+i)*d1:(lo+i+1)*d1])
		}
		// Cholesky reads nothing above the diagonal.
		for f := 0; f < d1; f += curvatureColumns {
			end := min(f+curvatureColumns, d1)
			kernel.Dgemm(true, false, end-f, end, rows, 1, p.x[lo*d1+f:], d1, p.scaled, d1, beta, inv[f*d1:], d1)
		}
		beta = 1
	}
	trace := 0.0
	for j := range d1 {
		trace += inv[j*d1+j]
	}
	// The bias is not regularised, and curvature vanishes when the data are
	// separated: a ridge far below any curvature that matters keeps A invertible.
	ridge := float64(1e-10 * (trace/float64(d1) + p.lambda))
	for j := range d1 {
		inv[j*d1+j] += ridge
		if j < p.d {
			inv[j*d1+j] += p.lambda
		}
	}
	return invertPositive(inv, d1)
}

// curvatureRows is how many weighted examples are in memory at a time, a multiple of the
// 256 products after which a matrix product begins a new sum: any such number gives the
// same bits. curvatureColumns is the height of the blocks that reach up to the diagonal.
const curvatureRows, curvatureColumns = 1024, 256
