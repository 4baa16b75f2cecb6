package net

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"lossxfer-report/compute/bench/cputime"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/random"
)

// stepper holds what one training step needs.
type stepper struct {
	trunk                          *Trunk
	n                              int
	theta, dtheta, stats, x, h, dh []float32
}

func newStepper(tb testing.TB, a Arch, n int) *stepper {
	tb.Helper()
	d, err := a.design()
	if err != nil {
		tb.Fatal(err)
	}
	return newDesignStepper(tb, a, d, n)
}

func newDesignStepper(tb testing.TB, a Arch, d design, n int) *stepper {
	tb.Helper()
	trunk, err := d.trunk(a, n)
	if err != nil {
		tb.Fatal(err)
	}
	s := &stepper{trunk: trunk, n: n}
	s.theta, s.dtheta = kernel.Aligned(trunk.NumParams()), kernel.Aligned(trunk.NumParams())
	s.stats = make([]float32, trunk.NumStats())
	r := random.New("net/test")
	trunk.Init(s.theta, s.stats, r)
	normal := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.Normal())
		}
		return v
	}
	s.x = normal(n * a.Height * a.Width * a.Channels)
	s.h, s.dh = make([]float32, n*trunk.Dim()), normal(n*trunk.Dim())
	// The last γ of a block starts at 0, which would hide its branch from the tests.
	for _, p := range trunk.Params() {
		if !p.Decay {
			copy(s.theta[p.Offset:p.Offset+p.Len], normal(p.Len))
		}
	}
	return s
}

// step is forward, backward, running statistics and a plain descent.
func (s *stepper) step(tb testing.TB) {
	if err := s.trunk.Forward(s.x, s.n, s.theta, s.h); err != nil {
		tb.Fatal(err)
	}
	if err := s.trunk.Backward(s.dh, s.dtheta); err != nil {
		tb.Fatal(err)
	}
	s.trunk.UpdateStats(s.stats, 0.9)
	for i, d := range s.dtheta {
		s.theta[i] -= float32(1e-3 * d)
	}
}

// multiplications of one image's forward pass.
func (t *Trunk) multiplications() int64 {
	var n int64
	for _, u := range t.units {
		n += u.conv.Multiplications() * int64(u.fan) / int64(u.conv.WeightLen())
	}
	return n
}

// measure runs f b.N times and reports images and floating-point operations a second,
// on average and, for a machine with other things to do, by the processor time of the
// best call. flops are for one image.
func (s *stepper) measure(b *testing.B, flops float64, f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	best := time.Duration(math.MaxInt64)
	for range b.N {
		start := cputime.Now()
		f()
		best = min(best, cputime.Now()-start)
	}
	perSecond := float64(s.n*b.N) / b.Elapsed().Seconds()
	b.ReportMetric(perSecond, "images/s")
	b.ReportMetric(perSecond*flops/1e9, "GFLOP/s")
	b.ReportMetric(float64(s.n)/best.Seconds(), "best-images/cpu-s")
}

// benchmarks runs a benchmark for every network, and for the reference network without
// Winograd's algorithm.
func benchmarks(b *testing.B, run func(b *testing.B, s *stepper)) {
	for _, name := range append(Names(), "miniresnet-direct") {
		for _, n := range []int{32, 64} {
			b.Run(fmt.Sprintf("%s/batch=%d", name, n), func(b *testing.B) {
				plain, direct := strings.CutSuffix(name, "-direct")
				d := designs[plain]
				d.direct = direct
				s := newDesignStepper(b, onGlyphs(plain), d, n)
				s.step(b)
				b.ResetTimer()
				run(b, s)
			})
		}
	}
}

func BenchmarkStep(b *testing.B) {
	benchmarks(b, func(b *testing.B, s *stepper) {
		// Data and weight gradients cost as much as the forward pass each.
		s.measure(b, 6*float64(s.trunk.multiplications()), func() { s.step(b) })
	})
}

func BenchmarkFeatures(b *testing.B) {
	benchmarks(b, func(b *testing.B, s *stepper) {
		s.measure(b, 2*float64(s.trunk.multiplications()), func() {
			if err := s.trunk.Features(s.x, s.n, s.theta, s.stats, s.h); err != nil {
				b.Fatal(err)
			}
		})
	})
}
