package kernel

import (
	"fmt"
	"unsafe"
)

// Window is pooling over the 3×3 pixels around a pixel, within an image of
// Height×Width×Channels. Averages are plain Go in a fixed order, maxima exact: every CPU
// gives the same bits. Not safe for concurrent use.
type Window struct {
	Height, Width, Channels int
	sums                    []float32 // a row of vertical sums between two pixels of zeros
	best, grad, mask        []float32 // a row of maxima and so on, two pixels apart
	args                    columnArgs
}

// NewWindow plans the pooling of images of height×width×channels; channels must be a
// multiple of 16.
func NewWindow(height, width, channels int) (*Window, error) {
	if height < 1 || width < 1 || channels < 16 || channels%16 != 0 {
		return nil, fmt.Errorf("pooling of %d×%d pixels with %d channels: the pixels must be positive, the channels a multiple of 16", height, width, channels)
	}
	w := &Window{Height: height, Width: width, Channels: channels}
	for _, v := range []*[]float32{&w.sums, &w.best, &w.grad, &w.mask} {
		*v = Aligned((width + 2) * channels)
	}
	return w, nil
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

// maxLen returns the output floats of an image whose pixels are pitch floats apart, up
// to the channels of the last pixel.
func (w *Window) maxLen(n, pitch int) int {
	return (n*w.MaxOutHeight()*w.MaxOutWidth()-1)*pitch + w.Channels
}

// Max sets y to the largest of the pixels inside the image around every second pixel
// of n images x. The pixels of y are pitch floats apart, so that it can be a part of
// the channels of a wider image. x must not be negative, as behind a ReLU: its sign is
// ignored. NaN is the largest.
func (w *Window) Max(y, x []float32, n, pitch int) {
	w.need("input", len(x), n*w.inLen())
	w.need("output", len(y), w.maxLen(n, pitch))
	for line := range n * w.MaxOutHeight() {
		clear(w.best)
		w.taps(line, func(best, at, rows int) {
			w.args = columnArgs{p: [3]unsafe.Pointer{ptr(x, at), ptr(w.best, best)}, row: w.step(), rows: rows}
			w.args.run(opLarger, w.Channels)
		})
		w.spread(y, line, pitch, w.best, false)
	}
}

// MaxGrad adds to dx the gradient of Max with respect to x. Of several largest pixels
// the first one, row by row, has it. The pixels of y and dy are pitch floats apart.
func (w *Window) MaxGrad(dx, dy, x, y []float32, n, pitch int) {
	w.need("input gradient", len(dx), n*w.inLen())
	w.need("input", len(x), n*w.inLen())
	w.need("output", len(y), w.maxLen(n, pitch))
	w.need("output gradient", len(dy), w.maxLen(n, pitch))
	for line := range n * w.MaxOutHeight() {
		w.spread(y, line, pitch, w.best, true)
		w.spread(dy, line, pitch, w.grad, true)
		w.taps(line, func(best, at, rows int) {
			w.args = columnArgs{p: [3]unsafe.Pointer{ptr(x, at), ptr(w.best, best), ptr(w.mask, best)}, row: w.step(), rows: rows}
			w.args.run(opMatch, w.Channels)
			w.args = columnArgs{p: [3]unsafe.Pointer{ptr(w.grad, best), ptr(w.mask, best), ptr(dx, at)}, row: w.step(), rows: rows}
			w.args.run(opRoute, w.Channels)
		})
	}
}

// step is the bytes between the pixels that neighbouring windows are around.
func (w *Window) step() int { return 8 * w.Channels }

// taps calls f for the taps of a row of maxima, in order: at float at, and every two
// pixels from there, the input has what concerns rows windows from float best of the
// spread row on.
func (w *Window) taps(line int, f func(best, at, rows int)) {
	image, y := line/w.MaxOutHeight(), 2*(line%w.MaxOutHeight())
	for row := max(y-1, 0); row <= min(y+1, w.Height-1); row++ {
		for kx := -1; kx <= 1; kx++ {
			first, count := inside(kx, 2, w.MaxOutWidth(), w.Width)
			if count > 0 {
				f(2*first*w.Channels, ((image*w.Height+row)*w.Width+2*first+kx)*w.Channels, count)
			}
		}
	}
}

// spread copies a row of maxima to a row with the distances of the input, or from it.
func (w *Window) spread(y []float32, line, pitch int, row []float32, to bool) {
	y = y[line*w.MaxOutWidth()*pitch:]
	if to {
		CopyChannels(row, 2*w.Channels, y, pitch, w.MaxOutWidth(), w.Channels)
		return
	}
	CopyChannels(y, pitch, row, 2*w.Channels, w.MaxOutWidth(), w.Channels)
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
