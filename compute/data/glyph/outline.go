package glyph

import (
	"errors"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// point is a position in 1/64 of a font unit; y points down.
type point struct{ x, y int64 }

// Every curve becomes this many chords: at the size of a mask their distance
// from the curve is below a tenth of a pixel.
const chords = 10

// outline returns the closed contours of a character as polygons.
func outline(f *sfnt.Font, r rune) ([][]point, error) {
	var buf sfnt.Buffer
	index, err := f.GlyphIndex(&buf, r)
	if err != nil {
		return nil, err
	}
	if index == 0 {
		return nil, errors.New("the typeface does not have it")
	}
	// At units-per-em 26.6 "pixels" per em the reader's scaling is the identity.
	segments, err := f.LoadGlyph(&buf, index, fixed.Int26_6(f.UnitsPerEm()), nil)
	if err != nil {
		return nil, err
	}
	var contours [][]point
	var open []point
	for _, s := range segments {
		a, b, c := unit(s.Args[0]), unit(s.Args[1]), unit(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(open) > 2 {
				contours = append(contours, open)
			}
			open = []point{a}
		case sfnt.SegmentOpLineTo:
			open = append(open, a)
		case sfnt.SegmentOpQuadTo:
			open = quadratic(open, a, b)
		case sfnt.SegmentOpCubeTo:
			open = cubic(open, a, b, c)
		}
	}
	if len(open) > 2 {
		contours = append(contours, open)
	}
	if len(contours) == 0 {
		return nil, errors.New("it has no ink")
	}
	return contours, nil
}

// unit converts from whole font units to 1/64.
func unit(p fixed.Point26_6) point { return point{int64(p.X) * 64, int64(p.Y) * 64} }

// quadratic appends the chords of a Bézier curve with one control point.
func quadratic(p []point, b, c point) []point {
	a := p[len(p)-1]
	const n = chords
	for i := int64(1); i <= n; i++ {
		u := n - i
		at := func(a, b, c int64) int64 { return divide(a*u*u+2*b*u*i+c*i*i, n*n) }
		p = append(p, point{at(a.x, b.x, c.x), at(a.y, b.y, c.y)})
	}
	return p
}

// cubic appends the chords of a Bézier curve with two control points.
func cubic(p []point, b, c, d point) []point {
	a := p[len(p)-1]
	const n = chords
	for i := int64(1); i <= n; i++ {
		u := n - i
		at := func(a, b, c, d int64) int64 {
			return divide(a*u*u*u+3*b*u*u*i+3*c*u*i*i+d*i*i*i, n*n*n)
		}
		p = append(p, point{at(a.x, b.x, c.x, d.x), at(a.y, b.y, c.y, d.y)})
	}
	return p
}

// divide rounds a/b to the nearest integer, halves up; b is positive.
func divide(a, b int64) int64 {
	a += b / 2
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
