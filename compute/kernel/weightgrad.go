package kernel

import "unsafe"

// gradTap is one tap of a weight gradient: the rectangle of output pixels whose input
// pixel at this tap lies inside the image.
type gradTap struct {
	x, dy         int // floats from the image's start to the first pixel of the rectangle
	rows, columns int
	out           int // floats from the start of the gradient to the tap's [in][out]
}

func gradTaps(s ConvShape) []gradTap {
	s = s.flat()
	kh, kw := s.Kernel()
	var taps []gradTap
	for ky := 0; ky < kh; ky++ {
		y0, rows := inside(ky-kh/2, s.Stride, s.OutHeight(), s.Height)
		for kx := 0; kx < kw; kx++ {
			x0, columns := inside(kx-kw/2, s.Stride, s.OutWidth(), s.Width)
			if rows <= 0 || columns <= 0 {
				continue
			}
			y, x := y0*s.Stride+ky-kh/2, x0*s.Stride+kx-kw/2
			taps = append(taps, gradTap{
				x: (y*s.Width + x) * s.In, dy: (y0*s.OutWidth() + x0) * s.Out,
				rows: rows, columns: columns, out: (ky*kw + kx) * s.In * s.Out,
			})
		}
	}
	return taps
}

// inside returns the first of n outputs, and how many, whose input at distance d
// exists.
func inside(d, stride, n, size int) (first, count int) {
	for first < n && first*stride+d < 0 {
		first++
	}
	last := n - 1
	for last >= first && last*stride+d >= size {
		last--
	}
	return first, last - first + 1
}

// gradArgs is one call of a weight-gradient kernel: dw[i][j] += Σ x[i]·dy[j] over
// images, rows and columns, for a tile of height×(vectors·16) weights. The assembly
// reads this layout.
type gradArgs struct {
	x, dy, out      unsafe.Pointer
	xStep, dyStep   int // bytes between pixels
	xRow, dyRow     int // bytes from the end of a row of the rectangle to the next
	xImage, dyImage int // bytes from the end of an image's rectangle to the next
	columns, rows   int
	images          int
	outRow          int // bytes between rows of the gradient
}

// WeightGrad adds the gradient with respect to the weights, summed over n images, to
// dw ([ky][kx][in][out]). It is complete only after FinishWeightGrad.
func (c *Conv) WeightGrad(dw, x, dy []float32, n int) {
	c.need("weight gradient", len(dw), c.WeightLen())
	c.need("input", len(x), n*c.InLen())
	c.need("output gradient", len(dy), n*c.OutLen())
	if n == 0 {
		return
	}
	if c.wino != nil {
		c.wino.weightGrad(x, dy, n)
		return
	}
	s := c.flat()
	a := &c.wargs
	a.xStep, a.dyStep, a.outRow = 4*s.In*s.Stride, 4*s.Out, 4*s.Out
	a.images = n
	vectors := gradVectors(s.Out)
	for _, t := range c.grad {
		a.rows, a.columns = t.rows, t.columns
		a.xRow = 4*s.Stride*s.Width*s.In - t.columns*a.xStep
		a.dyRow = 4*s.OutWidth()*s.Out - t.columns*a.dyStep
		a.xImage = 4*c.InLen() - t.rows*4*s.Stride*s.Width*s.In
		a.dyImage = 4*c.OutLen() - t.rows*4*s.OutWidth()*s.Out
		for i := 0; i < s.In; {
			height := gradHeight(s.In-i, vectors)
			kernel := gradKernel(height, vectors)
			a.x = unsafe.Pointer(&x[t.x+i])
			for j := 0; j < s.Out; j += vectors * 16 {
				a.dy = unsafe.Pointer(&dy[t.dy+j])
				a.out = unsafe.Pointer(&dw[t.out+i*s.Out+j])
				kernel(a)
			}
			i += height
		}
	}
}

// FinishWeightGrad ends the weight gradient of a batch: it adds to dw what WeightGrad
// kept back, which is nothing or all.
func (c *Conv) FinishWeightGrad(dw []float32) {
	c.need("weight gradient", len(dw), c.WeightLen())
	if c.wino != nil {
		c.wino.addGrad(dw)
	}
}

// gradVectors and gradHeight choose the tile: as much as fits in the registers.
func gradVectors(out int) int {
	switch {
	case out%48 == 0:
		return 3
	case out%32 == 0:
		return 2
	}
	return 1
}

func gradHeight(left, vectors int) int {
	switch {
	case vectors == 1 && left >= 16:
		return 16
	case vectors == 1 && left >= 12:
		return 12
	case left >= 8:
		return 8
	}
	return 4
}

// gradGeneric returns the kernel in plain Go.
func gradGeneric(height, vectors int) func(a *gradArgs) {
	return func(a *gradArgs) {
		for i := 0; i < height; i++ {
			acc := unsafe.Slice((*float32)(unsafe.Add(a.out, i*a.outRow)), vectors*16)
			x, dy := 4*i, 0
			for image := 0; image < a.images; image++ {
				for row := 0; row < a.rows; row++ {
					for column := 0; column < a.columns; column++ {
						v := *(*float32)(unsafe.Add(a.x, x))
						for c, u := range unsafe.Slice((*float32)(unsafe.Add(a.dy, dy)), vectors*16) {
							acc[c] = fma32(v, u, acc[c])
						}
						x += a.xStep
						dy += a.dyStep
					}
					x += a.xRow
					dy += a.dyRow
				}
				x += a.xImage
				dy += a.dyImage
			}
		}
	}
}
