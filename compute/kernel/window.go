package kernel

import (
	"fmt"
	"math"
)

// Window is pooling over the 3×3 pixels around a pixel, within an image of
// Height×Width×Channels. Plain Go in a fixed order: every CPU gives the same bits. Not
// safe for concurrent use.
type Window struct {
	Height, Width, Channels int
	sums                    []float32 // a row of vertical sums between two pixels of zeros
	keys                    []uint32
}

// NewWindow plans the pooling of images of height×width×channels.
func NewWindow(height, width, channels int) (*Window, error) {
	if height < 1 || width < 1 || channels < 1 {
		return nil, fmt.Errorf("pooling of %d×%d pixels with %d channels: all must be positive", height, width, channels)
	}
	return &Window{height, width, channels, make([]float32, (width+2)*channels), make([]uint32, channels)}, nil
}

func (w *Window) inLen() int { return w.Height * w.Width * w.Channels }

// Average sets y to the mean over the nine pixels around every pixel of n images x,
// where pixels outside the image count as zeros. The map is its own adjoint, so it
// takes gradients back, too. Sums run down the columns first, then along the row.
func (w *Window) Average(y, x []float32, n int) {
	w.need("input", len(x), n*w.inLen())
	w.need("output", len(y), n*w.inLen())
	c, row := w.Channels, w.Width*w.Channels
	for i := range n * w.Height {
		line := i % w.Height
		middle := x[i*row : (i+1)*row]
		sums := w.sums[c : c+row]
		switch {
		case line > 0 && line < w.Height-1:
			up, down := x[(i-1)*row:i*row], x[(i+1)*row:(i+2)*row]
			for j := range sums {
				sums[j] = up[j] + middle[j] + down[j]
			}
		case line > 0:
			addRows(sums, x[(i-1)*row:i*row], middle)
		case line < w.Height-1:
			addRows(sums, middle, x[(i+1)*row:(i+2)*row])
		default:
			copy(sums, middle)
		}
		out, left, right := y[i*row:(i+1)*row], w.sums[:row], w.sums[2*c:2*c+row]
		for j := range out {
			out[j] = (left[j] + sums[j] + right[j]) * (1. / 9)
		}
	}
}

func addRows(dst, a, b []float32) {
	for j := range dst {
		dst[j] = a[j] + b[j]
	}
}

// MaxOutHeight returns the rows of Max's output.
func (w *Window) MaxOutHeight() int { return (w.Height-1)/2 + 1 }

// MaxOutWidth returns the columns of Max's output.
func (w *Window) MaxOutWidth() int { return (w.Width-1)/2 + 1 }

// MaxLen returns how many values, and taps, Max gives for an image.
func (w *Window) MaxLen() int { return w.MaxOutHeight() * w.MaxOutWidth() * w.Channels }

// Max sets y to the largest of the pixels inside the image around every second pixel
// of n images x, and taps (MaxLen an image) to which of the nine it is: the first one,
// row by row. The pixels of y are pitch floats apart, so that it can be a part of the
// channels of a wider image. x must not be negative, as behind a ReLU: it is compared
// by its bits without the sign, so that NaN is the largest.
func (w *Window) Max(y []float32, taps []uint8, x []float32, n, pitch int) {
	rows, columns, c := w.MaxOutHeight(), w.MaxOutWidth(), w.Channels
	w.need("input", len(x), n*w.inLen())
	w.need("taps", len(taps), n*w.MaxLen())
	w.need("output", len(y), (n*rows*columns-1)*pitch+c)
	for p := range n * rows * columns {
		i, oy, ox := p/(rows*columns), p/columns%rows, p%columns
		best, which := w.keys, taps[p*c:(p+1)*c]
		for k := range best {
			best[k] = 0
		}
		clear(which)
		first := true
		for ky := max(2*oy-1, 0); ky <= min(2*oy+1, w.Height-1); ky++ {
			for kx := max(2*ox-1, 0); kx <= min(2*ox+1, w.Width-1); kx++ {
				at := ((i*w.Height+ky)*w.Width + kx) * c
				takeLarger(best, which, x[at:at+c], uint8((ky-2*oy+1)*3+kx-2*ox+1), first)
				first = false
			}
		}
		out := y[p*pitch : p*pitch+c]
		for k := range out {
			out[k] = math.Float32frombits(best[k] >> 1)
		}
	}
}

// takeLarger replaces the values of best that x exceeds, or all.
func takeLarger(best []uint32, which []uint8, x []float32, tap uint8, all bool) {
	which, x = which[:len(best)], x[:len(best)]
	if all {
		for k := range best {
			best[k], which[k] = math.Float32bits(x[k])<<1, tap
		}
		return
	}
	for k, b := range best {
		v, t := math.Float32bits(x[k])<<1, which[k]
		if v > b {
			t = tap
		}
		best[k], which[k] = max(b, v), t
	}
}

// MaxGrad adds to dx the gradient of Max, whose taps are given, with respect to x. The
// pixels of dy are pitch floats apart.
func (w *Window) MaxGrad(dx, dy []float32, taps []uint8, n, pitch int) {
	rows, columns, c := w.MaxOutHeight(), w.MaxOutWidth(), w.Channels
	w.need("input gradient", len(dx), n*w.inLen())
	w.need("taps", len(taps), n*w.MaxLen())
	w.need("output gradient", len(dy), (n*rows*columns-1)*pitch+c)
	var distance [16]int
	for t := range 9 {
		distance[t] = ((t/3-1)*w.Width + t%3 - 1) * c
	}
	for p := range n * rows * columns {
		i, oy, ox := p/(rows*columns), p/columns%rows, p%columns
		center := ((i*w.Height+2*oy)*w.Width + 2*ox) * c
		g := dy[p*pitch : p*pitch+c]
		for k, t := range taps[p*c : (p+1)*c] {
			dx[center+k+distance[t&15]] += g[k]
		}
	}
}

// CopyChannels copies the channels of pixels of src, srcPitch floats apart, to dst.
func CopyChannels(dst []float32, dstPitch int, src []float32, srcPitch, pixels, channels int) {
	for p := range pixels {
		copy(dst[p*dstPitch:p*dstPitch+channels], src[p*srcPitch:p*srcPitch+channels])
	}
}

func (w *Window) need(what string, have, want int) {
	if have < want {
		panic(fmt.Sprintf("kernel: pooling of %d×%d pixels with %d channels: %s has %d values, needs %d",
			w.Height, w.Width, w.Channels, what, have, want))
	}
}
