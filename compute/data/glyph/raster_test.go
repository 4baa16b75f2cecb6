package glyph

import "testing"

// square is a closed contour, clockwise or not.
func square(x0, y0, x1, y1 int64, clockwise bool) []point {
	if clockwise {
		return []point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	}
	return []point{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}}
}

// ink is the sum of a mask's coverage in full pixels.
func ink(m *Mask) float64 {
	var n int
	for _, p := range m.Pix {
		n += int(p)
	}
	return float64(n) / 255
}

func TestRasteriseFillsByNonZeroWinding(t *testing.T) {
	outer := square(0, 0, 6400, 6400, true)
	for _, c := range []struct {
		name     string
		contours [][]point
		area     float64 // in pixels of a mask whose ink is Side by Side
	}{
		{"square", [][]point{outer}, Side * Side},
		{"square the other way", [][]point{square(0, 0, 6400, 6400, false)}, Side * Side},
		{"hole", [][]point{outer, square(1600, 1600, 4800, 4800, false)}, Side * Side * 3 / 4},
		{"overlap of one direction", [][]point{outer, square(1600, 1600, 4800, 4800, true)}, Side * Side},
		{"triangle", [][]point{{{0, 0}, {6400, 6400}, {0, 6400}}}, Side * Side / 2},
	} {
		m := rasterise(c.contours)
		if m.W != Side+2 || m.H != Side+2 {
			t.Errorf("%s: mask of %d×%d, want %d and a border of 1", c.name, m.W, m.H, Side)
		}
		if d := ink(m) - c.area; d > 2 || d < -2 {
			t.Errorf("%s: ink of %.1f pixels, want %.1f", c.name, ink(m), c.area)
		}
	}
}

func TestRasteriseCoversPixelsInPart(t *testing.T) {
	// 64 wide, 32.5 high: 33 rows with a quarter pixel missing at either end.
	m := rasterise([][]point{square(0, 0, 6400, 3250, true)})
	if m.W != Side+2 || m.H != 33+2 {
		t.Fatalf("mask of %d×%d", m.W, m.H)
	}
	first, middle, last := m.Pix[m.W+5], m.Pix[10*m.W+5], m.Pix[33*m.W+5]
	if middle != 255 || first != 191 || last != 191 {
		t.Errorf("rows of %d, %d, %d, want ¾ of 255 at both ends of 255", first, middle, last)
	}
	for x := 0; x < m.W; x++ {
		if m.Pix[x] != 0 || m.Pix[(m.H-1)*m.W+x] != 0 {
			t.Fatal("the border is not empty")
		}
	}
}

func TestCurvesMeetTheirEnds(t *testing.T) {
	a, b, c, d := point{0, 0}, point{64, 640}, point{640, 64}, point{-7, 9}
	q := quadratic([]point{a}, b, c)
	if len(q) != chords+1 || q[chords] != c {
		t.Errorf("the quadratic curve ends at %v after %d chords, want %v", q[len(q)-1], len(q)-1, c)
	}
	// At t = ½: a/4 + b/2 + c/4.
	if want := (point{192, 336}); q[chords/2] != want {
		t.Errorf("the middle of the quadratic curve is %v, want %v", q[chords/2], want)
	}
	k := cubic([]point{a}, b, c, d)
	if len(k) != chords+1 || k[chords] != d {
		t.Errorf("the cubic curve ends at %v, want %v", k[len(k)-1], d)
	}
	// (a + 3b + 3c + d)/8 = (2105/8, 2121/8).
	if want := (point{263, 265}); k[chords/2] != want {
		t.Errorf("the middle of the cubic curve is %v, want %v", k[chords/2], want)
	}
}

func TestDivideRoundsHalvesUp(t *testing.T) {
	for _, c := range [][3]int64{{5, 2, 3}, {-5, 2, -2}, {7, 3, 2}, {-7, 3, -2}, {-8, 3, -3}, {6, 3, 2}, {-6, 3, -2}, {0, 9, 0}} {
		if got := divide(c[0], c[1]); got != c[2] {
			t.Errorf("%d/%d rounds to %d, want %d", c[0], c[1], got, c[2])
		}
	}
}
