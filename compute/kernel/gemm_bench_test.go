package kernel

import (
	"fmt"
	"testing"
	"time"

	"lossxfer-report/compute/random"
)

// BenchmarkGemm reports the speed of the shapes that matter: large squares, and the
// head's forward product, its two gradients, and the probe's.
func BenchmarkGemm(b *testing.B) {
	for _, c := range []struct {
		name           string
		transA, transB bool
		m, n, k        int
	}{
		{"square128", false, false, 128, 128, 128},
		{"square256", false, false, 256, 256, 256},
		{"square512", false, false, 512, 512, 512},
		{"square1024", false, false, 1024, 1024, 1024},
		{"square512nt", false, true, 512, 512, 512},
		{"square512tn", true, false, 512, 512, 512},
		{"head", false, false, 32, 77, 256},
		{"headFeatures", false, true, 32, 256, 77},
		{"headWeights", true, false, 256, 77, 32},
		{"probe", false, false, 2000, 64, 256},
		{"probeWeights", true, false, 256, 64, 2000},
	} {
		benchmarkGemm[float32](b, "s/"+c.name, c.transA, c.transB, c.m, c.n, c.k)
		benchmarkGemm[float64](b, "d/"+c.name, c.transA, c.transB, c.m, c.n, c.k)
	}
}

func benchmarkGemm[T float](b *testing.B, name string, transA, transB bool, m, n, k int) {
	b.Run(name, func(b *testing.B) {
		s := random.New("benchmark gemm")
		x, y, z := make([]T, m*k), make([]T, k*n), make([]T, m*n)
		for i := range x {
			x[i] = T(s.Uniform(-1, 1))
		}
		for i := range y {
			y[i] = T(s.Uniform(-1, 1))
		}
		lda, ldb := k, n
		if transA {
			lda = m
		}
		if transB {
			ldb = k
		}
		best := time.Hour
		for b.Loop() {
			start := time.Now()
			switch x := any(x).(type) {
			case []float32:
				Sgemm(transA, transB, m, n, k, 1, x, lda, any(y).([]float32), ldb, 0, any(z).([]float32), n)
			case []float64:
				Dgemm(transA, transB, m, n, k, 1, x, lda, any(y).([]float64), ldb, 0, any(z).([]float64), n)
			}
			best = min(best, time.Since(start))
		}
		b.ReportMetric(2*float64(m)*float64(n)*float64(k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		b.ReportMetric(2*float64(m)*float64(n)*float64(k)/best.Seconds()/1e9, "best-GFLOP/s")
	})
}

// BenchmarkMicroKernel is the speed of the tile alone, with packed panels in cache: the
// ceiling of everything above.
func BenchmarkMicroKernel(b *testing.B) {
	for _, l := range Levels()[1:] {
		kr := sgemmKernels[l]
		if kr == nil {
			continue
		}
		h, w := kr.heights[0], kr.widths[0]
		b.Run(fmt.Sprintf("%v/%dx%d", l, h, w), func(b *testing.B) {
			s := strip[float32]{a: strided[float32]{make([]float32, h*gemmDepth), 1, h}, rows: []span{{0, h}}, b: make([]float32, w*gemmDepth), bs: w, cols: w, c: make([]float32, h*w), cs: w, k: gemmDepth, alpha: 1}
			var args gemmArgs
			for b.Loop() {
				kr.run(&s, &args)
			}
			b.ReportMetric(2*float64(h*w*gemmDepth)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
