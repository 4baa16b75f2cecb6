package probe

import (
	"fmt"

	"lossxfer-report/compute/elementary"
)

// LogSpaced returns n regularisers from 10^low to 10^high, equally spaced in their
// logarithm, ends included.
func LogSpaced(n int, low, high float64) ([]float64, error) {
	if n < 1 || n > 1 && !(low < high) || !(low >= -300 && high <= 300) {
		return nil, fmt.Errorf("probe: grid of %d regularisers from 1e%v to 1e%v", n, low, high)
	}
	const ln10 = 2.302585092994045684
	out := make([]float64, n)
	for i := range out {
		e := low
		if n > 1 {
			e += float64((high-low)*float64(i)) / float64(n-1)
		}
		out[i] = elementary.Exp(ln10 * e)
	}
	return out, nil
}

// Selection records the choice of a regulariser on a validation split. All slices
// have one entry per regulariser, in increasing order.
type Selection struct {
	Regularisers []float64
	Validation   []float64 // accuracy on the validation split, by the task's measure
	Iterations   []int     // of L-BFGS, each with a warm start
	Converged    []bool
	Chosen       int  // index
	Border       bool // whether the choice lies at either end of the grid, so that a better one may lie beyond
}

// Tune fits every regulariser on train, in increasing order with warm starts, and chooses the one with the highest validation
// accuracy; of equals the largest, the simpler classifier. It returns the fit of the
// chosen one too, from which the final fit starts. It is shown no test example.
//
// progress, if not nil, is called after each fit and stops the search with its error.
func Tune(train, validation Examples, classes int, regularisers []float64, measure string, tol Tolerances, progress func(done int) error) (Selection, Fit, error) {
	if len(regularisers) == 0 {
		return Selection{}, Fit{}, fmt.Errorf("probe: no regulariser to choose from")
	}
	if validation.D != train.D {
		return Selection{}, Fit{}, fmt.Errorf("probe: %d features to train on, %d to validate on", train.D, validation.D)
	}
	if err := checkExamples(validation.X, validation.N, validation.D, validation.Labels, classes); err != nil {
		return Selection{}, Fit{}, fmt.Errorf("validation split: %w", err)
	}
	p, err := newProblem(train.X, train.N, train.D, train.Labels, classes)
	if err != nil {
		return Selection{}, Fit{}, err
	}
	var s Selection
	var chosen Fit
	along := newPath(p)
	for i, lambda := range regularisers {
		fit, err := along.next(lambda, tol)
		if err != nil {
			return Selection{}, Fit{}, err
		}
		accuracy, err := Accuracy(fit.Predict(validation.X, validation.N), validation.Labels, classes, measure)
		if err != nil {
			return Selection{}, Fit{}, err
		}
		s.Regularisers = append(s.Regularisers, lambda)
		s.Validation = append(s.Validation, accuracy)
		s.Iterations = append(s.Iterations, fit.Iterations)
		s.Converged = append(s.Converged, fit.Converged)
		if i == 0 || accuracy >= s.Validation[s.Chosen] {
			s.Chosen, chosen = i, fit
		}
		if progress != nil {
			if err := progress(i + 1); err != nil {
				return Selection{}, Fit{}, err
			}
		}
	}
	s.Border = s.Chosen == 0 || s.Chosen == len(regularisers)-1
	return s, chosen, nil
}
