package corrupt

import (
	"slices"

	"lossxfer-report/compute/random"
)

// brightness adds to every grey level.
func brightness(p picture, severity int, _ *random.Stream) []float64 {
	more := [Severities]float64{0.05, 0.1, 0.15, 0.2, 0.3}[severity]
	x := p.unit()
	for i := range x {
		x[i] += more
	}
	return x
}

// snow whitens the image and lets flakes fall: normal noise, magnified, of which only
// peaks are left, smeared downwards, once as it is and once turned by 180°.
func snow(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct {
		mean, deviation, zoom, threshold float64
		radius                           int
		sigma, clear                     float64
	}{
		{0.1, 0.2, 1, 0.6, 8, 3, 0.95},
		{0.1, 0.2, 1, 0.5, 10, 4, 0.9},
		{0.15, 0.3, 1.75, 0.55, 10, 4, 0.9},
		{0.25, 0.3, 2.25, 0.6, 12, 6, 0.85},
		{0.3, 0.3, 1.25, 0.65, 14, 12, 0.8},
	}[severity]
	layer := make([]float64, len(p.pixels))
	for i := range layer {
		layer[i] = c.mean + float64(c.deviation*s.Normal())
	}
	layer = clippedZoom(layer, p.h, p.w, c.zoom)
	for i, v := range layer {
		if v < c.threshold {
			layer[i] = 0
		}
	}
	flakes := make([]uint8, len(layer))
	quantise(flakes, layer)
	flakes = smear(picture{flakes, p.h, p.w}, c.radius, c.sigma, s.Uniform(-135, -45))
	// The authors' code mixes image and white in single precision.
	clear, whitened := float32(c.clear), float32(1-c.clear)
	x := make([]float64, len(flakes))
	for i := range x {
		v := float32(p.pixels[i]) / 255
		white := max(v, float32(v*1.5)+0.5)
		mixed := float32(clear*v) + float32(whitened*white)
		x[i] = float64(mixed) + float64(flakes[i])/255 + float64(flakes[len(x)-1-i])/255
	}
	return x
}

// fog adds a plasma fractal and dims the whole to the range the image had.
func fog(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct{ density, decay float64 }{{0.2, 3}, {0.5, 3}, {0.75, 2.5}, {1, 2}, {1.5, 1.75}}[severity]
	x := p.unit()
	brightest := slices.Max(x)
	side := minSide
	for side < max(p.h, p.w) {
		side *= 2
	}
	cloud := plasma(side, c.decay, s)
	for i, v := range x {
		x[i] = (v + float64(c.density*cloud[i/p.w*side+i%p.w])) * brightest / (brightest + c.density)
	}
	return x
}
