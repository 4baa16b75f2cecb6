package predict

import (
	"math"

	"lossxfer-report/compute/kernel"
)

// Temperatures are sought between these; at either end the data did not say.
const (
	minTemperature = 1e-3
	maxTemperature = 1e3
)

// Temperature is what temperature scaling divides the logits by.
type Temperature struct {
	T float64
	// Border says that T is an end of the range that was searched: the
	// likelihood still rose there, for instance because every image is right.
	Border     bool `json:",omitempty"`
	Iterations int  `json:",omitempty"`
}

// FitTemperature finds the temperature with the least negative log-likelihood
// (Guo et al. 2017, section 4.2).
//
// In β = 1/T the loss mean(log Σ_k e^{βz_k} − βz_y) is convex, with the derivative
// mean(E_p[z] − z_y) and the second derivative mean(Var_p[z]), so its minimum is the
// one root of the derivative: Newton's steps, and bisection where one would leave the
// interval that holds the root.
func FitTemperature(m LogitMatrix) (Temperature, error) {
	if err := m.check(); err != nil {
		return Temperature{}, err
	}
	low, high := 1/maxTemperature, 1/minTemperature
	p := make([]float64, m.Classes)
	if slope, _ := m.slope(p, low); slope >= 0 {
		return Temperature{T: maxTemperature, Border: true}, nil
	}
	if slope, _ := m.slope(p, high); slope <= 0 {
		return Temperature{T: minTemperature, Border: true}, nil
	}
	β := 1.0
	for i := 1; ; i++ {
		slope, curvature := m.slope(p, β)
		if slope > 0 {
			high = β
		} else {
			low = β
		}
		next := β - slope/curvature
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		// 100 halvings would narrow the widest interval below any float64.
		if slope == 0 || math.Abs(next-β) <= 1e-12*β || i == 100 {
			return Temperature{T: 1 / β, Iterations: i}, nil
		}
		β = next
	}
}

// slope is the first and the second derivative of the mean negative log-likelihood
// by β. p is room for one row.
func (m LogitMatrix) slope(p []float64, β float64) (first, second float64) {
	for i, label := range m.Labels {
		z := m.row(i)
		// Measured from the largest logit, the variance loses no digits to the
		// common part of the logits.
		top := float64(z[largest(z)])
		for k, v := range z {
			p[k] = float64(β * (float64(v) - top))
		}
		kernel.Softmax64(p, nil, p, 1, m.Classes)
		mean, square := 0.0, 0.0
		for k, v := range z {
			d := float64(v) - top
			mean += float64(p[k] * d)
			square += float64(float64(p[k]*d) * d)
		}
		first += mean - (float64(z[label]) - top)
		second += square - float64(mean*mean)
	}
	n := float64(m.N)
	return first / n, second / n
}
