package corrupt

import (
	"math"

	"lossxfer-report/compute/random"
)

// elasticTransform moves three points of the image at random, and the image with them
// (an affine map), then every pixel by a smooth random field.
func elasticTransform(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct{ amplitude, sigma, affine float64 }{
		{0, 0, 0.08}, {0.05, 0.2, 0.07}, {0.08, 0.06, 0.06}, {0.1, 0.04, 0.05}, {0.1, 0.03, 0.03},
	}[severity]
	side := float64(min(p.h, p.w)) // the constants are in sides of the image
	x := warpAffine(p.unit(), p.h, p.w, randomAffine(p.h, p.w, float64(c.affine*side), s))
	if c.amplitude == 0 {
		return x
	}
	field := func() []float64 {
		f := make([]float64, len(x))
		for i := range f {
			f[i] = s.Uniform(-1, 1)
		}
		return gaussianFilter(f, p.h, p.w, float64(c.sigma*side), 3, reflect)
	}
	dx, dy := field(), field()
	out := make([]float64, len(x))
	for i := range out {
		y := float64(i/p.w) + float64(dy[i]*(c.amplitude*side))
		x0 := float64(i%p.w) + float64(dx[i]*(c.amplitude*side))
		out[i] = between(x, p.h, p.w, y, x0, reflect)
	}
	return out
}

// between interpolates an image linearly at (y, x); at says which pixel stands for one
// outside.
func between(img []float64, h, w int, y, x float64, at func(i, n int) int) float64 {
	y0, x0 := math.Floor(y), math.Floor(x)
	fy, fx := y-y0, x-x0
	top, bottom := img[at(int(y0), h)*w:][:w], img[at(int(y0)+1, h)*w:][:w]
	left, right := at(int(x0), w), at(int(x0)+1, w)
	upper := float64(top[left]*(1-fx)) + float64(top[right]*fx)
	lower := float64(bottom[left]*(1-fx)) + float64(bottom[right]*fx)
	return float64(upper*(1-fy)) + float64(lower*fy)
}

// affine maps a point (x, y) to (a₀x + a₁y + a₂, a₃x + a₄y + a₅).
type affine [6]float64

// randomAffine is the map that undoes moving three corners of a square about the
// image's middle, each coordinate uniformly by up to reach: from a point of the result
// to the point of the image that comes there.
func randomAffine(h, w int, reach float64, s *random.Stream) affine {
	// Order and coordinates as in the authors' code, which takes rows for x: the same for
	// square images.
	centre := [2]float64{float64(h / 2), float64(w / 2)}
	size := float64(min(h, w) / 3)
	corners := [3][2]float64{
		{centre[0] + size, centre[1] + size}, {centre[0] + size, centre[1] - size}, {centre[0] - size, centre[1] - size},
	}
	moved := corners
	for i := range moved {
		for j := range moved[i] {
			moved[i][j] += float64(float32(s.Uniform(-reach, reach)))
		}
	}
	// The second corner differs from the first by (0, −2·size), the third from the second
	// by (−2·size, 0): solve for the map from moved to corners.
	ax, ay := moved[0][0]-moved[1][0], moved[0][1]-moved[1][1]
	bx, by := moved[1][0]-moved[2][0], moved[1][1]-moved[2][1]
	det := float64(bx*ay) - float64(by*ax)
	var a affine
	// Along a the image's y grows by 2·size, along b its x does.
	a[0], a[1] = 2*size*ay/det, -2*size*ax/det
	a[3], a[4] = -2*size*by/det, 2*size*bx/det
	a[2] = corners[0][0] - float64(a[0]*moved[0][0]) - float64(a[1]*moved[0][1])
	a[5] = corners[0][1] - float64(a[3]*moved[0][0]) - float64(a[4]*moved[0][1])
	return a
}

// warpAffine resamples the image with linear interpolation at points rounded to 1/32 of
// a pixel, as OpenCV's warpAffine does, mirrored at the edges.
func warpAffine(img []float64, h, w int, a affine) []float64 {
	const bits, places = 1024, 32
	fixed := func(v float64) int { return int(math.RoundToEven(v * bits)) }
	out := make([]float64, len(img))
	for y := range h {
		rowX := fixed(float64(a[1]*float64(y))+a[2]) + bits/places/2
		rowY := fixed(float64(a[4]*float64(y))+a[5]) + bits/places/2
		for x := range w {
			px := (rowX + fixed(a[0]*float64(x))) >> 5
			py := (rowY + fixed(a[3]*float64(x))) >> 5
			out[y*w+x] = between(img, h, w, float64(py)/places, float64(px)/places, reflect101)
		}
	}
	return out
}
