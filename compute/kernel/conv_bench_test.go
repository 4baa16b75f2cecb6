package kernel

import (
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"lossxfer-report/compute/bench/cputime"
	"lossxfer-report/compute/random"
)

// BenchmarkConv measures the three directions of every layer of the residual
// networks and of kinds that only the other one has, in
// multiply-adds that a convolution without borders would need, by the processor time of
// the best call.
func BenchmarkConv(b *testing.B) {
	for _, s := range []ConvShape{
		{14, 14, 12, 16, 1, 1, Square, false}, {14, 14, 16, 16, 3, 1, Square, false}, {14, 14, 16, 32, 3, 2, Square, false}, {7, 7, 32, 32, 3, 1, Square, false},
		{7, 7, 32, 96, 3, 2, Square, false}, {4, 4, 96, 96, 3, 1, Square, false}, {4, 4, 96, 256, 1, 1, Square, false},
		{28, 28, 16, 16, 3, 1, Square, false}, {28, 28, 16, 32, 3, 2, Square, false}, {14, 14, 32, 32, 3, 1, Square, false}, {14, 14, 32, 64, 3, 2, Square, false}, {7, 7, 64, 64, 3, 1, Square, false},
		{14, 14, 64, 16, 3, 2, Square, false}, {7, 7, 16, 16, 3, 1, Across, false}, {7, 7, 16, 32, 3, 1, Down, false},
	} {
		const n = 8
		c, err := NewConv(s, s.In%16 == 0)
		if err != nil {
			b.Fatal(err)
		}
		r := random.New("kernel/bench")
		x, y, w := Aligned(n*s.InLen()), Aligned(n*s.OutLen()), Aligned(s.WeightLen())
		dx, dw := Aligned(n*s.InLen()), Aligned(s.WeightLen())
		normals(r, x)
		normals(r, w)
		c.Pack(w)
		run := func(name string, f func()) {
			b.Run(fmt.Sprintf("%dx%d/%d-%d/size=%d/stride=%d/%s", s.Height, s.Width, s.In, s.Out, s.Size, s.Stride, name), func(b *testing.B) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				best := time.Duration(math.MaxInt64)
				for range b.N {
					start := cputime.Now()
					f()
					best = min(best, cputime.Now()-start)
				}
				b.ReportMetric(2*n*float64(s.Multiplications())/best.Seconds()/1e9, "best-GFLOP/s")
			})
		}
		run("forward", func() { c.Forward(y, x, n) })
		if s.In%16 == 0 {
			run("datagrad", func() { c.DataGrad(dx, y, n, false) })
		}
		run("weightgrad", func() { c.WeightGrad(dw, x, y, n) })
	}
}
