package predict

import (
	"testing"

	"lossxfer-report/compute/random"
	"lossxfer-report/compute/train"
)

// Compare against counting each definition on its own.
func TestCompareAgainstBruteForce(t *testing.T) {
	r := random.New("predict/compare")
	for range 50 {
		n := 1 + r.IntN(40)
		a, b, truth := make([]int, n), make([]int, n), make([]int, n)
		for i := range n {
			a[i], b[i], truth[i] = r.IntN(3), r.IntN(3), r.IntN(3)
		}
		count := func(holds func(a, b, y int) bool) int {
			n := 0
			for i := range truth {
				if holds(a[i], b[i], truth[i]) {
					n++
				}
			}
			return n
		}
		want := Counts{
			Images:    n,
			Different: count(func(a, b, _ int) bool { return a != b }),
			OneRight:  count(func(a, b, y int) bool { return (a == y) != (b == y) }),
			BothWrong: count(func(a, b, y int) bool { return a != y && b != y }),
			SameWrong: count(func(a, b, y int) bool { return a != y && b != y && a == b }),
		}
		if got, err := Compare(a, b, truth); err != nil || got != want {
			t.Fatalf("%+v, %v, want %+v", got, err, want)
		}
	}
	if _, err := Compare([]int{1}, []int{1, 2}, []int{1, 2}); err == nil {
		t.Error("predictions for other images: no error")
	}
}

// The tasks of all seeds together compare every pair of networks of different seeds once.
func TestEveryPairOnce(t *testing.T) {
	const seeds = 4
	a, b := train.Model{}, train.Model{}
	b.Objective.Name = "other"
	for _, other := range []train.Model{a, b} {
		seen := map[[2]int]int{}
		for s := 2; s <= seeds; s++ {
			task := Agreement{A: a, B: other}
			task.A.Seed, task.B.Seed = s, s
			for _, p := range task.pairs() {
				key := [2]int{p.SeedA, p.SeedB}
				if other == a && p.SeedA < p.SeedB {
					key = [2]int{p.SeedB, p.SeedA}
				}
				seen[key]++
			}
		}
		for i := 1; i <= seeds; i++ {
			for j := 1; j <= seeds; j++ {
				want := 1
				if i == j || other == a && j > i {
					want = 0
				}
				if seen[[2]int{i, j}] != want {
					t.Errorf("one objective %v: seeds %d and %d are compared %d times, want %d", other == a, i, j, seen[[2]int{i, j}], want)
				}
			}
		}
	}
}
