package external

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/data"
)

// write fills the folder that the command gets.
func (e *exchange) write(folder string) error {
	text, err := json.MarshalIndent(e.specify(), "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, specFile), append(text, '\n'), 0o666); err != nil {
		return err
	}
	for split, set := range map[string]*data.Set{data.Train: e.set, data.Validation: e.validation} {
		if set == nil {
			continue
		}
		if err := writeSplit(folder, filesOf(split, set.Len()), set); err != nil {
			return err
		}
	}
	var initial []arrays.Named
	for _, p := range e.parameters {
		initial = append(initial, arrays.Named{Name: p.Name, Shape: p.Shape, Floats: e.initial.of(p)})
	}
	return create(filepath.Join(folder, initialFile), func(w io.Writer) error {
		return arrays.WriteSafetensors(w, initial, nil)
	})
}

// writeSplit writes images and labels as NumPy does.
func writeSplit(folder string, files splitOf, set *data.Set) error {
	images := arrays.Named{Shape: []int{set.Len(), set.H, set.W, set.C}, Bytes: set.Pixels}
	labels := arrays.Named{Shape: []int{set.Len()}, Ints: make([]int64, set.Len())}
	for i, l := range set.Labels {
		labels.Ints[i] = int64(l)
	}
	err := create(filepath.Join(folder, files.Images), func(w io.Writer) error { return arrays.WriteNPY(w, images) })
	if err != nil {
		return err
	}
	return create(filepath.Join(folder, files.Labels), func(w io.Writer) error { return arrays.WriteNPY(w, labels) })
}

func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
