package represent

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/net"
)

// Layer is a layer whose activations are compared or counted.
type Layer struct {
	Name  string // "block2"; PenultimateLayer for the last
	Units int    // activations of one image
	Side  int    // height of its map, 1 for the penultimate features
}

// PenultimateLayer is the name of the last layer: the average over positions of the
// last activation, which the final layer sees.
const PenultimateLayer = "features"

// Layers lists the layers of an architecture, first to last: every activation after
// a ReLU at the end of the stem, a block or the head, and the penultimate features.
func Layers(a net.Arch) ([]Layer, error) {
	t, err := net.New(a, 1)
	if err != nil {
		return nil, err
	}
	return layersOf(t), nil
}

func layersOf(t *net.Trunk) []Layer {
	var all []Layer
	for _, l := range t.Layers() {
		all = append(all, Layer{l.Name, l.Height * l.Width * l.Channels, l.Height})
	}
	return append(all, Layer{PenultimateLayer, t.Dim(), 1})
}

// reader computes the activations of all layers, minibatch by minibatch, in
// evaluation mode. It keeps those of one minibatch only.
type reader struct {
	trunk        *net.Trunk
	theta, stats []float32
	set          *data.Set
	layers       []Layer
	images       []float32
	index        []int
	activations  [][]float32 // of each layer: images × units
}

// pieceOf is how many images go through the network at once: a multiple of what the
// network keeps in its caches, and small enough for its buffers.
const pieceOf = 32

func newReader(a net.Arch, theta, stats []float32, set *data.Set, minibatch int) (*reader, error) {
	if a.Height != set.H || a.Width != set.W || a.Channels != set.C {
		return nil, fmt.Errorf("represent: network %s takes %d×%d×%d images, %s has %d×%d×%d", a.Name, a.Height, a.Width, a.Channels, set.Name, set.H, set.W, set.C)
	}
	t, err := net.New(a, min(pieceOf, minibatch))
	if err != nil {
		return nil, err
	}
	r := &reader{trunk: t, theta: theta, stats: stats, set: set, layers: layersOf(t)}
	piece := min(pieceOf, minibatch)
	r.images = make([]float32, piece*set.H*set.W*set.C)
	r.index = make([]int, piece)
	for _, l := range r.layers {
		r.activations = append(r.activations, make([]float32, minibatch*l.Units))
	}
	return r, nil
}

// read returns the activations of n images from the given one on, one matrix per
// layer. They are overwritten by the next call.
func (r *reader) read(from, n int) ([][]float32, error) {
	size := r.set.H * r.set.W * r.set.C
	last := len(r.layers) - 1
	for at := 0; at < n; {
		piece := min(len(r.index), n-at)
		for i := range piece {
			r.index[i] = from + at + i
		}
		r.set.Floats(r.images, r.index[:piece])
		layer := 0
		err := r.trunk.Activations(r.images[:piece*size], piece, r.theta, r.stats, func(l net.Layer, a []float32) error {
			copy(r.activations[layer][at*r.layers[layer].Units:], a)
			if layer++; layer == last {
				kernel.AveragePool(r.activations[last][at*l.Channels:], a, piece, l.Height*l.Width, l.Channels)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		at += piece
	}
	out := make([][]float32, len(r.layers))
	for i, l := range r.layers {
		out[i] = r.activations[i][:n*l.Units]
	}
	return out, nil
}
