package net

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// inceptionBlocks are Inception v3 (Szegedy et al., "Rethinking the Inception
// Architecture for Computer Vision", 2016) at the scale of our images: its block with
// two stacked 3×3 convolutions on 14×14 pixels, its block with factorised convolutions
// on 7×7 (1×3 and 3×1 here, 1×7 and 7×1 on its 17×17 pixels), and after each its
// reduction by convolutions of stride 2 beside max pooling. The paper trains Inception
// v3 as the network without residual connections.
var inceptionBlocks = []mixedDesign{
	{name: "mixed1", average: 16, branches: [][]step{
		{point(16)},
		{point(16), square(16)},
		{point(16), square(16), square(16)},
	}},
	{name: "reduction1", reduce: true, branches: [][]step{
		{square(16)},
		{point(16), square(16), square(16)},
	}},
	{name: "mixed2", average: 16, branches: [][]step{
		{point(16)},
		{point(16), across(16), down(32)},
		{point(16), down(16), across(16), down(16), across(32)},
	}},
	{name: "reduction2", reduce: true, branches: [][]step{
		{point(16), square(32)},
		{point(16), square(16), square(32)},
	}},
}

// mixedDesign is a block of parallel branches whose outputs are concatenated over the
// channels. A last branch pools: average pooling and a 1×1 convolution, or, in a block
// that halves the map with the last convolution of every branch, max pooling.
type mixedDesign struct {
	name     string
	branches [][]step // convolutions one behind the other
	average  int      // channels of the branch with average pooling
	reduce   bool
}

// step is one convolution of a branch.
type step struct {
	name           string
	size, channels int
	extent         kernel.Extent
}

func point(channels int) step  { return step{"1x1", 1, channels, kernel.Square} }
func square(channels int) step { return step{"3x3", 3, channels, kernel.Square} }
func across(channels int) step { return step{"1x3", 3, channels, kernel.Across} }
func down(channels int) step   { return step{"3x1", 3, channels, kernel.Down} }

// mixed adds a block of parallel branches. All branches leave from one pass, so that
// the block's input is computed once and its gradient collected in one place.
func (b *builder) mixed(d mixedDesign, in *activation) (*activation, error) {
	enter := &pass{in: in}
	b.t.passes = append(b.t.passes, enter)
	out := &activation{name: d.name, shape: in.shape}
	for i, branch := range d.branches {
		end, err := b.branch(fmt.Sprintf("%s.branch%d", d.name, i+1), d, branch, enter)
		if err != nil {
			return nil, err
		}
		out.parts = append(out.parts, end)
	}
	if d.average != 0 {
		u, err := b.averaged(d.name+".pool", d.average, in)
		if err != nil {
			return nil, err
		}
		enter.units = append(enter.units, u)
		out.parts = append(out.parts, b.activation("", u, true))
	}
	channels := 0
	for _, p := range out.parts {
		out.shape = p.shape
		channels += p.shape[2]
	}
	if d.reduce {
		m, err := b.maxPool(in, out, channels)
		if err != nil {
			return nil, wrap(d.name+".pool", err)
		}
		enter.pool = m
		channels += in.shape[2]
	}
	out.shape[2] = channels
	b.memory.Want(&out.data, b.t.maxBatch*out.len())
	b.memory.Want(&out.grad, b.t.maxBatch*out.len())
	return out, nil
}

// branch adds the convolutions of one branch and returns its last activation.
func (b *builder) branch(name string, d mixedDesign, steps []step, enter *pass) (*activation, error) {
	p := enter
	var end *activation
	for i, s := range steps {
		if i > 0 {
			p = &pass{in: end}
			b.t.passes = append(b.t.passes, p)
		}
		stride := 1
		if d.reduce && i == len(steps)-1 {
			stride = 2
		}
		shape := shapeOf(p.in, s.channels, s.size, stride)
		shape.Extent = s.extent
		u, err := b.unit(fmt.Sprintf("%s.%d.%s", name, i+1, s.name), shape, true)
		if err != nil {
			return nil, err
		}
		p.units = append(p.units, u)
		end = b.activation("", u, true)
	}
	return end, nil
}

// averaged adds a 1×1 convolution of the average-pooled input. Averaging acts on each
// channel alone and the convolution on each pixel alone, so they commute, and the
// fewer channels behind the convolution are averaged.
func (b *builder) averaged(name string, channels int, in *activation) (*unit, error) {
	u, err := b.unit(name+".1x1", shapeOf(in, channels, 1, 1), true)
	if err != nil {
		return nil, err
	}
	if u.average, err = kernel.NewWindow(in.shape[0], in.shape[1], channels); err != nil {
		return nil, wrap(name, err)
	}
	b.memory.Want(&u.sharp, b.t.maxBatch*u.conv.OutLen())
	return u, nil
}
