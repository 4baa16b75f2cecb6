package kernel

import (
	"fmt"
	"unsafe"
)

// A sweep is the plan of one pass that fills an output from a source: it cuts each
// image row into tiles and lists, for every tile, the taps that lie inside the image.
// The forward pass is a sweep from x to y. The data gradient is one from dy to dx
// with transposed weights; with stride 2 it falls into one sweep for every parity of
// row and column, for each sees other taps.
type sweep struct {
	per        int  // pixels of one half of a tile
	pair       bool // the halves of a tile are the same row of two images
	vectors    int  // 16-channel vectors of a tile
	depth      int  // channels of the source
	width      int  // channels of the output
	xStep      int  // floats between source pixels of neighbouring outputs
	yStep      int  // floats between neighbouring outputs
	taps       []int
	tiles      []tilePlan
	weights    []float32 // [panel][tap][source channel][channel of the panel]
	spare      []float32 // output of a half that nobody wants
	panelSpan  int       // floats of a panel
	panelCount int
}

// tilePlan is one tile of an image: where its halves start in source and output
// (floats from the start of the image) and its taps.
type tilePlan struct {
	x, y [2]int
	taps []tap
}

// tap is one step of a tile: the source offset from a half's start and the weights'
// offset in the panel, both in bytes, and which pixels it leaves out. The assembly
// reads this layout.
type tap struct {
	x, w int
	skip int
}

// Which pixels of a tile a tap leaves out because they see the border. Halves have p
// pixels.
const (
	skipNone       = iota
	skipFirst      // pixel 0 of the first half
	skipLast       // pixel p-1 of the second half
	skipBothFirsts // pixel 0 of both halves
	skipBothLasts  // pixel p-1 of both halves
)

// newSweep plans the output rows×cols pixels of a sweep. Pixel (i, j) reads source
// pixel (i·step+dy, j·step+dx) for every tap {dy, dx, index} that exists in a source
// of srcRows×srcCols, and is written to float yAt(i, j) of the output image.
func newSweep(m *Memory, rows, cols, srcRows, srcCols, step, depth, width int, taps [][3]int, yAt func(i, j int) int) (*sweep, error) {
	s := &sweep{depth: depth, width: width, xStep: step * depth, yStep: yAt(0, 1) - yAt(0, 0)}
	var err error
	if s.per, s.pair, s.vectors, err = geometry(cols, width); err != nil {
		return nil, err
	}
	nr := s.vectors * 16
	m.Want(&s.spare, s.per*s.yStep+nr)
	s.panelCount, s.panelSpan = width/nr, len(taps)*depth*nr
	m.Want(&s.weights, s.panelCount*s.panelSpan)
	for _, t := range taps {
		s.taps = append(s.taps, t[2])
	}
	advance := 2 * s.per
	if s.pair {
		advance = s.per
	}
	for i := 0; i < rows; i++ {
		for j := 0; j < cols; j += advance {
			second := j + s.per
			if s.pair {
				second = j
			}
			at := func(j int) int { return (i*step*srcCols + j*step) * depth }
			p := tilePlan{x: [2]int{at(j), at(second)}, y: [2]int{yAt(i, j), yAt(i, second)}}
			for n, t := range taps {
				if y := i*step + t[0]; y < 0 || y >= srcRows {
					continue
				}
				skip, err := s.skips(j, second, step, t[1], srcCols)
				if err != nil {
					return nil, err
				}
				p.taps = append(p.taps, tap{x: 4 * (t[0]*srcCols + t[1]) * depth, w: 4 * n * depth * nr, skip: skip})
			}
			s.tiles = append(s.tiles, p)
		}
	}
	return s, nil
}

// skips finds which pixels of a tile a tap at horizontal distance dx leaves out.
func (s *sweep) skips(first, second, step, dx, srcCols int) (int, error) {
	out := func(j int) bool { x := j*step + dx; return x < 0 || x >= srcCols }
	var mask [2]uint
	for h, start := range [2]int{first, second} {
		for i := 0; i < s.per; i++ {
			if out(start + i) {
				mask[h] |= 1 << i
			}
		}
	}
	last := uint(1) << (s.per - 1)
	for skip, m := range [...][2]uint{skipNone: {}, skipFirst: {1, 0}, skipLast: {0, last}, skipBothFirsts: {1, 1}, skipBothLasts: {last, last}} {
		if m == mask {
			return skip, nil
		}
	}
	return 0, fmt.Errorf("a tap at distance %d misses more than one pixel at the border", dx)
}

// run fills the output of n images. ySpan and xSpan are floats of an image. Weights
// of one panel stay in the cache while all images pass.
func (s *sweep) run(a *convArgs, y, x []float32, n, ySpan, xSpan int, add bool) {
	kernel := convKernel(s.per, s.vectors)
	step := 1
	if s.pair {
		step = 2
	}
	a.xStep, a.yStep = 4*s.xStep, 4*s.yStep
	a.depth = s.depth
	a.add = 0
	if add {
		a.add = 1
	}
	for p := 0; p < s.panelCount; p++ {
		a.w = unsafe.Pointer(&s.weights[p*s.panelSpan])
		offset := p * s.vectors * 16
		for i := 0; i < n; i += step {
			x0, y0 := i*xSpan, i*ySpan+offset
			x1, y1 := x0, y0
			odd := s.pair && i+1 == n
			if s.pair && !odd {
				x1, y1 = x0+xSpan, y0+ySpan
			}
			for t := range s.tiles {
				t := &s.tiles[t]
				a.x[0] = unsafe.Pointer(&x[x0+t.x[0]])
				a.x[1] = unsafe.Pointer(&x[x1+t.x[1]])
				a.y[0] = unsafe.Pointer(&y[y0+t.y[0]])
				a.y[1] = unsafe.Pointer(&y[y1+t.y[1]])
				if odd {
					// The last image has no partner: it pairs with itself.
					a.y[1] = unsafe.Pointer(&s.spare[0])
				}
				a.taps, a.count = unsafe.Pointer(&t.taps[0]), len(t.taps)
				kernel(a)
			}
		}
	}
}
