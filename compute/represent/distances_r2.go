package represent

import "fmt"

// SeparationsResult is class separation under three distances, Table E.1.
type SeparationsResult struct {
	Cosine    float64 // equation (11)
	Centred   float64 // cosine distance after subtracting the mean feature vector
	Euclidean float64 // squared Euclidean distance
	Diverged  string  `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Separations computes 1 − d_within/d_total of equation (11) with cosine distance, with
// cosine distance after the mean over all examples has been subtracted, and with squared
// Euclidean distance. The last is the share of variance between classes of the features
// as they are; whether the paper squares its distance is not known.
func Separations(h []float32, n, d int, labels []int) (SeparationsResult, error) {
	cosine, err := ClassSeparation(h, n, d, labels)
	if err != nil {
		return SeparationsResult{}, err
	}
	x, err := doubles(h, n, d, labels)
	if err != nil {
		return SeparationsResult{}, err
	}
	mean := make([]float64, d)
	for i := range n {
		add(mean, x[i*d:(i+1)*d])
	}
	for j := range mean {
		mean[j] /= float64(n)
	}
	for i := range x {
		x[i] -= mean[i%d]
	}
	r := SeparationsResult{Cosine: cosine.R2}
	if r.Euclidean, err = explained(x, n, d, labels); err != nil {
		return SeparationsResult{}, err
	}
	centred, err := separation(d, labels, func(i int) []float64 {
		row := x[i*d : (i+1)*d]
		if size := length(row); size > 0 {
			for j := range row {
				row[j] /= size
			}
		}
		return row
	})
	r.Centred = centred.R2
	return r, err
}

// explained is the share of the variance of x (n×d) that lies between classes, every
// class weighing the same.
func explained(x []float64, n, d int, labels []int) (float64, error) {
	within, between, err := variances(x, n, d, labels)
	if err != nil {
		return 0, err
	}
	if !(within+between > 0) {
		return 0, fmt.Errorf("represent: class separation is undefined: all %d feature vectors are the same", n)
	}
	return between / (within + between), nil
}

// variances is the variance within and between classes, summed over features: the mean
// over classes of the mean squared distance from the class's mean, and the mean squared
// distance of the class means from theirs.
func variances(x []float64, n, d int, labels []int) (within, between float64, err error) {
	sizes, present, err := classSizes(labels)
	if err != nil {
		return 0, 0, err
	}
	means, grand := make([]float64, len(sizes)*d), make([]float64, d)
	for i, y := range labels {
		add(means[y*d:(y+1)*d], x[i*d:(i+1)*d])
	}
	for k, size := range sizes {
		if size == 0 {
			continue
		}
		for j := range d {
			means[k*d+j] /= float64(size)
			grand[j] += means[k*d+j] / float64(present)
		}
	}
	sums := make([]float64, len(sizes))
	for i, y := range labels {
		for j, v := range x[i*d : (i+1)*d] {
			v -= means[y*d+j]
			sums[y] += float64(v * v)
		}
	}
	for k, size := range sizes {
		if size == 0 {
			continue
		}
		within += sums[k] / float64(size)
		for j, g := range grand {
			v := means[k*d+j] - g
			between += float64(v * v)
		}
	}
	return within / float64(present), between / float64(present), nil
}
