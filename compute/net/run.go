package net

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// Forward computes the features h (n×Dim) of n images x (n×H×W×C, channels last) with
// the statistics of this batch, and keeps what Backward needs. theta must not change
// before Backward.
func (t *Trunk) Forward(x []float32, n int, theta, h []float32) error {
	if err := t.check("Forward", x, n, theta, h); err != nil {
		return err
	}
	t.pack(theta, true)
	t.theta, t.batch, t.forward, t.seen = theta, n, true, true
	t.stem(x, 0, n)
	for _, p := range t.passes {
		for _, u := range p.units {
			u.bn.Begin()
		}
		for first := 0; first < n; first += p.group {
			g := min(p.group, n-first)
			t.enter(p, first, g)
			for _, u := range p.units {
				u.bn.Observe(part(u.raw, first, g, u.conv.OutLen()), g)
			}
		}
		for _, u := range p.units {
			u.bn.Finish(u.vector(theta, u.gamma), u.vector(theta, u.beta))
		}
	}
	t.last.compute(0, n)
	t.pool(h, n)
	return nil
}

// stem cuts images first to first+n into patches.
func (t *Trunk) stem(x []float32, first, n int) {
	d := designs[t.arch.Name]
	size := t.units[0].conv.InLen()
	kernel.Patches(part(t.patches, first, n, size), x, n, t.arch.Height, t.arch.Width, t.arch.Channels, d.stemStride)
}

// enter runs a pass's activation and convolutions for a group of images.
func (t *Trunk) enter(p *pass, first, n int) {
	in := t.patches
	if p.in != nil {
		p.in.compute(first, n)
		in = p.in.data
	}
	for _, u := range p.units {
		u.convolve(in, first, n)
	}
	if p.pool != nil {
		p.pool.forward(first, n)
	}
}

func (t *Trunk) pool(h []float32, n int) {
	s := t.last.shape
	kernel.AveragePool(h, t.last.data, n, s[0]*s[1], s[2])
}

// pack hands the weights to the convolutions.
func (t *Trunk) pack(theta []float32, gradient bool) {
	copy(t.stemWeight, theta[:t.units[0].fan])
	t.units[0].conv.PackForward(t.stemWeight)
	for _, u := range t.units[1:] {
		w := theta[u.weights : u.weights+u.fan]
		if gradient {
			u.conv.Pack(w)
		} else {
			u.conv.PackForward(w)
		}
	}
}

// Backward sets dtheta to the gradient with respect to theta, where dh is the gradient
// with respect to the features of the last Forward.
func (t *Trunk) Backward(dh, dtheta []float32) error {
	if !t.forward {
		return fmt.Errorf("network %s: Backward without a Forward before it (Features overwrites what Forward kept)", t.arch.Name)
	}
	if err := t.lengths("Backward", []length{
		{"the feature gradient", len(dh), t.batch * t.Dim()},
		{"the parameter gradient", len(dtheta), t.NumParams()},
	}); err != nil {
		return err
	}
	t.forward = false
	clear(dtheta)
	clear(t.stemGrad)
	n, s := t.batch, t.last.shape
	kernel.AveragePoolGrad(t.last.grad, dh, n, s[0]*s[1], s[2])
	t.last.beginGrad()
	t.last.reduce(0, n)
	t.last.finishGrad(t.theta, dtheta)
	for i := len(t.passes) - 1; i >= 0; i-- {
		t.back(t.passes[i], dtheta)
	}
	copy(dtheta[:t.units[0].fan], t.stemGrad)
	return nil
}

// back is the backward pass of a pass, group by group: the gradient through the
// normalisation, of the weights, and of the activation that the pass starts from.
func (t *Trunk) back(p *pass, dtheta []float32) {
	if p.in != nil {
		p.in.beginGrad()
	}
	for first := 0; first < t.batch; first += p.group {
		n := min(p.group, t.batch-first)
		for i, u := range p.units {
			size := u.conv.OutLen()
			dy := t.scratch[:n*size]
			u.bn.Apply(dy, part(u.out.grad, first, n, size), part(u.raw, first, n, size), n)
			if u.average != nil {
				sharp := part(u.sharp, first, n, size)
				u.average.Average(sharp, dy, n)
				dy = sharp
			}
			if p.in == nil {
				u.conv.WeightGrad(t.stemGrad, part(t.patches, first, n, u.conv.InLen()), dy, n)
				continue
			}
			u.conv.WeightGrad(dtheta[u.weights:u.weights+u.fan], part(p.in.data, first, n, u.conv.InLen()), dy, n)
			// Behind an identity shortcut the gradient is there already.
			add := i > 0 || p.identity
			u.conv.DataGrad(part(p.in.grad, first, n, u.conv.InLen()), dy, n, add)
		}
		if p.pool != nil {
			p.pool.back(first, n)
		}
		if p.in != nil {
			p.in.reduce(first, n)
		}
	}
	if p.in == nil {
		return
	}
	p.in.finishGrad(t.theta, dtheta)
	for _, u := range p.units {
		u.conv.FinishWeightGrad(dtheta[u.weights : u.weights+u.fan])
	}
}

// UpdateStats moves the running statistics (mean, then variance, for every normalised
// layer) towards those of the last Forward: stats = momentum·stats +
// (1-momentum)·batch, with the unbiased variance.
func (t *Trunk) UpdateStats(stats []float32, momentum float32) {
	if !t.seen {
		panic("net: UpdateStats without a Forward before it")
	}
	for _, u := range t.units {
		u.bn.UpdateRunning(u.vector(stats, u.mean), u.vector(stats, u.running), momentum)
	}
}
