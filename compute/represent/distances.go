package represent

import "fmt"

// DistancesResult is the distribution of cosine distances between penultimate
// features, Figure 4. Every pair of distinct examples counts once and equally: the
// means are over pairs, without self-pairs, and differ by that from equation (11).
type DistancesResult struct {
	Grid         []float64 // cosine distances at which the densities are given
	Within       []float64 // density of pairs of one class
	Between      []float64 // density of pairs of two classes
	MeanWithin   float64
	MeanBetween  float64
	WithinPairs  int64
	BetweenPairs int64
	Bandwidth    float64 // standard deviation of the Gaussian kernel, in cosine distance
	Examples     int
	ZeroFeatures int    // examples whose feature vector is zero: at distance 1 from everything
	Diverged     string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Defaults of the density curves. The paper states neither a bandwidth nor a grid;
// one fixed bandwidth for all curves keeps the objectives comparable.
const (
	DefaultPoints    = 401 // a grid step of 0.005
	DefaultBandwidth = 0.01
)

// CosineDistances estimates the densities of cosine distances within and between
// classes for features h (n×d), on points equally spaced values from 0 to 2, by a
// Gaussian kernel of the given bandwidth. points or bandwidth 0 means the default.
func CosineDistances(h []float32, n, d int, labels []int, points int, bandwidth float64) (DistancesResult, error) {
	if points == 0 {
		points = DefaultPoints
	}
	if bandwidth == 0 {
		bandwidth = DefaultBandwidth
	}
	// Below two bins the estimate would show the binning.
	if points < 2 || !(bandwidth >= 4.0/bins && bandwidth <= 1) {
		return DistancesResult{}, fmt.Errorf("represent: %d points and bandwidth %v: give at least 2 points and a bandwidth from %v to 1", points, bandwidth, 4.0/bins)
	}
	unit, zeros, err := unitRows(h, n, d, labels)
	if err != nil {
		return DistancesResult{}, err
	}
	counts := countPairs(unit, n, d, labels)
	within, between, err := counts.means()
	if err != nil {
		return DistancesResult{}, err
	}
	r := DistancesResult{
		Grid:       make([]float64, points),
		Within:     density(&counts.count[0], points, bandwidth),
		Between:    density(&counts.count[1], points, bandwidth),
		MeanWithin: within, MeanBetween: between,
		WithinPairs: counts.pairs[0], BetweenPairs: counts.pairs[1],
		Bandwidth: bandwidth, Examples: n, ZeroFeatures: zeros,
	}
	for i := range r.Grid {
		r.Grid[i] = 2 * float64(i) / float64(points-1)
	}
	return r, nil
}
