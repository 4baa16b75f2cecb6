package net

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// unit is a convolution followed by batch normalisation.
type unit struct {
	name    string
	conv    *kernel.Conv
	bn      *kernel.BatchNorm
	fan     int // weights that exist of conv's: the stem's patches are padded
	weights int // offsets into theta
	gamma   int
	beta    int
	mean    int // offsets into stats
	running int
	raw     []float32   // the convolution's output for the batch
	out     *activation // what it feeds

	average *kernel.Window // average pooling behind the convolution, or nil
	sharp   []float32      // with it: what it pools, and what its gradient pools to
}

// convolve sets the raw outputs of images first to first+n.
func (u *unit) convolve(in []float32, first, n int) {
	size := u.conv.OutLen()
	x, y := part(in, first, n, u.conv.InLen()), part(u.raw, first, n, size)
	if u.average == nil {
		u.conv.Forward(y, x, n)
		return
	}
	sharp := part(u.sharp, first, n, size)
	u.conv.Forward(sharp, x, n)
	u.average.Average(y, sharp, n)
}

// channels returns the output channels.
func (u *unit) channels() int { return u.conv.Out }

// vector is a slice of theta or stats of one value for each channel.
func (u *unit) vector(v []float32, offset int) []float32 {
	return v[offset : offset+u.channels()]
}

// activation is what follows one or two units: ReLU of the normalised output, of its
// sum with a shortcut, or of its sum with a projected shortcut. Or it concatenates other
// activations over the channels, and has no unit of its own.
type activation struct {
	name     string
	shape    [3]int // height, width, channels
	main     *unit
	side     *unit       // projection, or nil
	identity *activation // shortcut, or nil
	parts    []*activation
	data     []float32 // values of the batch
	grad     []float32 // their gradient; an identity shortcut shares its block's
}

func (a *activation) len() int { return a.shape[0] * a.shape[1] * a.shape[2] }

// compute sets images first to first+n from the raw outputs, whose normalisation must
// be finished.
func (a *activation) compute(first, n int) {
	if a.main == nil {
		for _, p := range a.parts {
			p.compute(first, n)
		}
		a.concatenate(first, n)
		return
	}
	size := a.len()
	y, x := part(a.data, first, n, size), part(a.main.raw, first, n, size)
	switch {
	case a.side != nil:
		a.main.bn.AddNormRelu(y, x, a.side.bn, part(a.side.raw, first, n, size), n)
	case a.identity != nil:
		a.main.bn.AddRelu(y, x, part(a.identity.data, first, n, size), n)
	default:
		a.main.bn.Relu(y, x, n)
	}
}

// beginGrad starts the sums of the units before the activation.
func (a *activation) beginGrad() {
	if a.main == nil {
		for _, p := range a.parts {
			p.beginGrad()
		}
		return
	}
	a.main.bn.BeginGrad()
	if a.side != nil {
		a.side.bn.BeginGrad()
	}
}

// reduce takes in the complete gradient of images first to first+n.
func (a *activation) reduce(first, n int) {
	if a.main == nil {
		a.separate(first, n)
		for _, p := range a.parts {
			p.reduce(first, n)
		}
		return
	}
	size := a.len()
	g, y := part(a.grad, first, n, size), part(a.data, first, n, size)
	a.main.bn.Reduce(g, y, part(a.main.raw, first, n, size), n)
	if a.side != nil {
		a.side.bn.Reduce(g, y, part(a.side.raw, first, n, size), n)
	}
}

// finishGrad writes the gradients of gamma and beta.
func (a *activation) finishGrad(theta, dtheta []float32) {
	for _, p := range a.parts {
		p.finishGrad(theta, dtheta)
	}
	for _, u := range []*unit{a.main, a.side} {
		if u != nil {
			u.bn.FinishGrad(u.vector(theta, u.gamma), u.vector(dtheta, u.gamma), u.vector(dtheta, u.beta))
		}
	}
}

// part returns images first to first+n of a batch.
func part(v []float32, first, n, size int) []float32 {
	return v[first*size : (first+n)*size]
}

func wrap(name string, err error) error {
	if err != nil {
		return fmt.Errorf("layer %s: %w", name, err)
	}
	return nil
}
