package imported

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/represent"
)

// Activations is a file with the activations of layers, and the layers in the order of
// the network. The last is represent.PenultimateLayer, the features themselves.
type Activations struct {
	File   File
	Layers []string

	Network string `json:"-"` // for people
	Seed    int    `json:"-"`
}

// Array is the name of the array of a layer.
func Array(layer string) string {
	if layer == represent.PenultimateLayer {
		return FeaturesArray
	}
	return ActivationsPath + layer
}

// Priority is part of compute.Prioritised.
func (a Activations) Priority() int { return a.Seed }

// Depend is part of compute.Task.
func (Activations) Depend(*compute.Deps) {}

// open opens the file and puts its images in rounds of one per class.
func (a Activations) open() (*container, []int, error) {
	file, err := a.File.open()
	if err != nil {
		return nil, nil, err
	}
	labels, err := readLabels(file, a.File.Path)
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, inRounds(labels, 0), nil
}

// Grams is the centred Gram matrices of layers; it takes the place of
// represent.GramsOf.
type Grams struct {
	Activations
	Count, Minibatch int // as in represent.Images
}

// Kind is part of compute.Task.
func (Grams) Kind() string { return "imported.grams" }

// Transient is part of compute.Transient.
func (Grams) Transient() bool { return true }

// Label names the task for people.
func (t Grams) Label() string { return "similarity of images in " + t.Network }

// Run computes the matrices, one layer of one minibatch in memory at a time: a layer
// can have as many activations as an image has pixels, times the channels.
func (t Grams) Run(c *compute.Context) (*represent.Grams, error) {
	file, order, err := t.open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	g, err := represent.NewGrams(t.Layers, t.Minibatch)
	if err != nil {
		return nil, err
	}
	batches := min(t.Count, len(order)) / t.Minibatch
	if batches == 0 {
		return nil, &arrays.Error{
			File: t.File.Path, Problem: fmt.Sprintf("has %d images, one minibatch has %d", len(order), t.Minibatch),
			Mend: "write more images, or set a smaller similarity.minibatch in the preset",
		}
	}
	for b := range batches {
		rows := order[b*t.Minibatch : (b+1)*t.Minibatch]
		err := g.AddEach(func(layer int) ([]float32, error) {
			x, _, err := readRows(c.Context(), file, t.File.Path, Array(t.Layers[layer]), rows)
			return x, err
		})
		if err != nil {
			return nil, err
		}
	}
	return g, nil
}

// NonZero counts activations that are not zero; it takes the place of
// represent.Sparsity.
type NonZero struct {
	Activations
	Count int // of images at most
}

// Kind is part of compute.Task.
func (NonZero) Kind() string { return "imported.nonzero" }

// Label names the task for people.
func (t NonZero) Label() string { return "non-zero activations of " + t.Network }

// countBatch is how many images are read together; it changes no count.
const countBatch = 64

// Run counts.
func (t NonZero) Run(c *compute.Context) (represent.SparsityResult, error) {
	file, order, err := t.open()
	if err != nil {
		return represent.SparsityResult{}, err
	}
	defer file.Close()
	order = order[:min(t.Count, len(order))]
	r := represent.SparsityResult{Layers: t.Layers, Images: len(order)}
	for _, layer := range t.Layers {
		count, all := 0, 0
		for from := 0; from < len(order); from += countBatch {
			x, _, err := readRows(c.Context(), file, t.File.Path, Array(layer), order[from:min(from+countBatch, len(order))])
			if err != nil {
				return represent.SparsityResult{}, err
			}
			for _, v := range x {
				if v != 0 {
					count++
				}
			}
			all += len(x)
		}
		r.NonZero = append(r.NonZero, float64(count)/float64(all))
	}
	return r, nil
}
