package probe

import "math"

// nearest keeps the k smallest distances offered, in order; of equal distances the
// one offered first.
type nearest struct {
	distance []float64
	index    []int
	filled   int
	limit    float64 // distance to beat
}

func newNearest(k int) *nearest {
	return &nearest{distance: make([]float64, k), index: make([]int, k), limit: math.Inf(1)}
}

// offer considers example i. Insertion into a sorted list: k is small, and nearly
// every offer ends at the first comparison.
func (n *nearest) offer(distance float64, i int) {
	if n.filled == len(n.index) {
		if distance >= n.limit {
			return
		}
	} else {
		n.filled++
	}
	at := n.filled - 1
	for at > 0 && n.distance[at-1] > distance {
		n.distance[at], n.index[at] = n.distance[at-1], n.index[at-1]
		at--
	}
	n.distance[at], n.index[at] = distance, i
	if n.filled == len(n.index) {
		n.limit = n.distance[n.filled-1]
	}
}

// vote returns the class with the most votes of the v.K nearest; votes is scratch, one
// per class.
func (n *nearest) vote(votes []float64, labels []int, v Voting) int {
	clear(votes)
	for j, i := range n.index[:min(v.K, n.filled)] {
		w := 1.0
		if v.Weighting == Distance {
			w = n.weight(j, v.Metric)
		}
		votes[labels[i]] += w
	}
	best := 0
	for c, w := range votes {
		if w > votes[best] {
			best = c
		}
	}
	return best
}

// weight is 1/distance of the j-th neighbour, or, if some are at distance 0, 1 for
// those and 0 for the rest.
func (n *nearest) weight(j int, metric string) float64 {
	d := n.distance[j]
	if n.distance[0] == 0 {
		if d == 0 {
			return 1
		}
		return 0
	}
	if metric == Euclidean {
		d = math.Sqrt(d)
	}
	return 1 / d
}
