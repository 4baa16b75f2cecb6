package imported

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/train"
)

// Final is the final layer of a network that was trained elsewhere; it takes the place
// of train.Model. The weights it gives have a final layer and nothing else: no trunk, no
// training curve, no checkpoints.
type Final struct {
	File    File
	Network string `json:"-"` // for people: "softmax seed 1"
	Seed    int    `json:"-"`
}

// Kind is part of compute.Task.
func (Final) Kind() string { return "imported.final" }

// Transient is part of compute.Transient: the file is the store.
func (Final) Transient() bool { return true }

// Label names the task for people.
func (f Final) Label() string { return "final layer of " + f.Network }

// Priority is part of compute.Prioritised.
func (f Final) Priority() int { return f.Seed }

// Depend is part of compute.Task.
func (Final) Depend(*compute.Deps) {}

// Run reads the layer.
func (f Final) Run(*compute.Context) (train.Weights, error) {
	file, err := f.File.open()
	if err != nil {
		return train.Weights{}, err
	}
	defer file.Close()
	held := Held{}
	if held.Arrays, err = file.held(); err != nil {
		return train.Weights{}, err
	}
	layer, err := held.FinalLayer(f.File.Path)
	if err != nil {
		return train.Weights{}, err
	}
	w, _, err := file.Float32(layer.Array)
	if err != nil {
		return train.Weights{}, err
	}
	b, _, err := file.Float32(BiasArray)
	if err != nil {
		return train.Weights{}, err
	}
	for _, name := range []string{layer.Array, BiasArray} {
		if err := file.Finite(name); err != nil {
			return train.Weights{}, err
		}
	}
	if layer.Array == LinearArray {
		w = transposed(w, layer.Classes, layer.Features)
	}
	return train.Weights{W: w, B: b}, nil
}

// transposed turns rows×columns into columns×rows.
func transposed(x []float32, rows, columns int) []float32 {
	out := make([]float32, len(x))
	for i := range rows {
		for j, v := range x[i*columns : (i+1)*columns] {
			out[j*rows+i] = v
		}
	}
	return out
}

// Layer is the shape of a final layer, and the name of the array of its weights.
type Layer struct {
	Array             string
	Features, Classes int
}

// FinalLayer says what final layer a file holds. The name of the weights says which of
// their sides is the classes: shapes cannot, where there are as many classes as features.
func (h Held) FinalLayer(path string) (Layer, error) {
	bad := func(array, mend, format string, args ...any) (Layer, error) {
		return Layer{}, &arrays.Error{File: path, Array: array, Problem: fmt.Sprintf(format, args...), Mend: mend}
	}
	const names = WeightsArray + " [features, classes], " + LinearArray + " [classes, features] (PyTorch) and " + KernelArray + " [features, classes] (Keras)"
	var found []string
	for _, name := range []string{WeightsArray, LinearArray, KernelArray} {
		if _, ok := h.Arrays[name]; ok {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return bad(WeightsArray, "write the weights of the final layer under one of the names "+names, "is not in the file")
	case 2, 3:
		return bad(found[1], "leave one of the two out", "is in the file and %s too", found[0])
	}
	l := Layer{Array: found[0]}
	w, b := h.Arrays[l.Array].Shape, h.Arrays[BiasArray]
	if len(w) != 2 || w[0] < 1 || w[1] < 2 && l.Array != LinearArray {
		return bad(l.Array, "write the weights of the final layer, "+names, "has shape %v", w)
	}
	l.Features, l.Classes = w[0], w[1]
	if l.Array == LinearArray {
		l.Features, l.Classes = w[1], w[0]
	}
	switch {
	case b.DType == "":
		return bad(BiasArray, "write one number for each class; zeros if the layer has no bias", "is not in the file")
	case len(b.Shape) != 1 || b.Shape[0] != l.Classes:
		mend := "write one number for each class"
		if len(b.Shape) == 1 && b.Shape[0] == l.Features && l.Array != LinearArray {
			mend = "if the weights are [classes, features], as PyTorch's Linear has them, name them " + LinearArray
		} else if len(b.Shape) == 1 && b.Shape[0] == l.Features {
			mend = "if the weights are [features, classes], name them " + WeightsArray
		}
		return bad(BiasArray, mend, "has shape %v where %s has %d classes", b.Shape, l.Array, l.Classes)
	}
	return l, nil
}
