package glyph

import "testing"

func TestContourGoesAroundTheInk(t *testing.T) {
	// A square of 20 pixels with a hole of 10.
	m := &Mask{W: 22, H: 22, Pix: make([]uint8, 22*22)}
	for y := 1; y < 21; y++ {
		for x := 1; x < 21; x++ {
			if x < 6 || x > 15 || y < 6 || y > 15 {
				m.Pix[y*m.W+x] = 255
			}
		}
	}
	c := contour(m)
	if c.W != m.W+2*lineWidth || c.H != m.H+2*lineWidth {
		t.Fatalf("a contour of %d×%d around a mask of %d×%d", c.W, c.H, m.W, m.H)
	}
	at := func(x, y int) uint8 { return c.Pix[(y+lineWidth)*c.W+x+lineWidth] }
	for _, p := range []struct {
		what string
		x, y int
		line uint8
	}{
		{"inside the stroke", 3, 10, 0},
		{"at the stroke's inner edge", 5, 10, 0},
		{"just left of the ink", 0, 10, 255},
		{"at the line's outer edge", 1 - lineWidth, 10, 255},
		{"beyond the line", -lineWidth, 10, 0},
		{"just above the ink", 10, 0, 255},
		{"just within the hole", 6, 10, 255},
		{"in the middle of the hole", 10, 10, 0},
		{"past a corner, which is round", 1 - lineWidth, 1 - lineWidth, 0},
	} {
		if got := at(p.x, p.y); got != p.line {
			t.Errorf("%s: %d, want %d", p.what, got, p.line)
		}
	}
}

// Half-covered pixels of the edge belong half to the ink and half to the line.
func TestContourSharesPixelsOfTheEdge(t *testing.T) {
	m := &Mask{W: 12, H: 12, Pix: make([]uint8, 144)}
	for y := 3; y < 9; y++ {
		for x := 3; x < 9; x++ {
			m.Pix[y*12+x] = 255
		}
		m.Pix[y*12+2] = 100
	}
	c := contour(m)
	row := c.Pix[(5+lineWidth)*c.W+lineWidth:]
	if row[2] != 155 || row[3] != 0 || row[1] != 255 {
		t.Errorf("beside the ink %d, on the edge %d, in the ink %d: want 255, 155, 0", row[1], row[2], row[3])
	}
}

func TestContourIsKept(t *testing.T) {
	face := Families[0].Face(Regular)
	a, err := face.Contour('B')
	b, _ := face.Contour('B')
	if err != nil || a != b {
		t.Errorf("two contours of one letter: %p, %p, %v", a, b, err)
	}
	if _, err := face.Contour('漢'); err == nil {
		t.Error("a contour of a character that the typeface does not have")
	}
}
