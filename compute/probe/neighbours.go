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
	var train, test prepared
	test.prepare(queries, nq, d, v.Metric)
	// All queries against one block of training examples after the other: the block is
	// normalised and arranged for the products once, and a query is offered its
	// neighbours in the order of the training set all the same.
	near := make([]*nearest, nq)
	for q := range near {
		near[q] = newNearest(most)
	}
	products := make([]float64, min(nq, queryBlock)*min(n, trainBlock))
	for t0 := 0; t0 < n; t0 += trainBlock {
		rows := min(trainBlock, n-t0)
		train.prepare(x[t0*d:(t0+rows)*d], rows, d, v.Metric)
		for q0 := 0; q0 < nq; q0 += queryBlock {
			count := min(queryBlock, nq-q0)
			kernel.Dgemm(false, true, count, rows, d, 1, test.x[q0*d:], d, train.x, d, 0, products, rows)
			for q := range count {
				to, square := near[q0+q], test.square[q0+q]
				for i, p := range products[q*rows : (q+1)*rows] {
					to.offer(train.distance(p, square, i), t0+i)
				}
			}
		}
	}
	votes := make([]float64, classes)
	for q := range near {
		for i, k := range ks {
			v.K = k
			out[i][q] = near[q].vote(votes, labels, v)
		}
	}
	return out, nil
}

// How many training examples are compared with how many queries at a time.
const trainBlock, queryBlock = 512, 4096

// prepared is a set of vectors ready for a metric: distances follow from inner
// products.
type prepared struct {
	x      []float64
	square []float64 // squared norms for the Euclidean metric, unused for cosine
	cosine bool
	unit   []float64 // x divided by the norms, for cosine
}

// prepare readies n vectors of d elements, in the memory of those it held before.
func (p *prepared) prepare(x []float64, n, d int, metric string) {
	p.x, p.square, p.cosine = x, room(p.square, n), metric == Cosine
	if p.cosine {
		p.unit = room(p.unit, n*d)
		p.x = p.unit
	}
	for i := range n {
		row := x[i*d : (i+1)*d]
		p.square[i] = dot(row, row)
		if !p.cosine {
			continue
		}
		unit := p.unit[i*d : (i+1)*d]
		if p.square[i] == 0 {
			clear(unit)
			continue
		}
		norm := math.Sqrt(p.square[i])
		for j, v := range row {
			unit[j] = v / norm
		}
	}
}

// room returns memory for n numbers, that of s if it suffices.
func room(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

// distance returns what neighbours are ordered by, from an inner product with
// training vector i: the cosine distance, or the squared Euclidean distance.
func (p *prepared) distance(product, square float64, i int) float64 {
	if p.cosine {
		return math.Max(0, 1-product)
	}
	return math.Max(0, square+p.square[i]-float64(2*product))
}
