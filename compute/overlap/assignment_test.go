package overlap

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"lossxfer-report/compute/random"
)

type fixtures struct {
	Cases []struct {
		Kind       string
		Rows, Cols int
		Cost       []float64
		To         []int
		Total      float64
	}
	Replicated []struct {
		Classes, Task     int
		Matches           []int
		Matched, Replicas int
	}
}

func load(t *testing.T) (f fixtures) {
	t.Helper()
	b, err := os.ReadFile("testdata/assignment.json")
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// total is the cost of an assignment, or an error of the test if it is none.
func total(t *testing.T, cost []float64, rows, cols int, to []int) float64 {
	t.Helper()
	sum, used, given := 0.0, make([]bool, cols), 0
	for i, j := range to {
		if j < 0 {
			continue
		}
		if used[j] {
			t.Fatalf("column %d has two rows: %v", j, to)
		}
		used[j] = true
		given++
		sum += cost[i*cols+j]
	}
	if given != min(rows, cols) {
		t.Fatalf("%d×%d: %d rows have a column", rows, cols, given)
	}
	return sum
}

// The optimum is SciPy's. Where it is unique, as with random real costs, so is the
// assignment.
func TestAssignAgainstSciPy(t *testing.T) {
	for _, c := range load(t).Cases {
		to, err := Assign(c.Cost, c.Rows, c.Cols)
		if err != nil {
			t.Fatal(err)
		}
		if got := total(t, c.Cost, c.Rows, c.Cols, to); math.Abs(got-c.Total) > 1e-12*math.Abs(c.Total) {
			t.Errorf("%s %d×%d: cost %v, SciPy's %v", c.Kind, c.Rows, c.Cols, got, c.Total)
		}
		if c.Kind == "uniform" && !slices.Equal(to, c.To) {
			t.Errorf("%d×%d: %v, SciPy's %v", c.Rows, c.Cols, to, c.To)
		}
	}
}

// All permutations of small matrices, tried one by one.
func TestAssignAgainstAllPermutations(t *testing.T) {
	s := random.New("overlap/permutations")
	for range 200 {
		n := 1 + s.IntN(5)
		cost := make([]float64, n*n)
		for i := range cost {
			cost[i] = float64(s.IntN(9))
		}
		best := math.Inf(1)
		var try func(row int, used []bool, sum float64)
		try = func(row int, used []bool, sum float64) {
			if row == n {
				best = min(best, sum)
				return
			}
			for j := range n {
				if !used[j] {
					used[j] = true
					try(row+1, used, sum+cost[row*n+j])
					used[j] = false
				}
			}
		}
		try(0, make([]bool, n), 0)
		to, err := Assign(cost, n, n)
		if err != nil {
			t.Fatal(err)
		}
		if got := total(t, cost, n, n, to); got != best {
			t.Fatalf("%v: cost %v, least %v", cost, got, best)
		}
	}
}

func TestAssignRefusesNonsense(t *testing.T) {
	for name, cost := range map[string][]float64{"too few": {1, 2, 3}, "not a number": {1, 2, 3, math.NaN()}, "infinite": {1, 2, math.Inf(-1), 4}} {
		if _, err := Assign(cost, 2, 2); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMapAgainstSciPy(t *testing.T) {
	for _, c := range load(t).Replicated {
		m, err := Map(c.Matches, c.Classes, c.Task)
		if err != nil {
			t.Fatal(err)
		}
		if m.Matched != c.Matched || m.Replicas != c.Replicas {
			t.Errorf("%d×%d: %d matches with %d copies, SciPy's %d with %d", c.Classes, c.Task, m.Matched, m.Replicas, c.Matched, c.Replicas)
		}
	}
}

// Where copies are free the assignment problem falls apart into one choice per
// pretraining class: the mapping is the majority map, but for ties.
func TestFreeReplicationIsTheMajorityMap(t *testing.T) {
	s := random.New("overlap/majority")
	for range 300 {
		classes, task := 1+s.IntN(12), 1+s.IntN(6)
		matches := make([]int, classes*task)
		for i := range matches {
			if s.IntN(3) > 0 {
				matches[i] = s.IntN(1 + s.IntN(30))
			}
		}
		m, err := Map(matches, classes, task)
		if err != nil {
			t.Fatal(err)
		}
		majority, matched := majority(matches, classes, task), 0
		for i, j := range majority {
			if (j < 0) != (m.To[i] < 0) {
				t.Fatalf("%v: class %d goes to %d, majority %d", matches, i, m.To[i], j)
			}
			if j < 0 {
				continue
			}
			row := matches[i*task : (i+1)*task]
			matched += row[j]
			if row[m.To[i]] != row[j] {
				t.Fatalf("%v: class %d goes to %d, majority %d", matches, i, m.To[i], j)
			}
		}
		if m.Matched != matched {
			t.Fatalf("%v: %d matches, majority %d", matches, m.Matched, matched)
		}
	}
}

// majority maps each pretraining class to the task class that it is predicted for most
// often, the lower of equals; −1 if it never is. No mapping has more matches.
func majority(matches []int, classes, taskClasses int) []int {
	to := make([]int, classes)
	for i := range to {
		to[i] = -1
		most := 0
		for j, n := range matches[i*taskClasses : (i+1)*taskClasses] {
			if n > most {
				to[i], most = j, n
			}
		}
	}
	return to
}
