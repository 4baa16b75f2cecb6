package represent

import "fmt"

// SeparationResult is the class separation of one set of features.
type SeparationResult struct {
	R2     float64 // 1 − Within/Total, equation (11)
	Within float64 // mean cosine distance within a class, classes weighted equally, self-pairs included
	Total  float64 // mean cosine distance over all pairs, pairs of classes weighted equally
	// BetweenDistinct is the mean cosine distance between examples of different
	// classes, pairs of classes weighted equally.
	BetweenDistinct float64
	Examples        int
	Classes         int    // with at least one example
	ZeroFeatures    int    // examples whose feature vector is zero
	Diverged        string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// ClassSeparation computes equation (11) for features h (n×d) and their labels:
//
//	R² = 1 − d_within/d_total
//
// The double sums over pairs collapse to class means μₖ of the L2-normalised
// features, because the sum of cosine similarities between two classes is the inner
// product of their sums:
//
//	d_within = 1 − meanₖ ‖μₖ‖²,  d_total = 1 − ‖meanₖ μₖ‖².
//
// A zero feature vector counts in its class's size and adds nothing to its sum: that
// is the pairwise form with similarity 0 to everything, itself included. Each class
// weighs the same whatever its size; classes without an example are left out. R² is
// undefined, and an error, for fewer than two classes or if all features point the
// same way.
//
// It equals the share of variance between classes of the normalised features
// (equations (18) to (20), variances weighted by inverse class frequency) as long as
// no feature vector is zero. It is not the CKA of equation (10) between features and
// labels; that is R²·tr(K)/(√(classes−1)·‖K‖_F) for balanced classes, K being the
// centred cosine Gram matrix.
func ClassSeparation(h []float32, n, d int, labels []int) (SeparationResult, error) {
	if err := checkFeatures(h, n, d, labels); err != nil {
		return SeparationResult{}, err
	}
	zeros, unit := 0, make([]float64, d)
	r, err := separation(d, labels, func(i int) []float64 {
		zeros += normalise(unit, h[i*d:(i+1)*d], d)
		return unit
	})
	if err != nil {
		return SeparationResult{}, err
	}
	r.ZeroFeatures = zeros
	return r, nil
}

// separation is ClassSeparation of rows of norm 1 (or 0), which it asks for one after
// the other, so that they need not be in memory together.
func separation(d int, labels []int, unit func(i int) []float64) (SeparationResult, error) {
	sizes, present, err := classSizes(labels)
	if err != nil {
		return SeparationResult{}, err
	}
	if present < 2 {
		return SeparationResult{}, fmt.Errorf("represent: class separation of %d class; it needs at least two", present)
	}
	means := make([]float64, len(sizes)*d)
	for i, y := range labels {
		add(means[y*d:(y+1)*d], unit(i))
	}
	grand, within := make([]float64, d), 0.0
	for k, size := range sizes {
		if size == 0 {
			continue
		}
		mean := means[k*d : (k+1)*d]
		square := 0.0
		for j := range mean {
			mean[j] /= float64(size)
			square += float64(mean[j] * mean[j])
			grand[j] += mean[j]
		}
		within += square
	}
	count := float64(present)
	total := 0.0
	for _, v := range grand {
		v /= count
		total += float64(v * v)
	}
	r := SeparationResult{
		Within: 1 - within/count, Total: 1 - total,
		Examples: len(labels), Classes: present,
	}
	// Of the K² pairs of classes, K are a class with itself.
	r.BetweenDistinct = (float64(count*r.Total) - r.Within) / (count - 1)
	// Rounding leaves some 1e-16 where all features are parallel.
	if !(r.Total > 1e-12) {
		return SeparationResult{}, fmt.Errorf("represent: class separation is undefined: all %d feature vectors point the same way", len(labels))
	}
	r.R2 = 1 - r.Within/r.Total
	return r, nil
}
