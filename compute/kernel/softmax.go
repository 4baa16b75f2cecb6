package kernel

import (
	"fmt"
	"math"

	"lossxfer-report/compute/elementary"
)

// Softmax computes, for each row z of the rows×cols matrix x, the probabilities
// p_j = e**z_j / Σ e**z and the log-sum-exp log Σ e**z. p may be x itself, or nil if only
// lse (one value per row) is wanted; lse may be nil too. A row that holds NaN or +Inf,
// or nothing but -Inf, gives NaN.
//
// All of it is computed in float64 and rounded once. The sum has four partial sums by
// column index modulo 4, which are a part of the result's definition.
func Softmax(p, lse, x []float32, rows, cols int) { softmax(p, lse, x, rows, cols) }

// Softmax64 is Softmax in float64.
func Softmax64(p, lse, x []float64, rows, cols int) { softmax(p, lse, x, rows, cols) }

// LogSumExp sets lse[i] to the log-sum-exp of row i of the rows×cols matrix x.
func LogSumExp(lse, x []float32, rows, cols int) { softmax(nil, lse, x, rows, cols) }

// LogSumExp64 is LogSumExp in float64.
func LogSumExp64(lse, x []float64, rows, cols int) { softmax(nil, lse, x, rows, cols) }

func softmax[T float](p, lse, x []T, rows, cols int) {
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
			lse[i] = T(top + elementary.Log(total))
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
				p[i*cols+j+q] = T(v / total)
			}
		}
	}
}

// shiftedExp fills e with the exponentials of z - top, as many as fit.
func shiftedExp[T float](e *[expChunk]float64, z []T, top float64) int {
	n := min(expChunk, len(z))
	for j, v := range z[:n] {
		e[j] = float64(v) - top
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
func largest[T float](z []T) float64 {
	top := z[0]
	for _, v := range z {
		if v > top || v != v {
			top = v
		}
		if top != top {
			return math.NaN()
		}
	}
	return float64(top)
}
