package kernel

import (
	"fmt"
	"math"

	"lossxfer-report/compute/elementary"
)

// Softmax64 computes, for each row z of the rows×cols matrix x, the probabilities
// p_j = e**z_j / Σ e**z and the log-sum-exp log Σ e**z. p may be x itself, or nil if only
// lse (one value per row) is wanted; lse may be nil too. A row that holds NaN or +Inf,
// or nothing but -Inf, gives NaN.
//
// The sum has four partial sums by column index modulo 4, which are a part of the
// result's definition.
func Softmax64(p, lse, x []float64, rows, cols int) {
	if rows < 0 || cols < 1 || len(x) < rows*cols || p != nil && len(p) < rows*cols || lse != nil && len(lse) < rows {
		panic(fmt.Sprintf("kernel: softmax: %d×%d does not fit slices of %d (x), %d (p), %d (log-sum-exp)", rows, cols, len(x), len(p), len(lse)))
	}
	var e [expChunk]float64
	for i := 0; i < rows; i++ {
		z := x[i*cols : (i+1)*cols]
		top := largest(z)
		var sum [4]float64
		for j := 0; j < cols; j += expChunk {
			n := shiftedExp(&e, z[j:], top)
			addFour(&sum, e[:n])
		}
		total := (sum[0] + sum[1]) + (sum[2] + sum[3])
		if lse != nil {
			lse[i] = top + elementary.Log(total)
		}
		if p == nil {
			continue
		}
		for j := 0; j < cols; j += expChunk {
			n := min(expChunk, cols-j)
			if cols > expChunk {
				shiftedExp(&e, z[j:], top)
			}
			for q, v := range e[:n] {
				p[i*cols+j+q] = v / total
			}
		}
	}
}

// shiftedExp fills e with the exponentials of z - top, as many as fit.
func shiftedExp(e *[expChunk]float64, z []float64, top float64) int {
	n := min(expChunk, len(z))
	for j, v := range z[:n] {
		e[j] = v - top
	}
	ExpSlice64(e[:n], e[:n])
	return n
}

func addFour(sum *[4]float64, e []float64) {
	for j, v := range e {
		sum[j&3] += v
	}
}

// largest returns the largest element, NaN if there is one.
func largest(z []float64) float64 {
	top := z[0]
	for _, v := range z {
		if v > top || v != v {
			top = v
		}
		if top != top {
			return math.NaN()
		}
	}
	return top
}
