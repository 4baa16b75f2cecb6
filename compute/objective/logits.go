package objective

import (
	"fmt"
	"math"

	"lossxfer-report/compute/objective/operation"
)

// Logits computes, outside any graph, the logits of n examples from their d
// features: what the objective's loss sees, so that the largest is the prediction
// and, for the softmax family, their softmax is the predicted probability. That is
// z = Wh + b for most, z/(τ‖z‖) under logit normalisation, and (sim(W, h) + b)/τ under
// cosine normalisation. Dropout keeps every feature here.
//
// h is n×d, w d×classes, b has one element per class; the result goes to
// dst, n×classes. Sums are float64, in index order. It returns how many feature
// vectors were zero (their cosine similarity to everything is 0).
func (s Spec) Logits(dst, h []float32, n, d int, w, b []float32, classes int) (zero int, err error) {
	if err := s.Validate(); err != nil {
		return 0, err
	}
	if n < 0 || d < 1 || classes < 1 || len(dst) != n*classes || len(h) != n*d || len(w) != d*classes || len(b) != classes {
		return 0, fmt.Errorf("logits of %d examples, %d features, %d classes: got %d features, %d weights, %d biases and room for %d",
			n, d, classes, len(h), len(w), len(b), len(dst))
	}
	parts := s.parts()
	cosine := s.Cosine()
	var perClass []float64
	if cosine {
		perClass = inverseColumnNorms(w, d, classes)
	}
	z := make([]float64, classes)
	for i := range n {
		row := h[i*d : (i+1)*d]
		length := inverse(norm(row))
		if length == 0 {
			zero++
		}
		products(z, row, w)
		for k := range z {
			if cosine {
				z[k] *= float64(perClass[k] * length)
			}
			z[k] += float64(b[k])
		}
		for _, p := range parts {
			if p.score != nil {
				p.score(z, p.spec)
			}
		}
		for k, v := range z {
			dst[i*classes+k] = float32(v)
		}
	}
	return zero, nil
}

// products sets z to the products of one feature vector with every class's weights.
func products(z []float64, h, w []float32) {
	clear(z)
	for j, x := range h {
		for k, v := range w[j*len(z) : (j+1)*len(z)] {
			z[k] += float64(float64(x) * float64(v))
		}
	}
}

// inverseColumnNorms is 1/‖W_k‖ of every class k.
func inverseColumnNorms(w []float32, d, classes int) []float64 {
	x := make([]float64, classes)
	for j := range d {
		for k, v := range w[j*classes : (j+1)*classes] {
			x[k] += float64(float64(v) * float64(v))
		}
	}
	for k := range x {
		x[k] = inverse(math.Sqrt(x[k]))
	}
	return x
}

// norm is the Euclidean norm of a feature vector.
func norm(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(float64(v) * float64(v))
	}
	return math.Sqrt(sum)
}

// inverseNorm is 1/‖z‖, 0 for a zero vector.
func inverseNorm(z []float64) float64 {
	sum := 0.0
	for _, v := range z {
		sum += float64(v * v)
	}
	return inverse(math.Sqrt(sum))
}

// inverse is 1/norm, 0 for the norm of a zero vector.
func inverse(norm float64) float64 {
	if norm <= operation.ZeroNorm {
		return 0
	}
	return 1 / norm
}
