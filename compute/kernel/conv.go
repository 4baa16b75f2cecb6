package kernel

import "fmt"

// ConvShape is a two-dimensional convolution without bias: 1×1, or 3×3, 1×3 or 3×1 with
// a zero border of one pixel. Images are Height×Width×In, channels last.
type ConvShape struct {
	Height, Width int // of the input
	In, Out       int // channels: In a multiple of 4, Out of 16
	Size          int // 1 or 3
	Stride        int // 1 or 2
	Extent        Extent
	// Direct asks for the direct algorithm where Winograd's would be taken. It is a
	// part of the shape, as the two differ in the last bits.
	Direct bool
}

// Extent is where a convolution of size 3 reaches. The two lines are the factors of
// Inception's factorised convolutions (Szegedy et al., 2016).
type Extent int

const (
	Square Extent = iota // 3×3
	Across               // 1×3: along a row
	Down                 // 3×1: along a column
)

// Kernel returns the rows and columns of the taps.
func (s ConvShape) Kernel() (rows, columns int) {
	switch s.Extent {
	case Across:
		return 1, s.Size
	case Down:
		return s.Size, 1
	}
	return s.Size, s.Size
}

// OutHeight returns the rows of the output.
func (s ConvShape) OutHeight() int { return (s.Height-1)/s.Stride + 1 }

// OutWidth returns the columns of the output.
func (s ConvShape) OutWidth() int { return (s.Width-1)/s.Stride + 1 }

// InLen returns the floats of one input image.
func (s ConvShape) InLen() int { return s.Height * s.Width * s.In }

// OutLen returns the floats of one output image.
func (s ConvShape) OutLen() int { return s.OutHeight() * s.OutWidth() * s.Out }

// WeightLen returns the number of weights, laid out [ky][kx][in][out].
func (s ConvShape) WeightLen() int {
	rows, columns := s.Kernel()
	return rows * columns * s.In * s.Out
}

// Multiplications returns the multiply-adds of one image's output, border included.
func (s ConvShape) Multiplications() int64 {
	return int64(s.OutHeight()*s.OutWidth()) * int64(s.WeightLen())
}

func (s ConvShape) String() string {
	rows, columns := s.Kernel()
	return fmt.Sprintf("convolution %d×%d, stride %d, %d→%d channels on %d×%d pixels",
		rows, columns, s.Stride, s.In, s.Out, s.Height, s.Width)
}

func (s ConvShape) check() error {
	switch {
	case s.Size != 1 && s.Size != 3:
		return fmt.Errorf("%v: the size must be 1 or 3", s)
	case s.Extent != Square && (s.Extent != Across && s.Extent != Down || s.Size != 3 || s.Stride != 1):
		return fmt.Errorf("%v (extent %d): only size 3 with stride 1 can be across or down", s, s.Extent)
	case s.Stride != 1 && s.Stride != 2:
		return fmt.Errorf("%v: the stride must be 1 or 2", s)
	case s.Height < 1 || s.Width < 1:
		return fmt.Errorf("%v: the image is empty", s)
	case s.In < 4 || s.In%4 != 0:
		return fmt.Errorf("%v: the input channels must be a multiple of 4", s)
	case s.Out < 16 || s.Out%16 != 0:
		return fmt.Errorf("%v: the output channels must be a multiple of 16", s)
	}
	return nil
}

// Conv computes a convolution and its two gradients, image by image. It holds packed
// weights, so it serves one network and is not safe for concurrent use.
//
// Every output element is one chain of fused multiply-adds that starts at zero (or at
// the value accumulated to) and visits the taps inside the image by row, column and
// input channel. Every element of a weight gradient visits images, rows and columns
// in this order. Shapes that Winograd's algorithm suits take it instead, in an order
// that is as fixed. How images are grouped into calls therefore changes nothing.
type Conv struct {
	ConvShape
	forward *sweep   // x to y
	back    []*sweep // dy to dx, one sweep for each parity of row and column
	grad    []gradTap
	wino    *winograd // takes over, if not nil
	args    convArgs  // reused, so that a call allocates nothing
	wargs   gradArgs
}

// NewConv plans a convolution. It fails for a shape the kernels cannot tile: widths
// must be 3, 4, 7 or a multiple of 8 or 14, at the input of a gradient too. With
// gradient false there is no DataGrad (a network's first layer needs none).
func NewConv(s ConvShape, gradient bool) (*Conv, error) {
	var m Memory
	c, err := PlanConv(s, gradient, &m)
	m.Allocate()
	return c, err
}

// PlanConv is NewConv with buffers from m: the convolution works after m.Allocate.
func PlanConv(s ConvShape, gradient bool, m *Memory) (*Conv, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	c := &Conv{ConvShape: s}
	if s.suits() {
		c.wino = newWinograd(s, m)
		return c, nil
	}
	var err error
	if c.forward, err = forwardSweep(s, m); err != nil {
		return nil, fmt.Errorf("%v: %w", s, err)
	}
	if gradient {
		if s.In%16 != 0 {
			return nil, fmt.Errorf("%v: a data gradient needs input channels in multiples of 16", s)
		}
		if c.back, err = backSweeps(s, m); err != nil {
			return nil, fmt.Errorf("%v: data gradient: %w", s, err)
		}
	}
	c.grad = gradTaps(s)
	return c, nil
}

// Pack takes over the weights, [ky][kx][in][out]. Forward and DataGrad use them as
// they are now, whatever happens to w later.
func (c *Conv) Pack(w []float32) {
	c.PackForward(w)
	if c.wino != nil {
		c.wino.pack(w, true)
	}
	for _, s := range c.back {
		s.packTransposed(w, c.In, c.Out)
	}
}

// PackForward is Pack for a network that is only evaluated.
func (c *Conv) PackForward(w []float32) {
	c.need("weights", len(w), c.WeightLen())
	if c.wino != nil {
		c.wino.pack(w, false)
		return
	}
	c.forward.pack(w, c.Out)
}

// Forward sets y to the convolution of n images x.
func (c *Conv) Forward(y, x []float32, n int) {
	c.need("input", len(x), n*c.InLen())
	c.need("output", len(y), n*c.OutLen())
	if c.wino != nil {
		c.wino.run(y, x, c.wino.forward, n, false)
		return
	}
	c.forward.run(&c.args, y, x, n, c.OutLen(), c.InLen(), false)
}

// DataGrad sets dx to the gradient with respect to the input of n images, or adds it
// to dx.
func (c *Conv) DataGrad(dx, dy []float32, n int, add bool) {
	c.need("input gradient", len(dx), n*c.InLen())
	c.need("output gradient", len(dy), n*c.OutLen())
	if c.wino != nil {
		c.wino.run(dx, dy, c.wino.back, n, add)
		return
	}
	if c.back == nil {
		panic(fmt.Sprintf("kernel: %v was planned without a data gradient", c.ConvShape))
	}
	if !add && c.Stride > c.Size {
		clear(dx[:n*c.InLen()]) // pixels that no output looks at
	}
	for _, s := range c.back {
		s.run(&c.args, dx, dy, n, c.InLen(), c.OutLen(), add)
	}
}

// need stops a wrong call before a kernel, which checks no bounds, runs astray.
func (c *Conv) need(what string, have, want int) {
	if have < want {
		panic(fmt.Sprintf("kernel: %v: %s has %d floats, needs %d", c.ConvShape, what, have, want))
	}
}
