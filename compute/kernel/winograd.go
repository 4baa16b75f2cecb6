package kernel

import "unsafe"

// winograd computes a 3×3 convolution of stride 1 with 2.25 times fewer
// multiplications: Winograd's F(2×2, 3×3) (Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2016). Tiles of 2×2 outputs are taken to 16 points,
// where the convolution is 16 small matrix products, and back. Fourteen tiles go
// through together: a row of tiles of an image 28 pixels wide, or of two images 14
// wide.
//
// The order of every sum is as fixed as that of the direct algorithm, but it is
// another one. Which shapes take it (see suits) is therefore part of the definition of
// the results, not a matter of tuning.
type winograd struct {
	ConvShape
	forward, back []float32 // weights at the points: [point][source][output]
	grad          []float32 // weight gradient at the points: [point][in][out]
	zeros         []float32 // a row outside the image
	v, m          []float32 // source and product at the points: [point][tile][channel]
	args          winoArgs
	grads         gradArgs
}

// winoArgs is one call of a piece. The assembly reads this layout.
type winoArgs struct {
	src, dst, u       unsafe.Pointer
	row, column       int // bytes between the rows (but of winoIn) and columns of the image
	point             int // bytes between points
	tiles             int
	add               int // winoOut: 1 to add to the image
	depth             int // winoProduct: source channels
	step, outStep     int // winoProduct: bytes between tiles of source and output
	inPoint, outPoint int // winoProduct: bytes between points of source and output
	// winoIn: the four image rows that a row of tiles reads. The columns beside the
	// image are zero, so its first and last tile know that they are.
	rows [4]unsafe.Pointer
}

// The pieces.
const (
	winoIn      = iota // pixels to points
	winoOut            // points to pixels
	winoGrad           // output gradients to points
	winoProduct        // products of 16 channels; the next one of 32
	_
	winoOps
)

const (
	winoPoints = 16
	winoTiles  = 14
)

// suits says which convolutions Winograd's algorithm computes.
func (s ConvShape) suits() bool {
	return !s.Direct && s.Size == 3 && s.Extent == Square && s.Stride == 1 && s.Height%2 == 0 && (s.Width == 14 || s.Width == 28) &&
		s.In == s.Out && (s.In == 16 || s.In == 32)
}

func newWinograd(s ConvShape, m *Memory) *winograd {
	w := &winograd{ConvShape: s}
	for _, v := range []*[]float32{&w.forward, &w.back, &w.grad} {
		m.Want(v, winoPoints*s.In*s.Out)
	}
	m.Want(&w.zeros, s.Width*s.In)
	for _, v := range []*[]float32{&w.v, &w.m} {
		m.Want(v, winoPoints*w.gradRowCount()*s.Width/2*s.In)
	}
	return w
}

// together returns the images whose tile rows make up winoTiles tiles.
func (w *winograd) together() int { return winoTiles / (w.Width / 2) }

// gradRowCount returns how many rows of tiles a weight gradient takes at a time, so
// that points and products stay in the first-level cache. It changes no bit.
func (w *winograd) gradRowCount() int { return w.together() * w.In / 16 }

// toPoints transforms row tr of tiles of an image into v, which holds tiles tiles at
// every point, from tile at on.
func (w *winograd) toPoints(image []float32, tr, at, tiles int) {
	a, c := &w.args, w.In
	a.column, a.point, a.tiles = 4*c, 4*tiles*c, w.Width/2
	for o := 0; o < c; o += 16 {
		for k := range a.rows {
			if y := 2*tr - 1 + k; y >= 0 && y < w.Height {
				a.rows[k] = ptr(image, y*w.Width*c+o)
			} else {
				a.rows[k] = ptr(w.zeros, o)
			}
		}
		a.dst = ptr(w.v, at*c+o)
		winoKernel(winoIn)(a)
	}
}

// run convolves n images x with weights u at the points.
func (w *winograd) run(y, x, u []float32, n int, add bool) {
	a, c, half := &w.args, w.In, w.Width/2
	m := w.m
	if level == AVX512 {
		// Its product reads all of a point before it writes, so the result can take
		// the source's place and its part of the first-level cache.
		m = w.v
	}
	a.add = 0
	if add {
		a.add = 1
	}
	a.depth, a.step, a.outStep = c, 4*c, 4*c
	a.inPoint, a.outPoint = 4*winoTiles*c, 4*winoTiles*c
	for first := 0; first < n; first += w.together() {
		images := min(w.together(), n-first)
		for tr := 0; tr < w.Height/2; tr++ {
			for i := range images {
				w.toPoints(x[(first+i)*w.InLen():], tr, i*half, winoTiles)
			}
			// With one image of two, the other's tiles hold old values and nobody
			// reads their products.
			a.src, a.dst, a.u = ptr(w.v, 0), ptr(m, 0), ptr(u, 0)
			winoKernel(winoProduct + c/32)(a)
			a.row, a.column, a.point, a.tiles = 4*w.Width*c, 4*c, 4*winoTiles*c, half
			for i := range images {
				for o := 0; o < c; o += 16 {
					a.src = ptr(m, i*half*c+o)
					a.dst = ptr(y, (first+i)*w.OutLen()+2*tr*w.Width*c+o)
					winoKernel(winoOut)(a)
				}
			}
		}
	}
}

// weightGrad adds to the weight gradient at the points, over images and rows of tiles
// in order.
func (w *winograd) weightGrad(x, dy []float32, n int) {
	rows := w.gradRowCount()
	for i := range n {
		for tr := 0; tr < w.Height/2; tr += rows {
			w.gradRows(x[i*w.InLen():], dy[i*w.OutLen():], tr, min(rows, w.Height/2-tr))
		}
	}
}

func (w *winograd) gradRows(x, dy []float32, first, rows int) {
	c, half := w.In, w.Width/2
	tiles := rows * half
	a := &w.args
	for r := range rows {
		w.toPoints(x, first+r, r*half, tiles)
		a.row, a.column, a.point, a.tiles = 4*w.Width*c, 4*c, 4*tiles*c, half
		for o := 0; o < c; o += 16 {
			a.src, a.dst = ptr(dy, 2*(first+r)*w.Width*c+o), ptr(w.m, r*half*c+o)
			winoKernel(winoGrad)(a)
		}
	}
	g, vectors := &w.grads, gradVectors(c)
	g.xStep, g.dyStep, g.outRow = 4*c, 4*c, 4*c
	g.columns, g.rows, g.images = tiles, 1, 1
	height := gradHeight(c, vectors)
	for p := range winoPoints {
		g.dy = ptr(w.m, p*tiles*c)
		for i := 0; i < c; i += height {
			g.x, g.out = ptr(w.v, p*tiles*c+i), ptr(w.grad, (p*c+i)*c)
			gradKernel(height, vectors)(g)
		}
	}
}
