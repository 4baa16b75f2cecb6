// Package multilabel is the linear probe of Table D.1: several labels that an image
// may have or not, each learned on its own, measured by the area under the ROC curve.
package multilabel

import (
	"fmt"

	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/probe"
)

// Binary is a logistic regression for one label: the score of x is W·x + B, the
// probability of the label its logistic function.
type Binary struct {
	W         []float64
	B         float64
	Converged bool
	start     *probe.Fit
}

// FitBinary minimises
//
//	f(w, b) = Σᵢ log(1 + exp(−sᵢ·(w·xᵢ + b))) + ½·λ·‖w‖²,  sᵢ = ±1,
//
// on examples whose labels are 1 or 0; scikit-learn's LogisticRegression with C = 1/λ.
// It is the two-class case of the multinomial probe: that has a row of weights for
// either class, ±w/2 at the optimum, and therefore half the penalty at equal λ. start,
// if not nil, is where to begin.
func FitBinary(e probe.Examples, lambda float64, start *Binary, tol probe.Tolerances) (Binary, error) {
	var from *probe.Fit
	if start != nil {
		from = start.start
	}
	f, err := probe.FitLogistic(e.X, e.N, e.D, e.Labels, 2, 2*lambda, from, tol)
	if err != nil {
		return Binary{}, err
	}
	out := Binary{W: make([]float64, e.D), B: f.B[1] - f.B[0], Converged: f.Converged, start: &f}
	for j := range out.W {
		out.W[j] = f.W[e.D+j] - f.W[j]
	}
	return out, nil
}

// Scores is W·x + B of n examples.
func (b Binary) Scores(x []float64, n int) []float64 {
	out := make([]float64, n)
	d := len(b.W)
	for i := range out {
		s := b.B
		for j, w := range b.W {
			s += float64(w * x[i*d+j])
		}
		out[i] = s
	}
	return out
}

// Probabilities is the logistic function of scores.
func Probabilities(scores []float64) []float64 {
	out := make([]float64, len(scores))
	for i, s := range scores {
		out[i] = 1 / (1 + elementary.Exp(-s))
	}
	return out
}

// Selection records how a label's regulariser was chosen on the validation split.
// Slices have one entry per regulariser, in increasing order.
type Selection struct {
	Validation []float64 // exact AUC
	Converged  []bool
	Chosen     int
	Border     bool // the choice lies at either end of the grid
}

// Tune fits every regulariser, in increasing order with warm starts, and chooses the
// one with the highest AUC on the validation examples; of equals the largest. It
// returns the chosen fit. It is shown no test example.
func Tune(train, validation probe.Examples, regularisers []float64, tol probe.Tolerances) (Selection, Binary, error) {
	if len(regularisers) == 0 {
		return Selection{}, Binary{}, fmt.Errorf("multilabel: no regulariser to choose from")
	}
	var s Selection
	var chosen Binary
	var last *Binary
	positive := positives(validation.Labels)
	for i, lambda := range regularisers {
		fit, err := FitBinary(train, lambda, last, tol)
		if err != nil {
			return Selection{}, Binary{}, err
		}
		area, err := AUC(fit.Scores(validation.X, validation.N), positive)
		if err != nil {
			return Selection{}, Binary{}, err
		}
		s.Validation = append(s.Validation, area)
		s.Converged = append(s.Converged, fit.Converged)
		if i == 0 || area >= s.Validation[s.Chosen] {
			s.Chosen, chosen = i, fit
		}
		last = &fit
	}
	s.Border = s.Chosen == 0 || s.Chosen == len(regularisers)-1
	return s, chosen, nil
}

// positives says which labels are 1.
func positives(labels []int) []bool {
	out := make([]bool, len(labels))
	for i, y := range labels {
		out[i] = y == 1
	}
	return out
}
