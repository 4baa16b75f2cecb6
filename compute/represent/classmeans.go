package represent

import (
	"fmt"
	"math"
)

// classMeans is the first moments of features by class.
type classMeans struct {
	classes, d int
	sizes      []int     // examples of each class
	means      []float64 // classes × d, minus global
	global     []float64 // mean over examples
}

// meansOf computes the class means of x (n×d). Every class from 0 to classes-1 needs an
// example, because there are weights for every class to compare with.
func meansOf[T number](x []T, n, d int, labels []int, classes int) (*classMeans, error) {
	m := &classMeans{classes: classes, d: d, sizes: make([]int, classes), means: make([]float64, classes*d), global: make([]float64, d)}
	for i, y := range labels {
		if y < 0 || y >= classes {
			return nil, fmt.Errorf("represent: label %d of example %d is none of %d classes", y, i, classes)
		}
		m.sizes[y]++
		add(m.means[y*d:(y+1)*d], x[i*d:(i+1)*d])
	}
	for k, size := range m.sizes {
		if size == 0 {
			return nil, fmt.Errorf("represent: class %d of %d has no example", k, classes)
		}
		mean := m.means[k*d : (k+1)*d]
		add(m.global, mean) // still a sum
		for j := range mean {
			mean[j] /= float64(size)
		}
	}
	for j := range m.global {
		m.global[j] /= float64(n)
	}
	for k := range classes {
		for j, g := range m.global {
			m.means[k*d+j] -= g
		}
	}
	return m, nil
}

// number is what features are made of: as networks give them, or widened.
type number interface{ float32 | float64 }

func add[T number](to []float64, x []T) {
	to = to[:len(x)]
	for j, v := range x {
		to[j] += float64(v)
	}
}

// checkFeatures refuses what are not n×d finite features with a label each.
func checkFeatures(h []float32, n, d int, labels []int) error {
	switch {
	case n <= 0 || d <= 0 || len(h) != n*d:
		return fmt.Errorf("represent: %d values are not %d×%d features", len(h), n, d)
	case len(labels) != n:
		return fmt.Errorf("represent: %d labels for %d examples", len(labels), n)
	}
	for i, v := range h {
		if w := float64(v); math.IsNaN(w) || math.IsInf(w, 0) {
			return fmt.Errorf("represent: feature %d of example %d is %v", i%d, i/d, v)
		}
	}
	return nil
}

// doubles returns features in float64, and refuses what is not finite.
func doubles(h []float32, n, d int, labels []int) ([]float64, error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return nil, err
	}
	x := make([]float64, len(h))
	for i, v := range h {
		x[i] = float64(v)
	}
	return x, nil
}

// columnsOf returns the weights of every class as rows (classes × d) in float64, of the
// final layer w (d×classes). With unit they have norm 1, as in cosine softmax, whose
// logits do not depend on their norms.
func columnsOf(w []float32, d, classes int, unit bool) ([]float64, error) {
	if len(w) != d*classes || classes < 2 {
		return nil, fmt.Errorf("represent: %d weights are not %d features × %d classes, of which there must be two", len(w), d, classes)
	}
	rows := make([]float64, len(w))
	for j := range d {
		for k := range classes {
			rows[k*d+j] = float64(w[j*classes+k])
		}
	}
	if unit {
		for k := range classes {
			row := rows[k*d : (k+1)*d]
			if size := length(row); size > 0 {
				for j := range row {
					row[j] /= size
				}
			}
		}
	}
	return rows, nil
}

// length is the Euclidean norm.
func length(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// inner is the inner product.
func inner(x, y []float64) float64 {
	sum := 0.0
	y = y[:len(x)]
	for j, v := range x {
		sum += float64(v * y[j])
	}
	return sum
}

// spread is the mean and the standard deviation (of the population) of numbers.
func spread(x []float64) (mean, deviation float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		deviation += float64((v - mean) * (v - mean))
	}
	return mean, math.Sqrt(deviation / float64(len(x)))
}
