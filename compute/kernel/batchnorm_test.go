package kernel

import (
	"fmt"
	"math"
	"testing"

	"lossxfer-report/compute/random"
)

// normalised runs every element-wise kernel on n images and returns all outputs.
func normalised(t *testing.T, pixels, channels, n int) [][]float32 {
	t.Helper()
	r := random.New("kernel/batchnorm", uint64(pixels), uint64(channels))
	size := n * pixels * channels
	b, err := NewBatchNorm(pixels, channels)
	if err != nil {
		t.Fatal(err)
	}
	side, _ := NewBatchNorm(pixels, channels)
	x, z, g := guard(size), guard(size), guard(size)
	gamma, beta := make([]float32, channels), make([]float32, channels)
	dgamma, dbeta := make([]float32, channels), make([]float32, channels)
	for _, v := range [][]float32{x.v, z.v, g.v, gamma, beta} {
		normals(r, v)
	}
	for _, v := range []struct {
		b *BatchNorm
		x []float32
	}{{b, x.v}, {side, z.v}} {
		v.b.Begin()
		v.b.Observe(v.x, n)
		v.b.Finish(gamma, beta)
	}
	y, add, norm, dx := guard(size), guard(size), guard(size), guard(size)
	b.Relu(y.v, x.v, n)
	b.AddRelu(add.v, x.v, z.v, n)
	b.AddNormRelu(norm.v, x.v, side, z.v, n)
	b.BeginGrad()
	b.Reduce(g.v, y.v, x.v, n)
	b.FinishGrad(gamma, dgamma, dbeta)
	b.Apply(dx.v, g.v, x.v, n)
	for i, v := range []guarded{x, z, g, y, add, norm, dx} {
		v.check(t, fmt.Sprintf("buffer %d", i))
	}
	return [][]float32{y.v, add.v, norm.v, g.v, dx.v, dgamma, dbeta}
}

func TestElementwiseBitsAreTheSameEverywhere(t *testing.T) {
	for _, pixels := range []int{784, 196, 49, 16, 7, 1} {
		for _, channels := range []int{16, 32, 48, 64, 96, 256} {
			var want [][]float32
			atLevels(t, func(t *testing.T, l Instructions) {
				got := normalised(t, pixels, channels, 3)
				if l == Generic {
					want = got
					return
				}
				for i := range want {
					sameBits(t, fmt.Sprintf("%d pixels, %d channels with %v, output %d", pixels, channels, l, i), got[i], want[i])
				}
			})
		}
	}
}

// TestReluKeepsNaN: a diverged network must not turn into one of silent units.
func TestReluKeepsNaN(t *testing.T) {
	b, _ := NewBatchNorm(4, 16)
	mean, variance, gamma, beta := make([]float32, 16), make([]float32, 16), make([]float32, 16), make([]float32, 16)
	for i := range gamma {
		gamma[i], variance[i] = 1, 1
	}
	b.UseRunning(mean, variance, gamma, beta)
	x, y := make([]float32, 64), make([]float32, 64)
	x[5], x[6], x[7] = float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))
	atLevels(t, func(t *testing.T, l Instructions) {
		b.Relu(y, x, 1)
		if !math.IsNaN(float64(y[5])) || !math.IsInf(float64(y[6]), 1) || y[7] != 0 {
			t.Errorf("%v: ReLU of NaN, +Inf, -Inf is %v, want NaN, +Inf, 0", l, y[5:8])
		}
	})
}

// TestFarMeanKeepsVariance: sums of squares must not lose a small variance behind a
// large mean.
func TestFarMeanKeepsVariance(t *testing.T) {
	const pixels, n = 196, 4
	b, _ := NewBatchNorm(pixels, 16)
	r := random.New("kernel/batchnorm/far")
	x := make([]float32, n*pixels*16)
	for i := range x {
		x[i] = float32(20 + r.Normal())
	}
	var sum, squares float64
	for i := 0; i < len(x); i += 16 {
		sum += float64(x[i])
	}
	mean := sum / (n * pixels)
	for i := 0; i < len(x); i += 16 {
		squares += (float64(x[i]) - mean) * (float64(x[i]) - mean)
	}
	b.Begin()
	b.Observe(x, n)
	b.Finish(make([]float32, 16), make([]float32, 16))
	want := squares / (n * pixels)
	if math.Abs(b.variance[0]-want) > 1e-4*want || math.Abs(b.mean[0]-mean) > 1e-6*mean {
		t.Errorf("mean %v and variance %v, want %v and %v", b.mean[0], b.variance[0], mean, want)
	}
}
