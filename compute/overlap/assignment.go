// Package overlap measures how far the classes of a downstream task are classes of
// pretraining (Table F.1): how well a network does that may only rename its own
// predictions.
package overlap

import (
	"fmt"
	"math"
)

// Assign solves the assignment problem on a rows×cols matrix of costs: it gives each
// row a column of its own so that the sum of the costs is least, and returns the
// column of each row. Where there are more rows than columns, every column is given
// to a row and the rows left over have −1.
//
// It is the Hungarian method by shortest augmenting paths (Jonker and Volgenant,
// Computing 38, 1987), O(rows²·cols). Sums are exact where the costs are whole numbers.
func Assign(cost []float64, rows, cols int) ([]int, error) {
	if rows < 1 || cols < 1 || len(cost) != rows*cols {
		return nil, fmt.Errorf("overlap: %d costs are not a %d×%d matrix", len(cost), rows, cols)
	}
	for i, c := range cost {
		if math.IsNaN(c) || math.IsInf(c, 0) {
			return nil, fmt.Errorf("overlap: cost of row %d and column %d is %v", i/cols, i%cols, c)
		}
	}
	if rows <= cols {
		return assign(rows, cols, func(i, j int) float64 { return cost[i*cols+j] }), nil
	}
	to := make([]int, rows)
	for i := range to {
		to[i] = -1
	}
	for j, i := range assign(cols, rows, func(j, i int) float64 { return cost[i*cols+j] }) {
		to[i] = j
	}
	return to, nil
}

// assign is Assign for no more rows than columns. Rows are added one at a time; each
// takes the cheapest path through the columns to a free one, where the rows on the
// path move on to the next column. The dual prices u of rows and v of columns keep
// every reduced cost cost − u − v at zero or above, and at zero where assigned.
func assign(rows, cols int, cost func(i, j int) float64) []int {
	u, v := make([]float64, rows), make([]float64, cols)
	owner := make([]int, cols) // the row that has a column
	for j := range owner {
		owner[j] = -1
	}
	least := make([]float64, cols) // reduced length of the shortest path to a column
	from := make([]int, cols)      // column before it on that path, −1 at the start
	done := make([]bool, cols)
	for start := range rows {
		for j := range cols {
			least[j], from[j], done[j] = math.Inf(1), -1, false
		}
		i, last, length := start, -1, 0.0
		for i >= 0 {
			next := -1
			for j := range cols {
				if done[j] {
					continue
				}
				if d := length + cost(i, j) - u[i] - v[j]; d < least[j] {
					least[j], from[j] = d, last
				}
				if next < 0 || least[j] < least[next] {
					next = j
				}
			}
			length, last = least[next], next
			done[next] = true
			i = owner[next]
		}
		// What was reached below the length of the path moves by the difference.
		u[start] += length
		for j := range cols {
			if done[j] && j != last {
				u[owner[j]] += length - least[j]
				v[j] -= length - least[j]
			}
		}
		for j := last; j >= 0; j = from[j] {
			if from[j] < 0 {
				owner[j] = start
			} else {
				owner[j] = owner[from[j]]
			}
		}
	}
	to := make([]int, rows)
	for j, i := range owner {
		if i >= 0 {
			to[i] = j
		}
	}
	return to
}
