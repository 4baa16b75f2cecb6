package stat

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// Correlation is Spearman's rank correlation with its two-sided p-value.
type Correlation struct {
	N     int
	Rho   float64
	P     float64
	Exact bool // p by all permutations; otherwise by the t approximation
}

// Spearman returns the rank correlation of two variables (Spearman 1904). For up
// to ten points p is exact: the share of all orders whose correlation is at least
// as far from 0, ties included; above, t = ρ√((n−2)/(1−ρ²)) with n − 2 degrees of
// freedom. ok is false for fewer than three points or a variable that does not vary.
func Spearman(x, y []float64) (c Correlation, ok bool) {
	n := len(x)
	if n < 3 || len(y) != n {
		return c, false
	}
	rx, ry := halve(doubledRanks(x)), halve(doubledRanks(y))
	sx, sy, sxx, syy, sxy := 0, 0, 0, 0, 0
	for i := range rx {
		sx += rx[i]
		sy += ry[i]
		sxx += rx[i] * rx[i]
		syy += ry[i] * ry[i]
		sxy += rx[i] * ry[i]
	}
	vx, vy := n*sxx-sx*sx, n*syy-sy*sy
	if vx == 0 || vy == 0 {
		return c, false
	}
	cov := n*sxy - sx*sy
	c = Correlation{N: n, Rho: float64(cov) / (math.Sqrt(float64(vx)) * math.Sqrt(float64(vy)))}
	c.Rho = math.Max(-1, math.Min(1, c.Rho))
	if n <= maxExact {
		c.Exact = true
		for s, p := range permutationSums(rx, ry) {
			if far := n*s - sx*sy; far >= cov && far >= -cov || far <= cov && far <= -cov {
				c.P += p
			}
		}
		c.P = math.Min(1, c.P)
		return c, true
	}
	rest := 1 - float64(c.Rho*c.Rho)
	if rest <= 0 {
		return c, true // p below what a float64 can tell from 0
	}
	c.P = elementary.StudentTail(c.Rho*math.Sqrt(float64(n-2)/rest), float64(n-2))
	return c, true
}
