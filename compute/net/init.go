package net

import (
	"math"

	"lossxfer-report/compute/random"
)

// Init draws the initial parameters: convolutions from He's normal distribution with
// the fan-in of the layer (He et al., 2015), γ 1 and β 0, but γ 0 at the end of every
// block, so that blocks start as their shortcut (Goyal et al., 2017). Running means
// start at 0 and variances at 1.
func (t *Trunk) Init(theta, stats []float32, s *random.Stream) {
	if err := t.lengths("Init", []length{{"theta", len(theta), t.NumParams()}, {"the statistics", len(stats), t.stats}}); err != nil {
		panic(err)
	}
	for _, u := range t.units {
		deviation := math.Sqrt(2 / float64(u.fan/u.channels()))
		for i := range theta[u.weights : u.weights+u.fan] {
			theta[u.weights+i] = float32(deviation * s.Normal())
		}
		fill(u.vector(theta, u.gamma), u.initialGamma())
		fill(u.vector(theta, u.beta), 0)
		fill(u.vector(stats, u.mean), 0)
		fill(u.vector(stats, u.running), 1)
	}
}

// initialGamma is 0 for the unit that ends a block's residual branch.
func (u *unit) initialGamma() float32 {
	if a := u.out; a.main == u && (a.identity != nil || a.side != nil) {
		return 0
	}
	return 1
}

func fill(v []float32, x float32) {
	for i := range v {
		v[i] = x
	}
}
