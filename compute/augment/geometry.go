package augment

import (
	"math"

	"lossxfer-report/compute/elementary"
)

// fill is the grey level of what comes in from outside the image.
const fill = 128

// Maxima of the operations' ranges (Cubuk et al. 2019, table of operations, as their
// code for images of 32 pixels has them).
const (
	maxShear   = 0.3
	maxDegrees = 30
)

// translation is 10 of 32 pixels at level 10, in whole pixels of this image.
func translation(level, side int) int { return level * side / 32 }

// affine maps a pixel (x, y) of the result to (a₀x + a₁y + a₂, a₃x + a₄y + a₅) of the
// image, as Pillow's Image.transform does.
type affine [6]float64

// rotation turns counter-clockwise by degrees about the image's centre (Pillow's
// Image.rotate).
func rotation(degrees float64, h, w int) affine {
	angle := -degrees * math.Pi / 180
	cos, sin := elementary.Cos(angle), elementary.Sin(angle)
	cx, cy := float64(w)/2, float64(h)/2
	return affine{
		cos, sin, cx - float64(cos*cx) - float64(sin*cy),
		-sin, cos, cy + float64(sin*cx) - float64(cos*cy),
	}
}

// fixed rounds to 16 binary places, the arithmetic of Pillow's affine transforms.
func fixed(v float64) int { return int(math.Floor(float64(v*65536) + 0.5)) }

// transform resamples the image at the nearest pixel.
func (p *Policy) transform(pixels []uint8, h, w int, a affine) {
	p.before = append(p.before[:0], pixels...)
	before := p.before
	dxx, dxy, dyx, dyy := fixed(a[0]), fixed(a[1]), fixed(a[3]), fixed(a[4])
	// The centre of pixel (0, 0) is half a pixel from the corner.
	rowX := fixed(a[2] + float64(a[0]*0.5) + float64(a[1]*0.5))
	rowY := fixed(a[5] + float64(a[3]*0.5) + float64(a[4]*0.5))
	for y := range h {
		row := pixels[y*w:][:w]
		sx, sy := rowX, rowY
		for x := range row {
			row[x] = fill
			// An unsigned comparison also turns away what is negative.
			if cx, cy := sx>>16, sy>>16; uint(cx) < uint(w) && uint(cy) < uint(h) {
				row[x] = before[cy*w+cx]
			}
			sx += dxx
			sy += dyx
		}
		rowX += dxy
		rowY += dyy
	}
}
