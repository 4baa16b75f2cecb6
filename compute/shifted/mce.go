package shifted

import (
	"fmt"
	"slices"
)

// Errors is the errors of one network on corrupted images: fractions, in [0, 1], of N
// images that it gets wrong.
type Errors struct {
	Corruptions []string    // names, in the order of Error
	Error       [][]float64 // by corruption and severity − 1
	Clean       float64     // on the same images as they are
	N           int
	Diverged    string `json:",omitempty"` // the model's Weights.Diverged: there are no errors then
}

// MCE is the mean corruption error in per cent (Hendrycks and Dietterich 2019):
//
//	mCE = 100 · mean over corruptions c of Σ_s E(s, c) / Σ_s E_baseline(s, c)
//
// A corruption in which the baseline makes no error has no ratio, and then there is
// no mean.
func MCE(of, baseline Errors) (float64, error) {
	if !slices.Equal(of.Corruptions, baseline.Corruptions) || len(of.Corruptions) == 0 || of.N != baseline.N {
		return 0, fmt.Errorf("errors in %d corruptions of %d images beside a baseline's in %d of %d: measure both on the same images",
			len(of.Corruptions), of.N, len(baseline.Corruptions), baseline.N)
	}
	sum := 0.0
	for c, name := range of.Corruptions {
		network, base := total(of.Error[c]), total(baseline.Error[c])
		if base == 0 {
			return 0, fmt.Errorf("the baseline network makes no error under %s", name)
		}
		sum += network / base
	}
	return 100 * sum / float64(len(of.Corruptions)), nil
}

func total(v []float64) float64 {
	sum := 0.0
	for _, e := range v {
		sum += e
	}
	return sum
}

// Accuracy is the mean accuracy at a severity over some corruptions, a fraction in
// [0, 1]; severity 0 is the images as they are.
func (e Errors) Accuracy(severity int, corruptions []string) (float64, error) {
	if severity == 0 {
		return 1 - e.Clean, nil
	}
	sum := 0.0
	for _, name := range corruptions {
		c := slices.Index(e.Corruptions, name)
		if c < 0 || severity < 0 || severity > len(e.Error[c]) {
			return 0, fmt.Errorf("no errors at severity %d of corruption %q", severity, name)
		}
		sum += e.Error[c][severity-1]
	}
	return 1 - sum/float64(len(corruptions)), nil
}
