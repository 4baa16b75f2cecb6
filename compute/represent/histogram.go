package represent

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// bins is the resolution at which cosine distances, which lie in [0, 2], are
// counted: 1/2048 each, a fraction of any bandwidth worth drawing.
const bins = 4096

// pairCounts counts the pairs of distinct examples by cosine distance, separately
// for pairs of one class and of two. Integers add up the same in any order, so
// counting keeps 50 million pairs exact; the sums are per pair, in a fixed order.
type pairCounts struct {
	count [2][bins]int64 // [0] same class, [1] different classes
	sum   [2]float64
	pairs [2]int64
}

// countPairs visits every pair of distinct examples once; unit is n×d with rows of
// norm 1 (or 0). Matrix products do the work, a block of rows against a block of
// columns on or right of the diagonal.
func countPairs(unit []float64, n, d int, labels []int) *pairCounts {
	const block = 256
	c := &pairCounts{}
	sim := make([]float64, block*block)
	for i0 := 0; i0 < n; i0 += block {
		rows := min(block, n-i0)
		for j0 := i0; j0 < n; j0 += block {
			cols := min(block, n-j0)
			kernel.Dgemm(false, true, rows, cols, d, 1, unit[i0*d:], d, unit[j0*d:], d, 0, sim, cols)
			for i := range rows {
				first := 0
				if j0 == i0 {
					first = i + 1 // a pair counts once, an example with itself not at all
				}
				c.row(sim[i*cols+first:(i+1)*cols], labels[i0+i], labels[j0+first:j0+cols])
			}
		}
	}
	return c
}

// row counts the pairs of one example with others.
func (c *pairCounts) row(similarities []float64, label int, others []int) {
	var sum [2]float64
	var pairs [2]int64
	for j, s := range similarities {
		distance := 1 - s
		if distance < 0 {
			distance = 0 // parallel vectors, by a rounding error
		}
		which := 0
		if others[j] != label {
			which = 1
		}
		sum[which] += distance
		pairs[which]++
		c.count[which][min(int(distance*(bins/2)), bins-1)]++
	}
	for which := range sum {
		c.sum[which] += sum[which]
		c.pairs[which] += pairs[which]
	}
}

// means returns the mean distance of pairs within a class and between classes.
func (c *pairCounts) means() (within, between float64, err error) {
	same, different := c.pairs[0], c.pairs[1]
	if same == 0 || different == 0 {
		return 0, 0, fmt.Errorf("represent: %d pairs within a class and %d between classes; a distribution needs both", same, different)
	}
	return c.sum[0] / float64(same), c.sum[1] / float64(different), nil
}
