package corrupt

import (
	"sort"
	"sync"

	"lossxfer-report/compute/elementary"
)

// poisson is the cumulative distribution of a Poisson number: entry k is the
// probability of at most k. It ends where nothing is left for a float64 to add.
type poisson []float64

// newPoisson tabulates the distribution of a mean of 0 to 700, by the recurrence of its
// probabilities from exp(−mean) on.
func newPoisson(mean float64) poisson {
	var table poisson
	probability := elementary.Exp(-mean)
	sum := 0.0
	for k := 0; ; k++ {
		if k > 0 {
			probability = probability * mean / float64(k)
		}
		if sum+probability == sum && float64(k) > mean {
			return table
		}
		sum += probability
		table = append(table, sum)
	}
}

// draw inverts the distribution at u in [0, 1): one uniform number, one count.
func (p poisson) draw(u float64) int {
	return sort.Search(len(p)-1, func(k int) bool { return p[k] > u })
}

// photonCounts has for every severity the distributions of the 256 grey levels, made
// when first asked for.
var photonCounts = func() (counts [Severities]func() *[256]poisson) {
	for severity, white := range photons {
		counts[severity] = sync.OnceValue(func() *[256]poisson {
			var levels [256]poisson
			for v := range levels {
				levels[v] = newPoisson(float64(v) / 255 * white)
			}
			return &levels
		})
	}
	return counts
}()
