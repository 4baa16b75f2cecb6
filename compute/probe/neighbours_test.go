package probe

import (
	"slices"
	"strings"
	"testing"
)

func TestNeighboursAgainstScikitLearn(t *testing.T) {
	var f struct {
		N, D, Queries, Classes int
		X, Q                   []float64
		Y                      []int
		Cases                  []struct {
			Metric, Weighting string
			K                 int
			Kept, Predictions []int
		}
	}
	readJSON(t, "testdata/neighbours.json", &f)
	for _, c := range f.Cases {
		got, err := Neighbours(f.X, f.N, f.D, f.Y, f.Classes, f.Q, f.Queries, Voting{K: c.K, Metric: c.Metric, Weighting: c.Weighting})
		if err != nil {
			t.Fatal(err)
		}
		for j, i := range c.Kept {
			if got[i] != c.Predictions[j] {
				t.Errorf("%s k=%d %s: query %d is class %d, scikit-learn says %d", c.Metric, c.K, c.Weighting, i, got[i], c.Predictions[j])
			}
		}
	}
}

// Of equally near examples the earlier is nearer; of equal votes the lower class wins.
func TestNeighbourTies(t *testing.T) {
	x := []float64{1, 0, 0, 1, 2, 0, 0, 3}
	labels := []int{2, 1, 0, 1}
	for _, c := range []struct {
		name    string
		query   []float64
		v       Voting
		classes int
		want    int
	}{
		{"examples 0 and 2 are both at cosine distance 0", []float64{5, 0}, Voting{K: 1}, 3, 2},
		{"one vote for class 2, one for class 0", []float64{5, 0}, Voting{K: 2}, 3, 0},
		{"a zero query is at distance 1 from everything", []float64{0, 0}, Voting{K: 1}, 3, 2},
		{"examples 0 and 1 are at the same Euclidean distance", []float64{0, 0}, Voting{K: 1, Metric: Euclidean}, 3, 2},
		{"distance 0 votes alone", []float64{0, 1}, Voting{K: 4, Metric: Euclidean, Weighting: Distance}, 3, 1},
		{"weights 1/1 against 1/2", []float64{2, 0}, Voting{K: 2, Metric: Euclidean, Weighting: Distance}, 3, 0},
	} {
		got, err := Neighbours(x, 4, 2, labels, c.classes, c.query, 1, c.v)
		if err != nil {
			t.Fatal(err)
		}
		if got[0] != c.want {
			t.Errorf("%s: class %d, want %d", c.name, got[0], c.want)
		}
	}
}

// Queries are predicted one by one: how they are batched must not matter.
func TestNeighboursBlocks(t *testing.T) {
	x, y := synthetic("blocks", 300, 12, 5, 0.5)
	q, _ := synthetic("queries", 300, 12, 5, 0.5)
	all, err := Neighbours(x, 300, 12, y, 5, q, 300, Voting{})
	if err != nil {
		t.Fatal(err)
	}
	var one []int
	for i := range 300 {
		p, err := Neighbours(x, 300, 12, y, 5, q[i*12:(i+1)*12], 1, Voting{})
		if err != nil {
			t.Fatal(err)
		}
		one = append(one, p[0])
	}
	if !slices.Equal(all, one) {
		t.Error("300 queries at once and one at a time are predicted differently")
	}
}

func TestNeighboursRefuses(t *testing.T) {
	x, y := []float64{1, 2, 3, 4}, []int{0, 1}
	for want, v := range map[string]Voting{
		"k = 3":            {K: 3},
		"metric \"l1\"":    {K: 1, Metric: "l1"},
		"weighting \"wt\"": {K: 1, Weighting: "wt"},
	} {
		if _, err := Neighbours(x, 2, 2, y, 2, x, 2, v); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := Neighbours(x, 2, 2, y, 2, x[:3], 2, Voting{K: 1}); err == nil {
		t.Error("3 values were taken for 2×2 queries")
	}
}
