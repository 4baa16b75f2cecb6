package probe

import (
	"fmt"
	"math"

	"lossxfer-report/compute/kernel"
)

// Metrics and weightings of nearest neighbours.
const (
	Cosine    = "cosine"    // 1 − cosine similarity; a zero vector is at distance 1 from everything
	Euclidean = "euclidean" // ‖a − b‖₂

	Uniform  = "uniform"  // every neighbour has one vote
	Distance = "distance" // a vote weighs 1/distance; neighbours at distance 0, if any, vote alone
)

// Defaults of nearest neighbours. The paper states neither k, nor metric, nor
// weighting: these are scikit-learn's k and weighting, with the metric in which the
// paper measures class separation.
const (
	DefaultK         = 5
	DefaultMetric    = Cosine
	DefaultWeighting = Uniform
)

// Voting says how nearest neighbours vote. Zero fields take the defaults.
type Voting struct {
	K                 int
	Metric, Weighting string
}

func (v Voting) orDefault() Voting {
	if v.K == 0 {
		v.K = DefaultK
	}
	if v.Metric == "" {
		v.Metric = DefaultMetric
	}
	if v.Weighting == "" {
		v.Weighting = DefaultWeighting
	}
	return v
}

func (v Voting) check(n int) error {
	switch {
	case v.K < 1 || v.K > n:
		return fmt.Errorf("probe: k = %d nearest neighbours of %d training examples", v.K, n)
	case v.Metric != Cosine && v.Metric != Euclidean:
		return fmt.Errorf("probe: unknown metric %q: give %q or %q", v.Metric, Cosine, Euclidean)
	case v.Weighting != Uniform && v.Weighting != Distance:
		return fmt.Errorf("probe: unknown weighting %q: give %q or %q", v.Weighting, Uniform, Distance)
	}
	return nil
}

// Neighbours predicts the class of each query (nq×d) by a vote of its k nearest
// training examples (n×d). Of equally near examples the one earlier in the training
// set is nearer; of classes with equal votes the lower class index wins.
func Neighbours(x []float64, n, d int, labels []int, classes int, queries []float64, nq int, v Voting) ([]int, error) {
	v = v.orDefault()
	all, err := neighboursOfEach(x, n, d, labels, classes, queries, nq, []int{v.K}, v)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// neighboursOfEach is Neighbours for several numbers of neighbours at once; v.K is
// not used. It returns a list of predictions per entry of ks.
func neighboursOfEach(x []float64, n, d int, labels []int, classes int, queries []float64, nq int, ks []int, v Voting) ([][]int, error) {
	if err := checkExamples(x, n, d, labels, classes); err != nil {
		return nil, err
	}
	if len(queries) != nq*d {
		return nil, fmt.Errorf("probe: %d values are not %d×%d query features", len(queries), nq, d)
	}
	if err := checkFinite(queries, d); err != nil {
		return nil, err
	}
	out := make([][]int, len(ks))
	most := 0
	for i, k := range ks {
		v.K = k
		if err := v.check(n); err != nil {
			return nil, err
		}
		out[i] = make([]int, nq)
		most = max(most, k)
	}
	train := prepare(x, n, d, v.Metric)
	test := prepare(queries, nq, d, v.Metric)
	const block = 128
	products := make([]float64, block*n)
	near := newNearest(most)
	votes := make([]float64, classes)
	for q0 := 0; q0 < nq; q0 += block {
		rows := min(block, nq-q0)
		kernel.Dgemm(false, true, rows, n, d, 1, test.x[q0*d:], d, train.x, d, 0, products, n)
		for q := range rows {
			near.reset()
			for i, p := range products[q*n : (q+1)*n] {
				near.offer(train.distance(p, test.square[q0+q], i), i)
			}
			for i, k := range ks {
				v.K = k
				out[i][q0+q] = near.vote(votes, labels, v)
			}
		}
	}
	return out, nil
}

// prepared is a set of vectors ready for a metric: distances follow from inner
// products.
type prepared struct {
	x      []float64
	square []float64 // squared norms for the Euclidean metric, unused for cosine
	cosine bool
}

func prepare(x []float64, n, d int, metric string) prepared {
	p := prepared{x: x, square: make([]float64, n), cosine: metric == Cosine}
	if p.cosine {
		p.x = make([]float64, n*d)
	}
	for i := range n {
		row := x[i*d : (i+1)*d]
		p.square[i] = dot(row, row)
		if p.cosine && p.square[i] > 0 {
			norm := math.Sqrt(p.square[i])
			for j, v := range row {
				p.x[i*d+j] = v / norm
			}
		}
	}
	return p
}

// distance returns what neighbours are ordered by, from an inner product with
// training vector i: the cosine distance, or the squared Euclidean distance.
func (p *prepared) distance(product, square float64, i int) float64 {
	if p.cosine {
		return math.Max(0, 1-product)
	}
	return math.Max(0, square+p.square[i]-float64(2*product))
}
