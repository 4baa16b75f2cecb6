package represent

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/train"
)

// Activations computes the activations of all layers of a network of architecture a for
// the first n images of a set: one matrix images×units for each layer, the last being
// the penultimate features. They are all in memory at once.
func Activations(a net.Arch, w train.Weights, set *data.Set, n int) ([]Layer, [][]float32, error) {
	if n < 1 || n > set.Len() {
		return nil, nil, fmt.Errorf("represent: activations of the first %d of %d images", n, set.Len())
	}
	r, err := newReader(a, w.Theta, w.Stats, set, n)
	if err != nil {
		return nil, nil, err
	}
	activations, err := r.read(0, n)
	return r.layers, activations, err
}
