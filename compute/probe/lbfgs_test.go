package probe

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"lossxfer-report/compute/random"
)

// gonum's L-BFGS, without a preconditioner and with another line search, must find
// no lower objective.
func TestOptimumAgainstGonum(t *testing.T) {
	const n, d, classes = 200, 12, 5
	x, y := synthetic("gonum", n, d, classes, 0.4)
	for _, lambda := range []float64{1e-3, 0.3, 50} {
		p, err := newProblem(x, n, d, y, classes)
		if err != nil {
			t.Fatal(err)
		}
		fit, err := p.fit(lambda, nil, Tolerances{Gradient: 1e-9})
		if err != nil || !fit.Converged {
			t.Fatal(err, fit.Reason)
		}
		scratch := make([]float64, (d+1)*classes)
		r, err := optimize.Minimize(optimize.Problem{
			Func: func(v []float64) float64 { return p.evaluate(v, scratch) },
			Grad: func(g, v []float64) { p.evaluate(v, g) },
		}, make([]float64, len(scratch)), &optimize.Settings{GradientThreshold: 1e-6}, &optimize.LBFGS{})
		// Its line search may give up at the last digits, on one machine and not on
		// another; the comparison tells whether it got there.
		if r == nil {
			t.Fatal(err)
		}
		if math.Abs(r.F-fit.Objective) > 1e-9*fit.Objective {
			t.Errorf("λ=%g: objective %.12f, gonum finds %.12f", lambda, fit.Objective, r.F)
		}
		if fit.Iterations > r.MajorIterations {
			t.Errorf("λ=%g: %d iterations, gonum without preconditioner needs %d", lambda, fit.Iterations, r.MajorIterations)
		}
	}
}

func TestInvertPositive(t *testing.T) {
	s := random.New("probe/test/invert")
	for _, m := range []int{1, 2, 31, 32, 33, 77} {
		// A = RᵀR + I
		root, a := make([]float64, m*m), make([]float64, m*m)
		for i := range root {
			root[i] = s.Normal()
		}
		for i := range m {
			for j := range m {
				for k := range m {
					a[i*m+j] += root[k*m+i] * root[k*m+j]
				}
			}
			a[i*m+i]++
		}
		inv := append([]float64(nil), a...)
		if !invertPositive(inv, m) {
			t.Fatalf("a positive definite %d×%d matrix was refused", m, m)
		}
		for i := range m {
			for j := range m {
				sum := 0.0
				for k := range m {
					sum += a[i*m+k] * inv[k*m+j]
				}
				if i == j {
					sum--
				}
				if math.Abs(sum) > 1e-10 {
					t.Fatalf("%d×%d: A·A⁻¹ − I has %g at %d, %d", m, m, sum, i, j)
				}
			}
		}
	}
	if invertPositive([]float64{1, 2, 2, 1}, 2) {
		t.Error("an indefinite matrix was inverted")
	}
}
