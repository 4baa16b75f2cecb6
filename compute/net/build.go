package net

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// builder puts a trunk together, layer by layer.
type builder struct {
	t      *Trunk
	design design
	offset int // next free place in theta
	memory kernel.Memory
}

// allocate makes all buffers.
func (b *builder) allocate() {
	b.memory.Allocate()
	for _, p := range b.t.passes {
		// A block's gradient is that of its shortcut, too.
		if p.identity {
			p.block.grad = p.in.grad
		}
	}
}

func (b *builder) build() error {
	a, d, t := b.t.arch, b.design, b.t
	in, err := b.stem(a, d)
	if err != nil {
		return err
	}
	for i, bd := range d.blocks {
		if in, err = b.block(fmt.Sprintf("block%d", i+1), in, bd); err != nil {
			return err
		}
	}
	for _, md := range d.mixed {
		if in, err = b.mixed(md, in); err != nil {
			return err
		}
	}
	if d.head != 0 {
		head, err := b.unit("head", shapeOf(in, d.head, 1, 1), true)
		if err != nil {
			return err
		}
		t.passes = append(t.passes, &pass{in: in, units: []*unit{head}})
		in = b.activation("head", head, true)
	}
	t.last = in
	b.groups()
	b.allocate()
	return nil
}

// stem adds the first convolution, as a 1×1 convolution of patches.
func (b *builder) stem(a Arch, d design) (*activation, error) {
	t := b.t
	shape := kernel.ConvShape{
		Height: (a.Height-1)/d.stemStride + 1, Width: (a.Width-1)/d.stemStride + 1,
		In: kernel.PatchLen(a.Channels), Out: d.stem, Size: 1, Stride: 1,
	}
	conv, err := kernel.PlanConv(shape, false, &b.memory)
	if err != nil {
		return nil, wrap("stem", err)
	}
	u := &unit{name: "stem", conv: conv, fan: 9 * a.Channels * d.stem}
	if err := b.place(u, []int{3, 3, a.Channels, d.stem}); err != nil {
		return nil, err
	}
	b.memory.Want(&t.patches, t.maxBatch*shape.InLen())
	b.memory.Want(&t.stemGrad, shape.WeightLen())
	b.memory.Want(&t.stemWeight, shape.WeightLen())
	t.passes = append(t.passes, &pass{units: []*unit{u}})
	return b.activation("stem", u, true), nil
}

// block adds a residual block (He et al., 2016, the stride in its first convolution).
func (b *builder) block(name string, in *activation, d blockDesign) (*activation, error) {
	t := b.t
	first, err := b.unit(name+".conv1", shapeOf(in, d.channels, 3, d.stride), true)
	if err != nil {
		return nil, err
	}
	mid := b.activation("", first, true)
	second, err := b.unit(name+".conv2", shapeOf(mid, d.channels, 3, 1), true)
	if err != nil {
		return nil, err
	}
	enter := &pass{in: in, units: []*unit{first}}
	t.passes = append(t.passes, enter, &pass{in: mid, units: []*unit{second}})
	if d.stride == 1 && in.shape[2] == d.channels {
		out := b.activation(name, second, false)
		out.identity = in
		enter.identity, enter.block = true, out
		return out, nil
	}
	side, err := b.unit(name+".projection", shapeOf(in, d.channels, 1, d.stride), true)
	if err != nil {
		return nil, err
	}
	enter.units = append(enter.units, side)
	out := b.activation(name, second, true)
	out.side, side.out = side, out
	return out, nil
}

func shapeOf(in *activation, channels, size, stride int) kernel.ConvShape {
	return kernel.ConvShape{Height: in.shape[0], Width: in.shape[1], In: in.shape[2], Out: channels, Size: size, Stride: stride}
}

// unit adds a convolution and its normalisation.
func (b *builder) unit(name string, s kernel.ConvShape, gradient bool) (*unit, error) {
	s.Direct = b.design.direct
	conv, err := kernel.PlanConv(s, gradient, &b.memory)
	if err != nil {
		return nil, wrap(name, err)
	}
	u := &unit{name: name, conv: conv, fan: s.WeightLen()}
	rows, columns := s.Kernel()
	return u, b.place(u, []int{rows, columns, s.In, s.Out})
}

// place gives a unit its parameters, statistics and buffers.
func (b *builder) place(u *unit, shape []int) error {
	t, c := b.t, u.channels()
	param := func(name string, n int, shape []int, decay bool) int {
		at := b.offset
		t.params = append(t.params, Param{Name: u.name + name, Offset: at, Len: n, Shape: shape, Decay: decay})
		b.offset += n
		return at
	}
	u.weights = param(".weight", u.fan, shape, true)
	u.gamma = param(".gamma", c, []int{c}, false)
	u.beta = param(".beta", c, []int{c}, false)
	u.mean, u.running = t.stats, t.stats+c
	t.stats += 2 * c
	var err error
	if u.bn, err = kernel.NewBatchNorm(u.conv.OutHeight()*u.conv.OutWidth(), c); err != nil {
		return wrap(u.name, err)
	}
	b.memory.Want(&u.raw, t.maxBatch*u.conv.OutLen())
	t.units = append(t.units, u)
	return nil
}

// activation adds what follows a unit. Without a gradient of its own it shares one.
func (b *builder) activation(name string, u *unit, grad bool) *activation {
	a := &activation{name: name, main: u, shape: [3]int{u.conv.OutHeight(), u.conv.OutWidth(), u.channels()}}
	b.memory.Want(&a.data, b.t.maxBatch*a.len())
	if grad {
		b.memory.Want(&a.grad, b.t.maxBatch*a.len())
	}
	u.out = a
	return a
}

// groupFloats is how much of one tensor goes through a pass at a time: small enough
// for several tensors to stay in the second-level cache.
const groupFloats = 16 << 10

// groups chooses the images that go through each pass together, an even number so
// that tiles over two images fill.
func (b *builder) groups() {
	longest := 0
	for _, p := range b.t.passes {
		size := 0
		for _, u := range p.units {
			size = max(size, u.conv.OutLen(), u.conv.InLen())
		}
		p.group = max(groupFloats/size, 2) &^ 1
		for _, u := range p.units {
			longest = max(longest, min(p.group, b.t.maxBatch)*u.conv.OutLen())
		}
	}
	b.memory.Want(&b.t.scratch, longest)
}
