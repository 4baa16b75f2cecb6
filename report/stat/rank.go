package stat

import "sort"

// doubledRanks returns twice the rank of each value, 2 … 2n, with equal values
// sharing the mean of their ranks. Doubling keeps them whole numbers, and whole
// numbers make the permutation tests exact.
func doubledRanks(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return x[order[i]] < x[order[j]] })
	ranks := make([]int, len(x))
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && x[order[end]] == x[order[start]] {
			end++
		}
		for _, i := range order[start:end] {
			ranks[i] = start + 1 + end // twice the mean of start+1 … end
		}
		start = end
	}
	return ranks
}

// maxExact is the largest number of values whose permutations are gone through:
// 2^10 subsets of ten, in place of 10! orders.
const maxExact = 10

// permutationSums returns the distribution of Σ a[i]·b[π(i)] over all orders π,
// each equally likely, as probabilities by value of the sum. a and b are
// non-negative and at most maxExact long. Subset by subset: the sum over the
// first m elements of a and a set of m elements of b. Only the values count, not
// their order, so one distribution serves all samples without ties and is remembered;
// callers must not change it.
func permutationSums(a, b []int) []float64 {
	var key [2][maxExact]int
	copy(key[0][:], a)
	copy(key[1][:], b)
	sort.Ints(key[0][:len(a)])
	sort.Ints(key[1][:len(b)])
	return sums.get(key, func() []float64 { return countSums(key[0][:len(a)], key[1][:len(b)]) })
}

// Ranks are positive, so the zeros at the end of a key tell the length.
var sums memo[[2][maxExact]int, []float64]

func countSums(a, b []int) []float64 {
	n := len(a)
	largest := 0
	for i := range a {
		largest += a[i] * b[i] // both are sorted: the rearrangement inequality
	}
	counts := make([][]float64, 1<<n)
	counts[0] = make([]float64, largest+1)
	counts[0][0] = 1
	for set := 1; set < 1<<n; set++ {
		counts[set] = make([]float64, largest+1)
		m := -1
		for j := range n {
			m += set >> j & 1
		}
		for j := range n {
			if set>>j&1 == 0 {
				continue
			}
			add := a[m] * b[j]
			for s, count := range counts[set&^(1<<j)][:largest+1-add] {
				if count != 0 {
					counts[set][s+add] += count // counts up to 10! are exact
				}
			}
		}
	}
	all := 1.0
	for i := 2; i <= n; i++ {
		all *= float64(i)
	}
	p := counts[1<<n-1]
	for s := range p {
		p[s] /= all
	}
	return p
}

// halve divides ranks by two where there are no ties, which makes the tables of
// permutationSums four times smaller.
func halve(r []int) []int {
	for _, v := range r {
		if v%2 != 0 {
			return r
		}
	}
	out := make([]int, len(r))
	for i, v := range r {
		out[i] = v / 2
	}
	return out
}
