package represent

import (
	"fmt"
	"math"
)

// Identity is one equation of Appendix E with both of its sides as computed.
type Identity struct {
	ID          string // "14"
	Left, Right float64
	// Difference is the largest |left − right|, over pairs of examples where the
	// equation is about a pair, else of the two values.
	Difference float64
}

// IdentitiesResult is the identities on one network's features.
type IdentitiesResult struct {
	Identities []Identity
	Examples   int
	Diverged   string `json:",omitempty"` // why there is no result: the other fields mean nothing then
}

// Identities computes both sides of the equations (14) to (21) of Appendix E on
// features h (n×d), and of the relation between R² and the CKA of equation (10) with
// the labels, which are not equal. The left sides go over pairs of examples, the right
// ones over means. Zero features, for which (14) does not hold, are left out.
func Identities(h []float32, n, d int, labels []int) (IdentitiesResult, error) {
	unit, _, err := unitRows(h, n, d, labels)
	if err != nil {
		return IdentitiesResult{}, err
	}
	var x []float64
	var y []int
	for i := range n {
		if row := unit[i*d : (i+1)*d]; length(row) > 0 {
			x, y = append(x, row...), append(y, labels[i])
		}
	}
	sizes, present, err := classSizes(y)
	if err != nil {
		return IdentitiesResult{}, err
	}
	if present < 2 {
		return IdentitiesResult{}, fmt.Errorf("represent: identities of %d class; they need at least two", present)
	}
	p := overPairs(x, d, y, sizes, present)
	within, between, err := variances(x, len(y), d, y)
	if err != nil {
		return IdentitiesResult{}, err
	}
	total := 0.0 // over examples, each class weighing the same
	grand := make([]float64, d)
	for i, k := range y {
		for j, v := range x[i*d : (i+1)*d] {
			grand[j] += v / float64(sizes[k]*present)
		}
	}
	for i, k := range y {
		for j, v := range x[i*d : (i+1)*d] {
			total += float64((v-grand[j])*(v-grand[j])) / float64(sizes[k]*present)
		}
	}
	r2 := 1 - p.within/p.total
	same := func(id string, left, right float64) Identity {
		return Identity{id, left, right, math.Abs(left - right)}
	}
	r := IdentitiesResult{Examples: len(y), Identities: []Identity{
		{"14", p.similarity, p.fromDistance, p.largest},
		same("15", r2, 1-p.squaredWithin/p.squaredTotal),
		same("17", p.plain/float64(2*len(y)*len(y)), plainVariance(x, len(y), d)),
		same("18", r2, 1-within/total),
		same("19", total, between+within),
		same("20", r2, between/total),
		same("21a", within/between, (1-r2)/r2),
		same("21b", between/within, r2/(1-r2)),
		same("21c", within/total, 1-r2),
	}}
	if balanced(sizes) {
		cka, factor := p.labels(len(y), y, present)
		r.Identities = append(r.Identities, same("cka", cka, float64(r2*factor)))
	}
	return r, nil
}

// pairSums is what equations (11) to (17) sum over pairs of examples, self-pairs
// included.
type pairSums struct {
	within, total               float64 // cosine distance, weighted as in (11)
	squaredWithin, squaredTotal float64 // squared distance of normalised features, (15)
	plain                       float64 // sum of squared distances, (17)
	similarity, fromDistance    float64 // means of both sides of (14)
	largest                     float64 // difference between them
	gram                        []float64
}

func overPairs(x []float64, d int, y, sizes []int, classes int) pairSums {
	n := len(y)
	p := pairSums{gram: make([]float64, n*n)}
	product(p.gram, x, x, n, n, d)
	for i := range n {
		for j := range n {
			square := 0.0
			other := x[j*d : (j+1)*d]
			for k, v := range x[i*d : (i+1)*d] {
				v -= other[k]
				square += float64(v * v)
			}
			similarity := p.gram[i*n+j]
			weight := 1 / float64(float64(sizes[y[i]]*classes)*float64(sizes[y[j]]*classes))
			p.total += float64((1 - similarity) * weight)
			p.squaredTotal += float64(square * weight)
			if y[i] == y[j] {
				weight *= float64(classes)
				p.within += float64((1 - similarity) * weight)
				p.squaredWithin += float64(square * weight)
			}
			p.plain += square
			p.similarity += similarity / float64(n*n)
			p.fromDistance += float64(1-0.5*square) / float64(n*n)
			p.largest = max(p.largest, math.Abs(similarity-float64(1-0.5*square)))
		}
	}
	return p
}

// plainVariance is Σ_p var(Y_p) with every example weighing the same, (17).
func plainVariance(x []float64, n, d int) float64 {
	mean := make([]float64, d)
	for i := range n {
		add(mean, x[i*d:(i+1)*d])
	}
	sum := 0.0
	for i, v := range x {
		v -= mean[i%d] / float64(n)
		sum += float64(v * v)
	}
	return sum / float64(n)
}

func balanced(sizes []int) bool {
	for _, s := range sizes {
		if s != 0 && s != sizes[0] {
			return false
		}
	}
	return sizes[0] > 0
}

// labels is the CKA of equation (10) of the cosine kernel with the labels, and the
// factor tr(K)/(√(classes−1)·‖K‖_F), K being the centred kernel, by which it differs
// from R² for balanced classes.
func (p pairSums) labels(n int, y []int, classes int) (cka, factor float64) {
	rows := make([]float64, n)
	all := 0.0
	for i := range n {
		for _, v := range p.gram[i*n : (i+1)*n] {
			rows[i] += v / float64(n)
		}
		all += rows[i] / float64(n)
	}
	size, trace, aligned := 0.0, 0.0, 0.0
	for i := range n {
		for j := range n {
			k := p.gram[i*n+j] - rows[i] - rows[j] + all
			size += float64(k * k)
			if i == j {
				trace += k
			}
			// The centred label kernel is 1 − 1/classes within and −1/classes between.
			l := -1 / float64(classes)
			if y[i] == y[j] {
				l++
			}
			aligned += float64(k * l)
		}
	}
	size = math.Sqrt(size)
	root := math.Sqrt(float64(classes - 1))
	// ‖L‖_F = n·√(classes−1)/classes
	return aligned / float64(size*(float64(n)*root/float64(classes))), trace / float64(root*size)
}
