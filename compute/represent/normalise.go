package represent

import (
	"fmt"
	"math"
)

// unitRows returns the rows of h (n×d) divided by their norms, in float64, and how
// many rows are zero; those stay zero, so that every inner product with them is 0.
func unitRows(h []float32, n, d int, labels []int) (unit []float64, zeros int, err error) {
	switch {
	case n <= 0 || d <= 0 || len(h) != n*d:
		return nil, 0, fmt.Errorf("represent: %d values are not %d×%d features", len(h), n, d)
	case len(labels) != n:
		return nil, 0, fmt.Errorf("represent: %d labels for %d examples", len(labels), n)
	}
	unit = make([]float64, n*d)
	for i := range n {
		row := unit[i*d : (i+1)*d]
		sum := 0.0
		for j, v := range h[i*d : (i+1)*d] {
			w := float64(v)
			if math.IsNaN(w) || math.IsInf(w, 0) {
				return nil, 0, fmt.Errorf("represent: feature %d of example %d is %v", j, i, v)
			}
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
	return unit, zeros, nil
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
