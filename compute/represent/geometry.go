package represent

import "math"

// GeometryResult is what Figures E.2 and E.3 draw.
type GeometryResult struct {
	// Singular values, largest first, divided by the largest: of the features minus
	// their mean, of the class means minus the mean, and of the final layer.
	Features, Means, Weights []float64
	// Densities over pairs of classes of the cosine between centred class means, and
	// between the weights of classes.
	MeanCosines, WeightCosines Curve
	Simplex                    float64 // −1/(classes−1): the cosine of a collapsed network
	Diverged                   string  `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// The curves of cosines.
const (
	cosinePoints    = 201
	cosineBandwidth = 0.02
)

// Geometry computes spectra and angles of features h (n×d) and the final layer w
// (d×classes); with unit the weights of each class are divided by their norm first, as
// cosine softmax does. Singular values are roots of eigenvalues of Gram matrices, good
// to about 1e-8 of the largest, beyond what float32 features hold.
func Geometry(h []float32, n, d int, labels []int, w []float32, classes int, unit bool) (GeometryResult, error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return GeometryResult{}, err
	}
	weights, err := columnsOf(w, d, classes, unit)
	if err != nil {
		return GeometryResult{}, err
	}
	m, err := meansOf(h, n, d, labels, classes)
	if err != nil {
		return GeometryResult{}, err
	}
	transposed := make([]float64, len(h))
	for i := range n {
		for j, g := range m.global {
			transposed[j*n+i] = float64(h[i*d+j]) - g
		}
	}
	r := GeometryResult{Simplex: -1 / float64(classes-1)}
	for _, s := range []struct {
		to        *[]float64
		rows      []float64
		count, of int
	}{
		{&r.Features, transposed, d, n}, {&r.Means, m.means, classes, d}, {&r.Weights, weights, classes, d},
	} {
		if *s.to, err = singular(s.rows, s.count, s.of); err != nil {
			return GeometryResult{}, err
		}
	}
	r.MeanCosines = cosineCurve(m.means, classes, d)
	r.WeightCosines = cosineCurve(weights, classes, d)
	return r, nil
}

// singular is the singular values of a matrix with count rows over the largest.
func singular(rows []float64, count, of int) ([]float64, error) {
	gram := make([]float64, count*count)
	product(gram, rows, rows, count, count, of)
	values, _, err := eigen(gram, count, false)
	if err != nil {
		return nil, err
	}
	largest := values[0]
	for i, v := range values {
		values[i] = 0
		if v > 0 {
			values[i] = math.Sqrt(v / largest)
		}
	}
	return values[:min(count, of)], nil
}

// cosineCurve is the density of the cosines between rows; rows that are zero have none.
func cosineCurve(rows []float64, count, d int) Curve {
	var kept, norms []float64
	for k := range count {
		row := rows[k*d : (k+1)*d]
		if size := length(row); size > 0 {
			kept, norms = append(kept, row...), append(norms, size)
		}
	}
	return densityOf(cosinesOf(kept, norms, len(norms), d), -1, 1, cosinePoints, cosineBandwidth)
}
