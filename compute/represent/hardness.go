package represent

import (
	"fmt"

	"lossxfer-report/compute/elementary"
)

// HardnessResult is the distribution of angular visual hardness, Figure E.1.
type HardnessResult struct {
	Curve        Curve
	Mean         float64
	Examples     int
	ZeroFeatures int    // examples with a zero vector: at a right angle to everything
	Diverged     string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// The curve of angular visual hardness: its grid goes to twice the value of an example
// at the same angle to all classes, 1/classes, and the bandwidth is in units of that.
const (
	hardnessPoints    = 201
	hardnessBandwidth = 0.01
)

// Hardness is angular visual hardness (Chen et al. 2019) of features h (n×d) and the
// final layer w (d×classes), and its density over examples:
//
//	AVH(x) = A(x, w_y) / Σ_k A(x, w_k),  A = arccos of the cosine similarity.
//
// Small is easy: the features point along the weights of the right class.
func Hardness(h []float32, n, d int, labels []int, w []float32, classes int) (HardnessResult, error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return HardnessResult{}, err
	}
	weights, err := columnsOf(w, d, classes, true)
	if err != nil {
		return HardnessResult{}, err
	}
	rows := min(n, projectedRows)
	unit, cosines := make([]float64, rows*d), make([]float64, rows*classes)
	values := make([]float64, n)
	zeros, mean := 0, 0.0
	for i, y := range labels {
		at := i % rows
		if at == 0 {
			count := min(rows, n-i)
			zeros += normalise(unit, h[i*d:(i+count)*d], d)
			product(cosines, unit, weights, count, classes, d)
		}
		if y < 0 || y >= classes {
			return HardnessResult{}, fmt.Errorf("represent: label %d of example %d is none of %d classes", y, i, classes)
		}
		sum, own := 0.0, 0.0
		for k, c := range cosines[at*classes : (at+1)*classes] {
			angle := elementary.Acos(max(-1, min(1, c))) // rounding can leave [-1, 1]
			sum += angle
			if k == y {
				own = angle
			}
		}
		if !(sum > 0) {
			return HardnessResult{}, fmt.Errorf("represent: example %d has angle 0 to all %d classes", i, classes)
		}
		values[i] = own / sum
		mean += values[i]
	}
	even := 1 / float64(classes)
	return HardnessResult{
		Curve: densityOf(values, 0, 2*even, hardnessPoints, hardnessBandwidth*even),
		Mean:  mean / float64(n), Examples: n, ZeroFeatures: zeros,
	}, nil
}
