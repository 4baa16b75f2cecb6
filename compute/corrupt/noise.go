package corrupt

import "lossxfer-report/compute/random"

// gaussianNoise adds normal noise, as of a sensor in poor light.
func gaussianNoise(p picture, severity int, s *random.Stream) []float64 {
	deviation := [Severities]float64{0.04, 0.06, 0.08, 0.09, 0.10}[severity]
	x := p.unit()
	for i := range x {
		x[i] += float64(deviation * s.Normal())
	}
	return x
}

// photons is how many photons of shot noise make white.
var photons = [Severities]float64{500, 250, 100, 75, 50}

// shotNoise counts photons: a pixel is a Poisson number over the number of white.
func shotNoise(p picture, severity int, s *random.Stream) []float64 {
	white := photons[severity]
	counts := photonCounts[severity]()
	x := make([]float64, len(p.pixels))
	for i, v := range p.pixels {
		x[i] = float64(counts[v].draw(s.Float64())) / white
	}
	return x
}

// impulseNoise makes a share of the pixels black or white at even odds. As in
// scikit-image's random_noise, first it is drawn of every pixel whether, then which.
func impulseNoise(p picture, severity int, s *random.Stream) []float64 {
	share := [Severities]float64{0.01, 0.02, 0.03, 0.05, 0.07}[severity]
	x := p.unit()
	hit := make([]bool, len(x))
	for i := range hit {
		hit[i] = s.Float64() < share
	}
	for i := range x {
		salt := s.Float64() < 0.5
		switch {
		case hit[i] && salt:
			x[i] = 1
		case hit[i]:
			x[i] = 0
		}
	}
	return x
}
