package probe

import (
	"fmt"
	"math"

	"lossxfer-report/compute/kernel"
)

// Tolerances say when a fit has converged and when it gives up. Zero fields take
// the defaults.
type Tolerances struct {
	// Gradient is the largest accepted ‖∇f‖₂ relative to the gradient at W = 0,
	// b = 0: a figure that scales with neither the features nor the number of
	// examples. Default 1e-6.
	Gradient float64 `json:",omitempty"`
	// Iterations bounds the L-BFGS iterations of one fit. Default 2000.
	Iterations int `json:",omitempty"`
}

func (t Tolerances) orDefault() Tolerances {
	if t.Gradient == 0 {
		t.Gradient = 1e-6
	}
	if t.Iterations == 0 {
		t.Iterations = 2000
	}
	return t
}

// Fit is a multinomial logistic regression: logits = W·x + b.
type Fit struct {
	Classes, Dim int
	W            []float64 // Classes×Dim
	B            []float64 // Classes; −Inf for a class without a training example
	Objective    float64   // Σ losses + ½·λ‖W‖²
	// Gradient is ‖∇f‖₂ at the solution relative to ‖∇f‖₂ at zero.
	Gradient    float64
	Iterations  int
	Evaluations int // of the objective with its gradient
	Converged   bool
	Reason      string // why it stopped, when it did not converge
}

// FitLogistic minimises
//
//	f(W, b) = Σᵢ −log softmax(W·xᵢ + b)[yᵢ] + ½·λ·‖W‖²_F
//
// over W (classes×d) and b (classes), by L-BFGS. The losses are summed, not
// averaged, so that λ means the same as in Appendix A.2; the bias is not
// regularised. x is n×d row-major, labels are in [0, classes). start, if not nil,
// is where to begin (the fit for a neighbouring λ); it changes the number of
// iterations, not the optimum, which is unique up to a constant added to all of b.
//
// A fit that stops short of the tolerance is returned with Converged false and the
// reason; an error is for input that has no answer.
func FitLogistic(x []float64, n, d int, labels []int, classes int, lambda float64, start *Fit, tol Tolerances) (Fit, error) {
	p, err := newProblem(x, n, d, labels, classes)
	if err != nil {
		return Fit{}, err
	}
	return p.fit(lambda, start, tol)
}

// checkExamples refuses shapes and values that no classifier can be fitted to.
func checkExamples(x []float64, n, d int, labels []int, classes int) error {
	switch {
	case n <= 0 || d <= 0 || len(x) != n*d:
		return fmt.Errorf("probe: %d values are not %d×%d features", len(x), n, d)
	case len(labels) != n:
		return fmt.Errorf("probe: %d labels for %d examples", len(labels), n)
	case classes < 2:
		return fmt.Errorf("probe: %d classes; a classifier needs at least 2", classes)
	}
	for i, y := range labels {
		if y < 0 || y >= classes {
			return fmt.Errorf("probe: label %d of example %d is outside [0, %d)", y, i, classes)
		}
	}
	return checkFinite(x, d)
}

func checkFinite(x []float64, d int) error {
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("probe: feature %d of example %d is %v", i%d, i/d, v)
		}
	}
	return nil
}

// Logits writes W·x + b for n examples into z (n×Classes).
func (f *Fit) Logits(z, x []float64, n int) {
	for i := range n {
		copy(z[i*f.Classes:(i+1)*f.Classes], f.B)
	}
	kernel.Dgemm(false, true, n, f.Classes, f.Dim, 1, x, f.Dim, f.W, f.Dim, 1, z, f.Classes)
}

// Predict returns the class of the largest logit of each of n examples; of equal
// logits the lower class wins.
func (f *Fit) Predict(x []float64, n int) []int {
	const rows = 2048 // at a time: logits of all examples would take more memory than their features
	z := make([]float64, min(n, rows)*f.Classes)
	out := make([]int, n)
	for i := range out {
		if i%rows == 0 {
			f.Logits(z, x[i*f.Dim:], min(n-i, rows))
		}
		row := z[i%rows*f.Classes : (i%rows+1)*f.Classes]
		for k, v := range row {
			if v > row[out[i]] {
				out[i] = k
			}
		}
	}
	return out
}
