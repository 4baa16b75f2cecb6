package corrupt

import (
	"math"

	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/random"
)

// A pane of frost is a square of paneSide pixels, about what the authors' photographs
// have after they are shrunk to a fifth. Its mean and standard deviation, in fractions of
// white, are set by eye: ice is lighter than most images' mean and spans most greys.
const (
	paneSide      = 128
	paneFerns     = 36
	paneMean      = 0.48
	paneDeviation = 0.2
)

// newPane grows frost: feathers of ice, stems with branches at 60° on both sides and
// barbs on these, on the uneven film of a plasma fractal. It is its own stream's, so
// pane n is the same in every program.
func newPane(n uint64) []float64 {
	s := random.New("corrupt/frost pane", n)
	film := plasma(paneSide, 1.8, s)
	ice := make([]float64, paneSide*paneSide)
	for range paneFerns {
		grow(ice, feather{
			x: s.Uniform(0, paneSide), y: s.Uniform(0, paneSide), heading: s.Uniform(0, 2*math.Pi),
			length: s.Uniform(25, 60), thickness: s.Uniform(0.8, 1.3), rank: 0,
		}, s)
	}
	pane := gaussianFilter(ice, paneSide, paneSide, 0.45, 4, reflect)
	mean, square := 0.0, 0.0
	for i, v := range pane {
		pane[i] = min(v, 1.3) + float64(0.9*film[i])
		mean += pane[i]
	}
	mean /= float64(len(pane))
	for _, v := range pane {
		square += float64((v - mean) * (v - mean))
	}
	scale := paneDeviation / math.Sqrt(square/float64(len(pane)))
	for i, v := range pane {
		pane[i] = min(max(paneMean+float64((v-mean)*scale), 0), 1)
	}
	return pane
}

// feather is a line of ice: where it starts, where it goes (radians), how long and thick
// it is, in pixels. Rank 0 is a stem, 1 its branches, 2 their barbs.
type feather struct {
	x, y, heading, length, thickness float64
	rank                             int
}

// grow lays a feather and what branches off it, ever thinner towards the tip.
func grow(ice []float64, f feather, s *random.Stream) {
	spacing := [3]int{3, 3, math.MaxInt}[f.rank] // between branches
	bend := s.Uniform(-0.02, 0.02)
	for step := 0; float64(step) < f.length; step++ {
		left := 1 - float64(step)/f.length
		lay(ice, f.x, f.y, f.thickness*(0.35+float64(0.65*left)))
		if step%spacing == spacing-1 {
			for _, side := range [2]float64{-1, 1} {
				grow(ice, feather{
					x: f.x, y: f.y, heading: f.heading + side*math.Pi/3,
					length:    min(0.35*f.length*left, 10) * s.Uniform(0.6, 1),
					thickness: 0.55 * f.thickness, rank: f.rank + 1,
				}, s)
			}
		}
		f.x += elementary.Cos(f.heading)
		f.y += elementary.Sin(f.heading)
		f.heading += bend
	}
}

// lay spreads ice over the four pixels around a point; what leaves one side of the pane
// comes in at the other.
func lay(ice []float64, x, y, amount float64) {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := x-x0, y-y0
	at := func(dy, dx int) *float64 {
		return &ice[(int(y0)+dy)&(paneSide-1)*paneSide+(int(x0)+dx)&(paneSide-1)]
	}
	*at(0, 0) += float64(amount * (1 - fy) * (1 - fx))
	*at(0, 1) += float64(amount * (1 - fy) * fx)
	*at(1, 0) += float64(amount * fy * (1 - fx))
	*at(1, 1) += float64(amount * fy * fx)
}
