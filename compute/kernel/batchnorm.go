package kernel

import (
	"fmt"
	"math"
	"unsafe"
)

// Epsilon is what batch normalisation adds to a variance.
const Epsilon = 1e-5

// BatchNorm is batch normalisation (Ioffe and Szegedy, 2015) of images of pixels×
// channels floats, with the ReLU and the residual addition behind it. Statistics are
// summed in float32 within an image and in float64 across images, in the order of the
// images. Not safe for concurrent use.
type BatchNorm struct {
	shape columns
	args  columnArgs

	count          int       // images since Begin or BeginGrad
	sums, products []float64 // by column, across images
	image          [2][]float32

	mean, variance, inverse []float64 // by channel, of the last batch
	scale, shift, center    []float32 // by column
	gradG, gradX, gradC     []float32 // by column: dx = gradG·g + gradX·x + gradC
}

// NewBatchNorm returns the normalisation of images of pixels×channels floats; channels
// must be a multiple of 16.
func NewBatchNorm(pixels, channels int) (*BatchNorm, error) {
	if channels < 16 || channels%16 != 0 || pixels < 1 {
		return nil, fmt.Errorf("batch normalisation of %d pixels with %d channels: channels must be a multiple of 16", pixels, channels)
	}
	s := newColumns(pixels, channels)
	b := &BatchNorm{shape: s}
	for _, v := range []*[]float64{&b.sums, &b.products} {
		*v = make([]float64, s.width)
	}
	for _, v := range []*[]float64{&b.mean, &b.variance, &b.inverse} {
		*v = make([]float64, channels)
	}
	for _, v := range []*[]float32{&b.scale, &b.shift, &b.center, &b.gradG, &b.gradX, &b.gradC, &b.image[0], &b.image[1]} {
		*v = Aligned(s.width)
	}
	return b, nil
}

// Begin starts the statistics of a batch.
func (b *BatchNorm) Begin() {
	b.count = 0
	clear(b.sums)
	clear(b.products)
}

// Observe adds n images to the statistics.
func (b *BatchNorm) Observe(x []float32, n int) {
	size := b.imageLen()
	b.need("input", x, n)
	for i := 0; i < n; i++ {
		b.args = columnArgs{
			p:   [3]unsafe.Pointer{ptr(x, i*size)},
			sum: [2]unsafe.Pointer{ptr(b.image[0], 0), ptr(b.image[1], 0)},
		}
		b.shape.run(opSums, &b.args)
		b.gather()
	}
}

// gather adds the image's sums to the batch's.
func (b *BatchNorm) gather() {
	b.count++
	for j, v := range b.image[0] {
		b.sums[j] += float64(v)
		b.products[j] += float64(b.image[1][j])
	}
}

// totals folds the columns of channel c.
func (b *BatchNorm) totals(c int) (sum, products float64) {
	for j := c; j < b.shape.width; j += b.shape.channels {
		sum += b.sums[j]
		products += b.products[j]
	}
	return sum, products
}

// elements returns how many values of a channel the batch has.
func (b *BatchNorm) elements() float64 {
	return float64(b.count * b.shape.rows * (b.shape.width / b.shape.channels))
}

// Finish ends the statistics and fixes the normalisation for a scale gamma and a
// shift beta by channel.
func (b *BatchNorm) Finish(gamma, beta []float32) {
	m := b.elements()
	for c := range b.mean {
		sum, squares := b.totals(c)
		mean := sum / m
		variance := squares/m - float64(mean*mean)
		if variance < 0 { // by rounding; NaN stays
			variance = 0
		}
		b.set(c, mean, variance, gamma[c], beta[c])
	}
}

// UseRunning fixes the normalisation by running statistics, for evaluation.
func (b *BatchNorm) UseRunning(mean, variance, gamma, beta []float32) {
	for c := range b.mean {
		inverse := 1 / math.Sqrt(float64(variance[c])+Epsilon)
		b.columns(c, float64(mean[c]), inverse, gamma[c], beta[c])
	}
}

func (b *BatchNorm) set(c int, mean, variance float64, gamma, beta float32) {
	b.mean[c], b.variance[c] = mean, variance
	b.inverse[c] = 1 / math.Sqrt(variance+Epsilon)
	b.columns(c, mean, b.inverse[c], gamma, beta)
}

// columns writes the parameters of channel c for all its columns.
func (b *BatchNorm) columns(c int, mean, inverse float64, gamma, beta float32) {
	scale := float64(gamma) * inverse
	shift := float64(beta) - float64(mean*scale)
	for j := c; j < b.shape.width; j += b.shape.channels {
		b.scale[j], b.shift[j], b.center[j] = float32(scale), float32(shift), float32(mean)
	}
}

// UpdateRunning moves running statistics towards the last batch's:
// running = momentum·running + (1-momentum)·batch, with the variance unbiased.
func (b *BatchNorm) UpdateRunning(mean, variance []float32, momentum float32) {
	keep := float64(momentum)
	m := b.elements()
	unbias := 1.0
	if m > 1 {
		unbias = m / (m - 1)
	}
	for c := range b.mean {
		mean[c] = float32(float64(keep*float64(mean[c])) + float64((1-keep)*b.mean[c]))
		variance[c] = float32(float64(keep*float64(variance[c])) + float64((1-keep)*float64(b.variance[c]*unbias)))
	}
}

func (b *BatchNorm) imageLen() int { return b.shape.rows * b.shape.width }

// need stops a wrong call before a kernel, which checks no bounds, runs astray.
func (b *BatchNorm) need(what string, v []float32, n int) {
	if len(v) < n*b.imageLen() {
		panic(fmt.Sprintf("kernel: batch normalisation of %d channels: %s has %d floats, needs %d", b.shape.channels, what, len(v), n*b.imageLen()))
	}
}

// ptr is the address of v[i].
func ptr(v []float32, i int) unsafe.Pointer { return unsafe.Pointer(&v[i]) }
