package multilabel

import (
	"fmt"
	"math"
	"sort"
)

// AUC is the area under the ROC curve: the chance that a positive example has a higher
// score than a negative one, equal scores counting half. It needs both kinds.
func AUC(scores []float64, positive []bool) (float64, error) {
	if err := check(scores, positive); err != nil {
		return 0, err
	}
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return scores[order[a]] < scores[order[b]] })
	var c counter
	for i := 0; i < len(order); {
		p, n := 0, 0
		first := scores[order[i]]
		for ; i < len(order) && scores[order[i]] == first; i++ {
			if positive[order[i]] {
				p++
			} else {
				n++
			}
		}
		c.add(p, n)
	}
	return c.area()
}

// BinnedAUC is AUC after the scores, probabilities, are counted into evenly spaced bins
// from 0 to 1: within a bin all are equal. The paper approximates with 1,000 bins.
func BinnedAUC(probabilities []float64, positive []bool, bins int) (float64, error) {
	if err := check(probabilities, positive); err != nil {
		return 0, err
	}
	if bins < 1 {
		return 0, fmt.Errorf("multilabel: area under a curve of %d bins", bins)
	}
	pos, neg := make([]int, bins), make([]int, bins)
	for i, p := range probabilities {
		if p < 0 || p > 1 {
			return 0, fmt.Errorf("multilabel: probability %v of example %d", p, i)
		}
		b := min(int(float64(bins)*p), bins-1) // the last bin is closed
		if positive[i] {
			pos[b]++
		} else {
			neg[b]++
		}
	}
	var c counter
	for b := range bins {
		c.add(pos[b], neg[b])
	}
	return c.area()
}

// counter adds up pairs of a positive and a negative example, in half pairs so that
// they stay whole numbers.
type counter struct{ positive, negative, halves int64 }

// add counts a group of equal scores, above all groups before.
func (c *counter) add(positive, negative int) {
	p, n := int64(positive), int64(negative)
	c.halves += p * (2*c.negative + n)
	c.positive += p
	c.negative += n
}

func (c *counter) area() (float64, error) {
	if c.positive == 0 || c.negative == 0 {
		return 0, fmt.Errorf("multilabel: area under the curve of %d positive and %d negative examples: it needs both", c.positive, c.negative)
	}
	return float64(c.halves) / (2 * float64(c.positive) * float64(c.negative)), nil
}

func check(scores []float64, positive []bool) error {
	if len(scores) != len(positive) || len(scores) == 0 {
		return fmt.Errorf("multilabel: %d scores for %d examples", len(scores), len(positive))
	}
	for i, s := range scores {
		if math.IsNaN(s) {
			return fmt.Errorf("multilabel: score of example %d is not a number", i)
		}
	}
	return nil
}
