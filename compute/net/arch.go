// Package net is the convolutional trunk of a network: from images to penultimate
// features, forward and backward, on the kernels of package kernel. The objective's
// own layer is not part of it.
package net

import (
	"fmt"
	"strings"
)

// Arch names a network and the images it takes. It is a plain value, so that it can
// be part of a cache key.
type Arch struct {
	Name                    string // "glyphnet", "miniresnet" or "inception"
	Height, Width, Channels int    // of an input image
	Features                int    // penultimate features, a multiple of 16; 0 for those of the network's design
}

// mostFeatures bounds Features: the final layer and the probes grow with them.
const mostFeatures = 4096

// design is a network's shape: a 3×3 stem, residual blocks of two 3×3 convolutions or
// blocks of parallel branches, a 1×1 convolution if head is not 0, and a global average.
type design struct {
	stem, stemStride int
	blocks           []blockDesign
	mixed            []mixedDesign
	head             int  // channels of the last 1×1 convolution, 0 for none
	direct           bool // no Winograd: for the benchmark of what that algorithm gains
}

type blockDesign struct{ channels, stride int }

var designs = map[string]design{
	// The network of the experiments: small maps early, many features late.
	"glyphnet": {stem: 16, stemStride: 2, blocks: []blockDesign{{16, 1}, {32, 2}, {96, 2}}, head: 256},
	// A classical small residual network, the yardstick of the benchmarks.
	"miniresnet": {stem: 16, stemStride: 1, blocks: []blockDesign{{16, 1}, {32, 2}, {64, 2}}},
	// The second network of the experiments, without shortcuts.
	"inception": {stem: 16, stemStride: 2, mixed: inceptionBlocks, head: 256},
}

// Names returns the networks there are.
func Names() []string { return []string{"glyphnet", "miniresnet", "inception"} }

// Validate says what is wrong with the architecture, or returns nil.
func (a Arch) Validate() error {
	_, err := a.design()
	return err
}

func (a Arch) design() (design, error) {
	d, ok := designs[a.Name]
	if !ok {
		return d, fmt.Errorf("network %q: no such architecture; one of %s", a.Name, strings.Join(Names(), ", "))
	}
	if a.Height < 1 || a.Width < 1 || a.Channels < 1 {
		return d, fmt.Errorf("network %s: input images of %d×%d pixels and %d channels; all must be positive", a.Name, a.Height, a.Width, a.Channels)
	}
	if a.Features != 0 {
		if d.head == 0 {
			return d, fmt.Errorf("network %s: %d features; it has those of its last block", a.Name, a.Features)
		}
		if a.Features < 16 || a.Features > mostFeatures || a.Features%16 != 0 {
			return d, fmt.Errorf("network %s: %d features; give a multiple of 16 up to %d", a.Name, a.Features, mostFeatures)
		}
		d.head = a.Features
	}
	return d, nil
}
