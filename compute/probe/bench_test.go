package probe

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/random"
)

// reluFeatures returns features that look like those of a trained network:
// non-negative, correlated, their spectrum over some four decades; class means
// pushed through two random ReLU layers, exact in float32.
func reluFeatures(n, d, classes int) ([]float64, []int) {
	const latent, hidden = 40, 128
	s := random.New("probe/bench", uint64(classes))
	normal := func(n int, scale float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = scale * s.Normal()
		}
		return out
	}
	layer := func(x []float64, from, to int, noise float64) []float64 {
		out := normal(n*to, noise)
		kernel.Dgemm(false, false, n, to, from, 1, x, from, normal(from*to, 1/math.Sqrt(float64(from))), to, 1, out, to)
		for i, v := range out {
			out[i] = float64(float32(math.Max(0, v)))
		}
		return out
	}
	means, z, y := normal(classes*latent, 0.3), normal(n*latent, 1), make([]int, n)
	for i := range y {
		y[i] = s.IntN(classes)
		axpy(1, means[y[i]*latent:(y[i]+1)*latent], z[i*latent:(i+1)*latent])
	}
	return layer(layer(z, latent, hidden, 0.3), hidden, d, 0.1), y
}

const benchN, benchD, benchRegularisers = 2000, 256, 45

// BenchmarkPath is the regularisation path of one probe, 2,000×256, as it is fitted
// for each network and task. testdata/peer_probe.py times scikit-learn on the same
// features (PROBE_EXPORT writes them).
func BenchmarkPath(b *testing.B) {
	for _, classes := range []int{10, 24, 43, 64} {
		b.Run(fmt.Sprintf("classes=%d", classes), func(b *testing.B) {
			x, y := reluFeatures(benchN, benchD, classes)
			lambdas, err := LogSpaced(benchRegularisers, -6, 5)
			if err != nil {
				b.Fatal(err)
			}
			export(b, x, y, classes)
			evaluations, failed := 0, 0
			for b.Loop() {
				p, err := newProblem(x, benchN, benchD, y, classes)
				if err != nil {
					b.Fatal(err)
				}
				along := newPath(p)
				evaluations, failed = 0, 0
				for _, lambda := range lambdas {
					fit, err := along.next(lambda, Tolerances{})
					if err != nil {
						b.Fatal(err)
					}
					evaluations += fit.Evaluations
					if !fit.Converged {
						failed++
					}
					if testing.Verbose() {
						b.Logf("λ=%.3g f=%.6f |g|=%.2e iterations=%d", lambda, fit.Objective, fit.Gradient*p.zero, fit.Iterations)
					}
				}
			}
			b.ReportMetric(float64(evaluations), "evaluations")
			b.ReportMetric(float64(failed), "unconverged")
		})
	}
}

// BenchmarkNeighbours is one network and task: 5,000 queries among 2,000 examples.
func BenchmarkNeighbours(b *testing.B) {
	x, y := reluFeatures(7000, benchD, 24)
	for b.Loop() {
		if _, err := Neighbours(x[:2000*benchD], 2000, benchD, y[:2000], 24, x[2000*benchD:], 5000, Voting{}); err != nil {
			b.Fatal(err)
		}
	}
}

// export writes the benchmark's features for testdata/peer_probe.py.
func export(b *testing.B, x []float64, y []int, classes int) {
	dir := os.Getenv("PROBE_EXPORT")
	if dir == "" {
		return
	}
	var raw []byte
	for _, v := range x {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(v)))
	}
	for _, v := range y {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(v))
	}
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("features-%d.raw", classes)), raw, 0o644); err != nil {
		b.Fatal(err)
	}
}
