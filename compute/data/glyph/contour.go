package glyph

// lineWidth is the width of a contour line in mask pixels: three quarters of a pixel
// to one, in an image of 28 pixels.
const lineWidth = 4

// disc lists the offsets within lineWidth of a pixel.
var disc = func() (out [][2]int) {
	for y := -lineWidth; y <= lineWidth; y++ {
		for x := -lineWidth; x <= lineWidth; x++ {
			if x*x+y*y <= lineWidth*lineWidth {
				out = append(out, [2]int{x, y})
			}
		}
	}
	return out
}()

// contour draws the outline of a mask: what a disc of radius lineWidth that follows
// the ink covers, without the ink (an outer morphological gradient). The line lies
// outside so that thin strokes stay hollow. The ink keeps its size and the middle of
// the mask its place; the mask grows by the line on every side.
func contour(m *Mask) *Mask {
	c := &Mask{W: m.W + 2*lineWidth, H: m.H + 2*lineWidth}
	c.Pix = make([]uint8, c.W*c.H)
	for y := range m.H {
		for x, ink := range m.Pix[y*m.W : (y+1)*m.W] {
			if ink == 0 {
				continue
			}
			for _, d := range disc {
				at := (y+lineWidth+d[1])*c.W + x + lineWidth + d[0]
				c.Pix[at] = max(c.Pix[at], ink)
			}
		}
	}
	for y := range m.H {
		line := c.Pix[(y+lineWidth)*c.W+lineWidth:]
		for x, ink := range m.Pix[y*m.W : (y+1)*m.W] {
			line[x] = min(line[x], 255-ink)
		}
	}
	return c
}
