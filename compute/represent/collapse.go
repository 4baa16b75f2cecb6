package represent

import (
	"fmt"
	"math"
)

// Collapse is the eight measures of neural collapse of Papyan, Han and Donoho (2020) in
// the order of Table E.2. With μ_c the class means of the features, μ_G the mean over
// all examples and w_c the class's weights in the final layer, standard deviations
// those of the population:
type Collapse struct {
	EquinormMeans   float64 // c1: Std‖μ_c−μ_G‖ / Avg‖μ_c−μ_G‖
	EquinormWeights float64 // c2: Std‖w_c‖ / Avg‖w_c‖
	AnglesMeans     float64 // c3: Std of cos(μ_c−μ_G, μ_c'−μ_G) over pairs of classes
	AnglesWeights   float64 // c4: Std of cos(w_c, w_c')
	MaximalMeans    float64 // c5: Avg |cos(μ_c−μ_G, μ_c'−μ_G) + 1/(C−1)|
	MaximalWeights  float64 // c6: Avg |cos(w_c, w_c') + 1/(C−1)|
	SelfDuality     float64 // c7: ‖Wᵀ/‖W‖_F − Ṁ/‖Ṁ‖_F‖²_F, Ṁ the centred class means
	Within          float64 // c8, NC1: Tr(Σ_W Σ_B^†)/C
	Rank            int     // of Σ_B, at most C−1
	Diverged        string  `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// NeuralCollapse computes the measures for features h (n×d) and the final layer w
// (d×classes); with unit the weights of each class are divided by their norm first, as
// cosine softmax does. Every class needs an example.
//
// Σ_W is the covariance within classes over examples, Σ_B that of the class means, each
// counting once. The pseudo-inverse of Σ_B leaves out eigenvalues below 1e-10 of the
// largest: float32 features say nothing about those.
func NeuralCollapse(h []float32, n, d int, labels []int, w []float32, classes int, unit bool) (Collapse, error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return Collapse{}, err
	}
	weights, err := columnsOf(w, d, classes, unit)
	if err != nil {
		return Collapse{}, err
	}
	m, err := meansOf(h, n, d, labels, classes)
	if err != nil {
		return Collapse{}, err
	}
	var c Collapse
	simplex := 1 / float64(classes-1)
	if c.EquinormMeans, c.AnglesMeans, c.MaximalMeans, err = shape(m.means, classes, d, simplex); err != nil {
		return Collapse{}, fmt.Errorf("represent: class means: %w", err)
	}
	if c.EquinormWeights, c.AnglesWeights, c.MaximalWeights, err = shape(weights, classes, d, simplex); err != nil {
		return Collapse{}, fmt.Errorf("represent: class weights: %w", err)
	}
	sizeW, sizeM := length(weights), length(m.means)
	for i, v := range weights {
		difference := v/sizeW - m.means[i]/sizeM
		c.SelfDuality += float64(difference * difference)
	}
	c.Within, c.Rank, err = m.within(h, labels)
	return c, err
}

// shape measures how far vectors (rows) are from equal norms, equal angles and the
// angles of a simplex.
func shape(rows []float64, count, d int, simplex float64) (equinorm, angles, maximal float64, err error) {
	norms := make([]float64, count)
	for k := range norms {
		if norms[k] = length(rows[k*d : (k+1)*d]); norms[k] == 0 {
			return 0, 0, 0, fmt.Errorf("the vector of class %d is zero and has no direction", k)
		}
	}
	mean, deviation := spread(norms)
	cosines := cosinesOf(rows, norms, count, d)
	_, angles = spread(cosines)
	for _, v := range cosines {
		maximal += math.Abs(v + simplex)
	}
	return deviation / mean, angles, maximal / float64(len(cosines)), nil
}

// cosinesOf is the cosine similarity of every pair of rows.
func cosinesOf(rows, norms []float64, count, d int) []float64 {
	var cosines []float64
	for i := range count {
		for j := range i {
			cosines = append(cosines, inner(rows[i*d:(i+1)*d], rows[j*d:(j+1)*d])/float64(norms[i]*norms[j]))
		}
	}
	return cosines
}

// smallest is the eigenvalue of Σ_B, relative to the largest, below which it is zero.
const smallest = 1e-10

// within is Tr(Σ_W Σ_B^†)/C. With the C×C Gram matrix of the centred class means,
// G = ṀᵀṀ/C = Σ λ_k v_k v_kᵀ, the eigenvectors of Σ_B are u_k = Ṁ v_k/√(C λ_k), and
//
//	Tr(Σ_W Σ_B^†) = Σ_k u_kᵀ Σ_W u_k / λ_k.
func (m *classMeans) within(h []float32, labels []int) (trace float64, rank int, err error) {
	c, d := m.classes, m.d
	gram := make([]float64, c*c)
	for i := range c {
		for j := range i + 1 {
			gram[i*c+j] = inner(m.means[i*d:(i+1)*d], m.means[j*d:(j+1)*d]) / float64(c)
			gram[j*c+i] = gram[i*c+j]
		}
	}
	values, vectors, err := eigen(gram, c, true)
	if err != nil {
		return 0, 0, err
	}
	if !(values[0] > 0) {
		return 0, 0, fmt.Errorf("represent: all class means are the same; neural collapse is not defined")
	}
	for rank < c && values[rank] > smallest*values[0] {
		rank++
	}
	directions := make([]float64, rank*d)
	for k := range rank {
		u := directions[k*d : (k+1)*d]
		scale := 1 / math.Sqrt(float64(float64(c)*values[k]))
		for i := range c {
			for j, v := range m.means[i*d : (i+1)*d] {
				u[j] += float64(float64(scale*vectors[k*c+i]) * v)
			}
		}
	}
	n := len(labels)
	squares := make([]float64, rank) // Σ (u_kᵀ centred_i)² over examples
	rows := min(n, projectedRows)
	centred, projected := make([]float64, rows*d), make([]float64, rows*rank)
	for lo := 0; lo < n; lo += rows {
		count := min(rows, n-lo)
		for i, y := range labels[lo : lo+count] {
			x, mean := h[(lo+i)*d:(lo+i+1)*d], m.means[y*d:(y+1)*d]
			row := centred[i*d : (i+1)*d]
			for j, g := range m.global {
				row[j] = float64(x[j]) - g - mean[j]
			}
		}
		product(projected, centred, directions, count, rank, d)
		for i := range count {
			for k, v := range projected[i*rank : (i+1)*rank] {
				squares[k] += float64(v * v)
			}
		}
	}
	for k, sum := range squares {
		trace += sum / float64(n) / values[k]
	}
	return trace / float64(c), rank, nil
}

// projectedRows is how many examples are projected on the directions at a time: enough
// to make the arrangement of the directions for a product cheap, few enough to make no
// copy of all features.
const projectedRows = 2048
