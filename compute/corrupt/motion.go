package corrupt

import (
	"math"

	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// motionBlur smears the image along a random direction within 45° of the horizontal.
func motionBlur(p picture, severity int, s *random.Stream) ([]uint8, error) {
	c := [Severities]struct {
		radius int
		sigma  float64
	}{{6, 1}, {6, 1.5}, {6, 2}, {8, 2}, {9, 2.5}}[severity]
	return smear(p, c.radius, c.sigma, s.Uniform(-45, 45)), nil
}

// smear is ImageMagick's MotionBlurImage with 16-bit samples: half of a Gaussian of
// 2·radius+1 taps that starts at the pixel and runs off at an angle in degrees, each tap
// at the nearest pixel, the edge repeated outside.
func smear(p picture, radius int, sigma, angle float64) []uint8 {
	width := 2*radius + 1
	weight, dx, dy := make([]float64, width), make([]int, width), make([]int, width)
	sin, cos := elementary.Sin(angle*math.Pi/180), elementary.Cos(angle*math.Pi/180)
	sum := 0.0
	for i := range weight {
		weight[i] = elementary.Exp(-float64(i*i) / (2 * float64(sigma*sigma)))
		sum += weight[i]
		dx[i] = int(math.Ceil(float64(float64(i)*cos) - 0.5))
		dy[i] = int(math.Ceil(float64(float64(i)*sin) - 0.5))
	}
	for i := range weight {
		weight[i] /= sum
	}
	out := make([]uint8, len(p.pixels))
	for y := range p.h {
		for x := range p.w {
			level := 0.0
			for i, v := range weight {
				level += float64(v * float64(p.pixels[nearest(y+dy[i], p.h)*p.w+nearest(x+dx[i], p.w)]))
			}
			// A level is 257 of ImageMagick's 16-bit quanta, which are rounded; its PNG
			// keeps the whole levels.
			out[y*p.w+x] = uint8(int(float64(level*257)+0.5) / 257)
		}
	}
	return out
}
