package represent

import (
	"fmt"
	"math"
)

// unitRows returns the rows of h (n×d) divided by their norms, in float64, and how
// many rows are zero; those stay zero, so that every inner product with them is 0.
func unitRows(h []float32, n, d int, labels []int) (unit []float64, zeros int, err error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return nil, 0, err
	}
	unit = make([]float64, n*d)
	return unit, normalise(unit, h, d), nil
}

// normalise writes rows of d features divided by their norms to unit and returns how
// many are zero.
func normalise(unit []float64, h []float32, d int) (zeros int) {
	for at := 0; at < len(h); at += d {
		row := unit[at : at+d]
		sum := 0.0
		for j, v := range h[at : at+d] {
			w := float64(v)
			row[j] = w
			sum += float64(w * w) // no float32 overflows or vanishes when squared in float64
		}
		if sum == 0 {
			zeros++
			continue
		}
		norm := math.Sqrt(sum)
		for j := range row {
			row[j] /= norm
		}
	}
	return zeros
}

// classSizes counts the examples of each class; labels may be any integers >= 0 and
// classes without an example do not count.
func classSizes(labels []int) (sizes []int, present int, err error) {
	for i, y := range labels {
		if y < 0 || y > math.MaxInt32 {
			return nil, 0, fmt.Errorf("represent: label %d of example %d is not a class", y, i)
		}
		for y >= len(sizes) {
			sizes = append(sizes, 0)
		}
		if sizes[y] == 0 {
			present++
		}
		sizes[y]++
	}
	return sizes, present, nil
}
