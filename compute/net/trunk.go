package net

import (
	"fmt"

	"lossxfer-report/compute/kernel"
)

// Trunk is one network with its buffers. It is not safe for concurrent use.
type Trunk struct {
	arch     Arch
	maxBatch int
	params   []Param
	stats    int

	units  []*unit // in the order of their parameters
	passes []*pass // in the order of the forward pass
	last   *activation

	patches    []float32 // the stem's input
	stemGrad   []float32 // the stem's weight gradient, padded like its weights
	stemWeight []float32
	scratch    []float32 // gradients with respect to raw outputs, one group of images

	theta   []float32 // of the last Forward
	batch   int       // images of the last Forward
	forward bool      // Backward may follow
	seen    bool      // batch statistics exist
}

// pass is the part of a forward pass between two batch statistics: the activation
// that it starts from is computed image by image and convolved while it is in the
// cache.
type pass struct {
	in    *activation // nil: the stem's patches
	units []*unit
	// identity says that the block's shortcut passes in on unchanged, so that its
	// gradient holds the shortcut's part already.
	identity bool
	block    *activation // the end of that block
	pool     *maxPool    // of in, or nil
	group    int         // images that go through together; changes no bit of a result
}

// Param is one parameter tensor inside the flat vector theta.
type Param struct {
	Name        string
	Offset, Len int
	Shape       []int // convolutions: [ky, kx, in, out]
	Decay       bool  // weight decay applies: not to batch normalisation
}

// Layer is an activation that can be looked at: a block's output after its ReLU.
type Layer struct {
	Name                    string
	Height, Width, Channels int
}

// New returns a network for batches of up to maxBatch images. It fails for image sizes
// that the kernels cannot tile; 28×28 and 32×32 work for every architecture.
//
// All memory is taken here and none later: raw outputs, activations and their
// gradients for every image of the maximum batch, packed weights once. For images of
// 28×28×1 that is at most 6 MiB, of which 4 round up to large pages on Linux, and 240
// KiB an image for glyphnet, 690 KiB an image for miniresnet or 790 KiB an image for
// inception: 13.5, 27.6 and 30.7 MiB for batches of 32.
func New(a Arch, maxBatch int) (*Trunk, error) {
	d, err := a.design()
	if err != nil {
		return nil, err
	}
	return d.trunk(a, maxBatch)
}

func (d design) trunk(a Arch, maxBatch int) (*Trunk, error) {
	if maxBatch < 1 {
		return nil, fmt.Errorf("network %s: a batch of %d images; at least 1 is needed", a.Name, maxBatch)
	}
	if err := kernel.LevelError(); err != nil {
		return nil, err
	}
	b := &builder{t: &Trunk{arch: a, maxBatch: maxBatch}, design: d}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("network %s for %d×%d×%d images: %w", a.Name, a.Height, a.Width, a.Channels, err)
	}
	return b.t, nil
}

// NumParams returns the length of theta.
func (t *Trunk) NumParams() int {
	p := t.params[len(t.params)-1]
	return p.Offset + p.Len
}

// NumStats returns the length of the running statistics: mean and variance of every
// normalised channel.
func (t *Trunk) NumStats() int { return t.stats }

// Dim returns the number of penultimate features.
func (t *Trunk) Dim() int { return t.last.shape[2] }

// Params lists the parameters in the order of theta. The caller must not change it.
func (t *Trunk) Params() []Param { return t.params }

// Layers lists the activations that Activations shows, first to last.
func (t *Trunk) Layers() []Layer {
	var ls []Layer
	for _, a := range t.outputs() {
		ls = append(ls, Layer{a.name, a.shape[0], a.shape[1], a.shape[2]})
	}
	return ls
}

// outputs returns the activations at the end of the stem, the blocks and the head.
func (t *Trunk) outputs() []*activation {
	var out []*activation
	for _, p := range t.passes[1:] {
		if p.in.name != "" {
			out = append(out, p.in)
		}
	}
	return append(out, t.last)
}
