package probe

import "fmt"

// Examples is a labelled set of feature vectors.
type Examples struct {
	N, D   int
	X      []float64 // N×D
	Labels []int
}

// Widen makes Examples of float32 features (n×d), without loss.
func Widen(h []float32, n, d int, labels []int) Examples {
	x := make([]float64, len(h))
	for i, v := range h {
		x[i] = float64(v)
	}
	return Examples{N: n, D: d, X: x, Labels: labels}
}

// Join returns the examples of a followed by those of b.
func Join(a, b Examples) (Examples, error) {
	if a.D != b.D {
		return Examples{}, fmt.Errorf("probe: examples of %d and of %d features do not go together", a.D, b.D)
	}
	out := Examples{N: a.N + b.N, D: a.D}
	out.X = append(append(make([]float64, 0, len(a.X)+len(b.X)), a.X...), b.X...)
	out.Labels = append(append(make([]int, 0, out.N), a.Labels...), b.Labels...)
	return out, nil
}
