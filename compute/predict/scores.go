package predict

import (
	"fmt"
	"math"

	"lossxfer-report/compute/kernel"
)

// Scores is how well the probabilities of a network fit the labels.
type Scores struct {
	NLL float64 // mean negative log-likelihood of the labels, in nats
	// ECE is the expected calibration error of Guo et al. (2017), equation (3):
	// the mean distance between confidence and accuracy over the bins, weighted
	// by their images. In [0, 1].
	ECE  float64
	Bins []Bin // equal widths of confidence, from 0 to 1
}

// Bin is the images whose confidence, the largest probability, is above the
// bin's lower end and not above its upper one.
type Bin struct {
	Count      int
	Confidence float64 // mean, 0 for an empty bin
	Accuracy   float64 // fraction whose largest probability is their class's, 0 for an empty bin
}

// Score computes NLL and ECE of softmax(z/T) for logits z in the given number of bins.
func Score(m LogitMatrix, temperature float64, bins int) (Scores, error) {
	if err := m.check(); err != nil {
		return Scores{}, err
	}
	if bins < 1 || !(temperature > 0) || math.IsInf(temperature, 0) {
		return Scores{}, fmt.Errorf("calibration in %d bins at temperature %v: give at least one bin and a positive temperature", bins, temperature)
	}
	confidence := make([]float64, bins)
	right := make([]int, bins)
	s := Scores{Bins: make([]Bin, bins)}
	z, lse := make([]float64, m.Classes), make([]float64, 1)
	for i, label := range m.Labels {
		for k, v := range m.row(i) {
			z[k] = float64(v) / temperature
		}
		best := largest(m.row(i))
		of := z[label]
		kernel.Softmax64(z, lse, z, 1, m.Classes)
		s.NLL += lse[0] - of
		b := binOf(z[best], bins)
		s.Bins[b].Count++
		confidence[b] += z[best]
		if best == label {
			right[b]++
		}
	}
	n := float64(m.N)
	s.NLL /= n
	for b := range s.Bins {
		bin := &s.Bins[b]
		if bin.Count == 0 {
			continue
		}
		bin.Confidence = confidence[b] / float64(bin.Count)
		bin.Accuracy = float64(right[b]) / float64(bin.Count)
		s.ECE += math.Abs(float64(right[b])-confidence[b]) / n
	}
	return s, nil
}

// binOf is the bin of a confidence in (0, 1].
func binOf(confidence float64, bins int) int {
	b := int(math.Ceil(float64(confidence*float64(bins)))) - 1
	return min(max(b, 0), bins-1)
}
