package kernel

import (
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// TestWinogradErrorIsThatOfDirect holds what the transforms cost in accuracy: the root
// mean square error of every direction against the exact sums, relative to the root
// mean square of the sums, stays below 2.5 times that of the direct algorithm.
func TestWinogradErrorIsThatOfDirect(t *testing.T) {
	for _, channels := range []int{16, 32} {
		s := ConvShape{Height: 14, Width: 14, In: channels, Out: channels, Size: 3, Stride: 1}
		straight := s
		straight.Direct = true
		r := random.New("kernel/winograd/error", uint64(channels))
		x, w, dy := make([]float32, s.InLen()), make([]float32, s.WeightLen()), make([]float32, s.OutLen())
		for _, v := range [][]float32{x, w, dy} {
			normals(r, v)
		}
		exact := exactConv(s, x, w, dy)
		wino, plain := runConv(t, s, x, w, dy), runConv(t, straight, x, w, dy)
		for i, name := range []string{"forward", "data gradient", "weight gradient"} {
			a, b := relativeError(wino[i], exact[i]), relativeError(plain[i], exact[i])
			t.Logf("%d channels, %s: Winograd %.2g, direct %.2g", channels, name, a, b)
			if a == b {
				t.Errorf("%d channels, %s: both algorithms give the same bits: one of them is not what it says", channels, name)
			}
			if a > 2.5*b {
				t.Errorf("%d channels, %s: Winograd's error %g is more than 2.5 times the direct %g", channels, name, a, b)
			}
		}
	}
}

// runConv returns output, data gradient and weight gradient of one image.
func runConv(t *testing.T, s ConvShape, x, w, dy []float32) [3][]float32 {
	t.Helper()
	c, err := NewConv(s, true)
	if err != nil {
		t.Fatal(err)
	}
	y, dx, dw := make([]float32, s.OutLen()), make([]float32, s.InLen()), make([]float32, s.WeightLen())
	c.Pack(w)
	c.Forward(y, x, 1)
	c.DataGrad(dx, dy, 1, false)
	c.WeightGrad(dw, x, dy, 1)
	c.FinishWeightGrad(dw)
	return [3][]float32{y, dx, dw}
}

// exactConv is runConv in float64 by the definition, for a 3×3 convolution of stride 1.
func exactConv(s ConvShape, x, w, dy []float32) [3][]float64 {
	y, dx, dw := make([]float64, s.OutLen()), make([]float64, s.InLen()), make([]float64, s.WeightLen())
	for p := range s.Height * s.Width {
		for tap := range 9 {
			row, column := p/s.Width+tap/3-1, p%s.Width+tap%3-1
			if row < 0 || row >= s.Height || column < 0 || column >= s.Width {
				continue
			}
			q := row*s.Width + column
			for ci := range s.In {
				for co := range s.Out {
					at := (tap*s.In+ci)*s.Out + co
					y[p*s.Out+co] += float64(x[q*s.In+ci]) * float64(w[at])
					dx[q*s.In+ci] += float64(dy[p*s.Out+co]) * float64(w[at])
					dw[at] += float64(x[q*s.In+ci]) * float64(dy[p*s.Out+co])
				}
			}
		}
	}
	return [3][]float64{y, dx, dw}
}

func relativeError(got []float32, want []float64) float64 {
	e, n := 0.0, 0.0
	for i, v := range want {
		d := float64(got[i]) - v
		e, n = e+d*d, n+v*v
	}
	return math.Sqrt(e / n)
}
