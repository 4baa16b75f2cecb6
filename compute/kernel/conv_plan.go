package kernel

import "fmt"

// geometry says how a row of w output pixels with c channels is cut into tiles.
func geometry(w, c int) (per int, pair bool, vectors int, err error) {
	vectors = 1
	if c%32 == 0 {
		vectors = 2
	}
	switch {
	case w%14 == 0 || w == 7:
		return 7, w == 7, vectors, nil
	case w%8 == 0 || w == 4:
		if c%48 == 0 {
			vectors = 3
		}
		return 4, w == 4, vectors, nil
	case w == 3:
		return 3, true, vectors, nil
	}
	return 0, false, 0, fmt.Errorf("rows of %d pixels cannot be tiled (3, 4, 7 or a multiple of 8 or 14 can)", w)
}

// forwardSweep plans the forward pass.
func forwardSweep(s ConvShape, m *Memory) (*sweep, error) {
	s = s.flat()
	kh, kw := s.Kernel()
	var taps [][3]int
	for ky := 0; ky < kh; ky++ {
		for kx := 0; kx < kw; kx++ {
			taps = append(taps, [3]int{ky - kh/2, kx - kw/2, ky*kw + kx})
		}
	}
	w := s.OutWidth()
	return newSweep(m, s.OutHeight(), w, s.Height, s.Width, s.Stride, s.In, s.Out, taps,
		func(i, j int) int { return (i*w + j) * s.Out })
}

// backSweeps plans the data gradient: dx at (y, x) gathers the outputs that looked at
// it, which are those at ((y+pad-ky)/stride, (x+pad-kx)/stride) where that is whole.
func backSweeps(s ConvShape, m *Memory) ([]*sweep, error) {
	s = s.flat()
	kh, kw := s.Kernel()
	var all []*sweep
	for py := 0; py < min(s.Stride, s.Height); py++ {
		for px := 0; px < min(s.Stride, s.Width); px++ {
			var taps [][3]int
			// From the last tap to the first, distances ascend.
			for ky := kh - 1; ky >= 0; ky-- {
				for kx := kw - 1; kx >= 0; kx-- {
					dy, dx := py+kh/2-ky, px+kw/2-kx
					if dy%s.Stride == 0 && dx%s.Stride == 0 {
						taps = append(taps, [3]int{dy / s.Stride, dx / s.Stride, ky*kw + kx})
					}
				}
			}
			if len(taps) == 0 {
				continue
			}
			rows, cols := (s.Height-py-1)/s.Stride+1, (s.Width-px-1)/s.Stride+1
			sw, err := newSweep(m, rows, cols, s.OutHeight(), s.OutWidth(), 1, s.Out, s.In, taps, func(i, j int) int {
				return ((i*s.Stride+py)*s.Width + j*s.Stride + px) * s.In
			})
			if err != nil {
				return nil, err
			}
			all = append(all, sw)
		}
	}
	return all, nil
}

// flat returns a 1×1 convolution of stride 1 as one long row, which tiles better.
func (s ConvShape) flat() ConvShape {
	if n := s.Height * s.Width; s.Size == 1 && s.Stride == 1 && (n%14 == 0 || n%8 == 0) {
		s.Height, s.Width = 1, n
	}
	return s
}
