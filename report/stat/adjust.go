package stat

import "sort"

// Holm adjusts p-values for a family of tests so that the chance of any false
// rejection is at most the level they are compared with (Holm 1979). The result
// is in the order of the input.
func Holm(p []float64) []float64 {
	order := ascending(p)
	out := make([]float64, len(p))
	running := 0.0
	for rank, i := range order {
		running = max(running, min(1, float64(len(p)-rank)*p[i]))
		out[i] = running
	}
	return out
}

// Simes returns one p-value for the hypothesis that all of several nulls are true:
// min over k of n·p₍ₖ₎/k (Simes 1986; valid for positively dependent tests,
// Sarkar 1998, as comparisons with one reference are). It is 1 for no p-values.
// Unlike n·min p it is no larger than the largest p, so that several parts which
// are all significant are significant together.
func Simes(p []float64) float64 {
	out := 1.0
	for rank, i := range ascending(p) {
		out = min(out, float64(len(p))*p[i]/float64(rank+1))
	}
	return out
}

// PartialConjunction returns a p-value for the hypothesis that fewer than k of
// several nulls are false, so that a small one says that at least k are: Simes over
// all but the k − 1 smallest (Benjamini and Heller 2008). For k = 1 it is
// Simes, for k = n the largest p, which is the intersection–union test (Berger
// 1982). It is 1 where there are fewer than k p-values.
func PartialConjunction(p []float64, k int) float64 {
	if k < 1 || k > len(p) {
		return 1
	}
	rest := make([]float64, 0, len(p))
	for _, i := range ascending(p)[k-1:] {
		rest = append(rest, p[i])
	}
	return Simes(rest)
}

// ascending returns the indices of p by value, ties by index.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return p[order[i]] < p[order[j]] })
	return order
}

// FalseDiscovery adjusts p-values so that, of those below a level, at most that share is
// expected to be by chance (Benjamini and Hochberg 1995; valid for independent and
// positively dependent tests). The result is in the order of the input.
func FalseDiscovery(p []float64) []float64 {
	order := ascending(p)
	out := make([]float64, len(p))
	running := 1.0
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		running = min(running, float64(len(p))*p[i]/float64(rank+1))
		out[i] = running
	}
	return out
}
