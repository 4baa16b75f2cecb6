package data

import (
	"math"

	"lossxfer-report/compute/data/glyph"
	"lossxfer-report/compute/elementary"
)

// baseSide is the longer side of a glyph's ink at scale 1, in image sides: 12 of
// 28 pixels. Larger letters made pretraining too easy to tell objectives apart
// (after 20 passes of latin43, softmax has 98% right at 16 pixels, 95% at 12).
const baseSide = 12.0 / 28

// pose is where a glyph sits in an image.
type pose struct {
	x, y     float64 // centre, in half image sides from the image's centre
	scale    float64 // longer side of the ink in units of baseSide
	rotation float64 // degrees, clockwise
	shear    float64 // x per y
}

// affine maps sample positions of the image to positions in a mask, both with
// 16 fractional bits: u = u0 + ux·i + uy·j for sample i of row j, two samples
// per pixel along either axis.
type affine struct{ u0, ux, uy, v0, vx, vy int64 }

// inverse is the map from an image of the given side back to the mask.
func (p pose) inverse(side int, m *glyph.Mask) affine {
	const degree = 0.017453292519943295
	cos, sin := elementary.Cos(p.rotation*degree), elementary.Sin(p.rotation*degree)
	// Mask pixels per half image pixel.
	k := glyph.Side / (2 * float64(baseSide*p.scale) * float64(side))
	// Undo the rotation (x cos + y sin, y cos − x sin), then the shear.
	vx, vy := float64(-sin*k), float64(cos*k)
	ux := float64(cos*k) - float64(p.shear*vx)
	uy := float64(sin*k) - float64(p.shear*vy)
	// Sample (0, 0) relative to the glyph's centre, in half pixels.
	half := float64(side)
	sx := 0.5 - half - float64(p.x*half)
	sy := 0.5 - half - float64(p.y*half)
	u0 := float64(sx*ux) + float64(sy*uy) + float64(m.W)/2 - 0.5
	v0 := float64(sx*vx) + float64(sy*vy) + float64(m.H)/2 - 0.5
	return affine{fixed16(u0), fixed16(ux), fixed16(uy), fixed16(v0), fixed16(vx), fixed16(vy)}
}

// fixed16 rounds to 16 fractional bits.
func fixed16(v float64) int64 { return int64(math.Floor(float64(v*65536) + 0.5)) }

// cover adds to dst, side² numbers, the coverage of every pixel by the mask: 0
// to 1020, the sum of four samples.
func (t affine) cover(dst []int32, side int, m *glyph.Mask) {
	w, h := uint64(m.W-1), uint64(m.H-1)
	for j := 0; j < 2*side; j++ {
		u, v := t.u0+int64(j)*t.uy, t.v0+int64(j)*t.vy
		row := dst[j/2*side : (j/2+1)*side]
		for i := 0; i < 2*side; i++ {
			x, y := u>>16, v>>16
			if uint64(x) < w && uint64(y) < h {
				fu, fv := int32(u>>8&255), int32(v>>8&255)
				at := int(y)*m.W + int(x)
				a, b := m.Pix[at:at+2:at+2], m.Pix[at+m.W:at+m.W+2:at+m.W+2]
				top := int32(a[0])*(256-fu) + int32(a[1])*fu
				low := int32(b[0])*(256-fu) + int32(b[1])*fu
				row[i>>1] += (top*(256-fv) + low*fv) >> 16
			}
			u += t.ux
			v += t.vx
		}
	}
}
