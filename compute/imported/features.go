package imported

import (
	"context"
	"fmt"
	"slices"

	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/train"
)

// Features is the penultimate features of a data set that were computed elsewhere; it
// takes the place of train.Features. Like that it is transient: the file is the store.
type Features struct {
	File File
	// Classes is the number of classes of the data set; some may have no image here.
	Classes int
	// PerClass is how many images of each class are taken at most, the first in the
	// file; 0 is all. Images come in rounds of one per class whatever the file's order.
	PerClass int
	// Head is the check of the file's own logits, the zero value if it has none.
	Head Head

	Set  string `json:"-"` // for people: "greek/test under softmax seed 1"
	Seed int    `json:"-"` // of the network: the first seed of everything is read first
}

// Kind is part of compute.Task.
func (Features) Kind() string { return "imported.features" }

// Transient is part of compute.Transient.
func (Features) Transient() bool { return true }

// Label names the task for people.
func (f Features) Label() string { return "features of " + f.Set }

// Priority is part of compute.Prioritised.
func (f Features) Priority() int { return f.Seed }

// Depend is part of compute.Task.
func (f Features) Depend(d *compute.Deps) {
	if f.Head != (Head{}) {
		compute.Need(d, f.Head)
	}
}

// Run reads the features.
func (f Features) Run(c *compute.Context) (train.FeatureMatrix, error) {
	file, err := f.File.open()
	if err != nil {
		return train.FeatureMatrix{}, err
	}
	defer file.Close()
	labels, err := readLabels(file, f.File.Path)
	if err != nil {
		return train.FeatureMatrix{}, err
	}
	order := inRounds(labels, f.PerClass)
	h, d, err := readRows(c.Context(), file, f.File.Path, FeaturesArray, order)
	if err != nil {
		return train.FeatureMatrix{}, err
	}
	m := train.FeatureMatrix{N: len(order), D: d, H: h, Labels: make([]int, len(order)), Classes: f.Classes}
	for i, at := range order {
		m.Labels[i] = labels[at]
	}
	for i := range m.N {
		if !slices.ContainsFunc(h[i*d:(i+1)*d], func(v float32) bool { return v != 0 }) {
			m.Zero++
		}
	}
	return m, nil
}

// readRows reads rows of an array, as many numbers each as the lengths after the first
// make. A number that is not finite is an error. The file is read from front to back,
// whatever the order asked for: that is fast on any disk, and the only fast way in a
// compressed archive.
func readRows(ctx context.Context, file *container, path, name string, order []int) (rows []float32, width int, err error) {
	info, err := file.Info(name)
	if err != nil {
		return nil, 0, err
	}
	if len(info.Shape) < 2 {
		return nil, 0, &arrays.Error{File: path, Array: name, Problem: fmt.Sprintf("has shape %v", info.Shape), Mend: "write one row for each image"}
	}
	width = 1
	for _, n := range info.Shape[1:] {
		width *= n
	}
	rows = make([]float32, len(order)*width)
	back := make([]int, len(order)) // places in order, from the front of the file to its back
	for i := range back {
		back[i] = i
	}
	slices.SortFunc(back, func(a, b int) int { return order[a] - order[b] })
	for k := 0; k < len(back); {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		n := 1 // rows that lie together in the file and in the result
		for k+n < len(back) && n < 1024 && back[k+n] == back[k]+n && order[back[k+n]] == order[back[k]]+n {
			n++
		}
		at, from := back[k], order[back[k]]
		part := rows[at*width : (at+n)*width]
		if err := file.Rows(name, from, from+n, part); err != nil {
			return nil, 0, err
		}
		for j, v := range part {
			if v-v != 0 {
				return nil, 0, &arrays.Error{
					File: path, Array: name, Problem: fmt.Sprintf("number %d of image %d is not finite", j%width, from+j/width),
					Mend: "the network may have diverged, or the array was not filled: extract it again, or leave the network out",
				}
			}
		}
		k += n
	}
	return rows, width, nil
}
