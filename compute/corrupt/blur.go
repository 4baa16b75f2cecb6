package corrupt

import (
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// defocusBlur averages over a disc, its edge softened by a Gaussian, as a lens out of
// focus does. The discs of small images are a pixel, a cross or 3×3 pixels.
func defocusBlur(p picture, severity int, _ *random.Stream) []float64 {
	c := [Severities]struct{ radius, soft float64 }{{0.3, 0.4}, {0.4, 0.5}, {0.5, 0.6}, {1, 0.2}, {1.5, 0.1}}[severity]
	kernel := softDisc(c.radius, c.soft)
	x := p.unit()
	out := make([]float64, len(x))
	const r = discReach
	for y := range p.h {
		for x0 := range p.w {
			sum := 0.0
			for dy := -r; dy <= r; dy++ {
				row := x[reflect101(y+dy, p.h)*p.w:][:p.w]
				for dx := -r; dx <= r; dx++ {
					sum += float64(kernel[dy+r][dx+r] * row[reflect101(x0+dx, p.w)])
				}
			}
			out[y*p.w+x0] = sum
		}
	}
	return out
}

// discReach is how far a softened disc of radius below 2 reaches.
const discReach = 2

// softDisc is a disc of equal weights convolved with a Gaussian of 3×3 pixels.
func softDisc(radius, sigma float64) (kernel [2*discReach + 1][2*discReach + 1]float64) {
	side := elementary.Exp(-0.5 / float64(sigma*sigma))
	soft := [3]float64{side / (1 + 2*side), 1 / (1 + 2*side), side / (1 + 2*side)}
	inside := func(y, x int) bool { return float64(y*y+x*x) <= float64(radius*radius) }
	count := 0.0
	for y := -1; y <= 1; y++ {
		for x := -1; x <= 1; x++ {
			if inside(y, x) {
				count++
			}
		}
	}
	for y := -1; y <= 1; y++ {
		for x := -1; x <= 1; x++ {
			if !inside(y, x) {
				continue
			}
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					kernel[y+dy+discReach][x+dx+discReach] += float64(soft[dy+1]*soft[dx+1]) / count
				}
			}
		}
	}
	return kernel
}

// glassBlur gives pixels the level of a random neighbour, between two Gaussian blurs, as
// frosted glass does. The paper speaks of shuffling, and the authors' code means to
// exchange the two pixels; but on the colour images that CIFAR-10-C is made of, NumPy
// copies one over the other and keeps it, and the severities were chosen by such
// pictures. Real exchanges drag ink across the image and leave no letter at severity 1.
func glassBlur(p picture, severity int, s *random.Stream) []float64 {
	c := [Severities]struct {
		sigma         float64
		delta, rounds int
	}{{0.05, 1, 1}, {0.25, 1, 1}, {0.4, 1, 1}, {0.25, 1, 2}, {0.4, 1, 2}}[severity]
	levels := make([]uint8, len(p.pixels))
	quantise(levels, gaussianFilter(p.unit(), p.h, p.w, c.sigma, 4, nearest))
	for range c.rounds {
		for y := p.h - c.delta; y > c.delta; y-- {
			for x := p.w - c.delta; x > c.delta; x-- {
				dx := s.IntN(2*c.delta) - c.delta
				dy := s.IntN(2*c.delta) - c.delta
				levels[y*p.w+x] = levels[(y+dy)*p.w+x+dx]
			}
		}
	}
	return gaussianFilter(picture{levels, p.h, p.w}.unit(), p.h, p.w, c.sigma, 4, nearest)
}
