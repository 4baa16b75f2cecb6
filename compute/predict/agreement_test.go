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

// networks is runs of one objective with seeds 1 … n.
func networks(objective string, n int) []train.Model {
	out := make([]train.Model, n)
	for i := range out {
		out[i].Objective.Name, out[i].Seed = objective, i+1
	}
	return out
}

// The tasks of all seeds together compare every pair of networks of different seeds once.
func TestEveryPairOnce(t *testing.T) {
	const seeds = 4
	a := networks("one", seeds)
	for _, b := range [][]train.Model{a, networks("other", seeds)} {
		one := b[0] == a[0]
		seen := map[[2]int]int{}
		for s := 2; s <= seeds; s++ {
			for _, l := range (Agreement{A: a[:s], B: b[:s]}).pairs() {
				if l[0].Model.Objective != a[0].Objective || l[1].Model.Objective != b[0].Objective {
					t.Errorf("%v stands for %s and %s", l, a[0].Objective.Name, b[0].Objective.Name)
				}
				key := [2]int{l[0].Model.Seed, l[1].Model.Seed}
				if one && key[0] < key[1] {
					key = [2]int{key[1], key[0]}
				}
				seen[key]++
			}
		}
		for i := 1; i <= seeds; i++ {
			for j := 1; j <= seeds; j++ {
				want := 1
				if i == j || one && j > i {
					want = 0
				}
				if seen[[2]int{i, j}] != want {
					t.Errorf("one objective %v: seeds %d and %d are compared %d times, want %d", one, i, j, seen[[2]int{i, j}], want)
				}
			}
		}
	}
}

// Networks that would be compared wrongly are refused before anything is read.
func TestNetworksThatCannotBeCompared(t *testing.T) {
	two, three := networks("one", 2), networks("other", 3)
	for name, task := range map[string]interface{ check() error }{
		"agreement of 2 and 3":     Agreement{A: two, B: three},
		"agreement of one network": Agreement{A: two[:1], B: three[:1]},
		"agreement within a seed":  Agreement{A: []train.Model{two[1], two[0]}, B: three[:2]},
		"ensembles of 2 and 3":     Ensembles{A: two, B: three},
		"ensembles of none":        Ensembles{},
		"ensembles of other seeds": Ensembles{A: two, B: three[1:]},
	} {
		if task.check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := (Agreement{A: two, B: three[:2]}).check(); err != nil {
		t.Error(err)
	}
	if err := (Ensembles{A: two, B: three[:2]}).check(); err != nil {
		t.Error(err)
	}
}
