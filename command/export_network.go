package command

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/imported"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
	"lossxfer-report/sections"
)

// exported is one network that is written, with what is written of it.
type exported struct {
	name    string
	model   train.Model
	weights compute.Ref[train.Weights]
	sets    []exportedSet
	images  represent.Images // whose activations are written
	set     compute.Ref[*data.Set]
}

// exportedSet is a data set under a network.
type exportedSet struct {
	source   data.Source
	features compute.Ref[train.FeatureMatrix]
	logits   *compute.Ref[predict.LogitMatrix] // of the classes of pretraining
}

// planExport asks for the networks. Features, logits and images are transient: they are
// made when they are written.
func planExport(p *compute.Plan, s *sections.Study, networks []sections.Exported) []exported {
	pretraining, downstream := s.ExportedSets()
	images := s.ExportedImages()
	var all []exported
	for _, n := range networks {
		for seed := 1; seed <= n.Seeds; seed++ {
			m := n.Model(seed)
			e := exported{name: n.Name, model: m, weights: compute.Need(p, m), images: images, set: compute.Need(p, images.Data)}
			for _, src := range pretraining {
				logits := compute.Need(p, predict.Logits{Model: m, Data: src})
				e.sets = append(e.sets, exportedSet{src, compute.Need(p, train.Features{Model: m, Data: src}), &logits})
			}
			for _, src := range downstream {
				e.sets = append(e.sets, exportedSet{src, compute.Need(p, train.Features{Model: m, Data: src}), nil})
			}
			all = append(all, e)
		}
	}
	return all
}

// write writes the files of the network and returns how many they are: none if it
// diverged.
func (e exported) write(ctx context.Context, r *compute.Results, to string) (files int, err error) {
	w, err := compute.Value(r, e.weights)
	if err != nil || w.Diverged != "" {
		return 0, err
	}
	dir, err := folder(to, e.name, e.model.Seed)
	if err != nil {
		return 0, err
	}
	put := func(name string, all []arrays.Named, about string) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return
		}
		meta := map[string]string{"network": fmt.Sprintf("%s, seed %d", e.model.Objective.Label(), e.model.Seed), "about": about}
		err = cache.Replace(filepath.Join(dir, name+".safetensors"), func(out io.Writer) error {
			return arrays.WriteSafetensors(out, all, meta)
		})
		files++
	}
	d, k := len(w.W)/w.Classes(), w.Classes()
	put("final", []arrays.Named{
		{Name: imported.WeightsArray, Shape: []int{d, k}, Floats: w.W},
		{Name: imported.BiasArray, Shape: []int{k}, Floats: w.B},
	}, "final layer; weights are features × classes")
	trunk, trunkErr := trunkArrays(e.model.Arch, w)
	if trunkErr != nil {
		return files, trunkErr
	}
	put("trunk", trunk, "parameters of the network below the final layer; convolutions are height × width × in × out")
	for _, s := range e.sets {
		if err != nil {
			return files, err
		}
		all, setErr := s.arrays(r)
		if setErr != nil {
			return files, setErr
		}
		put(s.source.Name+"-"+s.source.Split, all, s.source.String())
	}
	if err != nil {
		return files, err
	}
	all, err := e.activations(r, w)
	if err != nil {
		return files, err
	}
	src := e.images.Data
	put(src.Name+"-"+src.Split+"-activations", all, fmt.Sprintf("activations of the first images of %s, height × width × channels", src))
	return files, err
}

// arrays are what is written of a data set.
func (s exportedSet) arrays(r *compute.Results) ([]arrays.Named, error) {
	f, err := compute.Value(r, s.features)
	if err != nil {
		return nil, err
	}
	all := []arrays.Named{
		{Name: imported.FeaturesArray, Shape: []int{f.N, f.D}, Floats: f.H},
		labelArray(f.Labels),
	}
	if s.logits != nil {
		z, err := compute.Value(r, *s.logits)
		if err != nil {
			return nil, err
		}
		all = append(all, arrays.Named{Name: imported.LogitsArray, Shape: []int{z.N, z.Classes}, Floats: z.Z})
	}
	return all, nil
}

func labelArray(labels []int) arrays.Named {
	wide := make([]int64, len(labels))
	for i, y := range labels {
		wide[i] = int64(y)
	}
	return arrays.Named{Name: imported.LabelsArray, Shape: []int{len(labels)}, Ints: wide}
}

// activations are the layers of the network on the images that layers are compared on.
func (e exported) activations(r *compute.Results, w train.Weights) ([]arrays.Named, error) {
	set, err := compute.Value(r, e.set)
	if err != nil {
		return nil, err
	}
	n := min(e.images.Count, set.Len())
	layers, values, err := represent.Activations(e.model.Arch, w, set, n)
	if err != nil {
		return nil, err
	}
	all := []arrays.Named{labelArray(set.Labels[:n])}
	for i, l := range layers {
		shape := []int{n, l.Units}
		if l.Side > 1 {
			shape = []int{n, l.Side, l.Side, l.Units / (l.Side * l.Side)}
		}
		all = append(all, arrays.Named{Name: imported.Array(l.Name), Shape: shape, Floats: values[i]})
	}
	return all, nil
}

// trunkArrays are the parameters below the final layer by name, and the running
// statistics of all normalised channels.
func trunkArrays(a net.Arch, w train.Weights) ([]arrays.Named, error) {
	t, err := net.New(a, 1)
	if err != nil {
		return nil, err
	}
	if len(w.Theta) != t.NumParams() {
		return nil, fmt.Errorf("weights of %d parameters are not of network %s, which has %d", len(w.Theta), a.Name, t.NumParams())
	}
	var all []arrays.Named
	for _, p := range t.Params() {
		all = append(all, arrays.Named{Name: p.Name, Shape: p.Shape, Floats: w.Theta[p.Offset : p.Offset+p.Len]})
	}
	return append(all, arrays.Named{Name: "running_statistics", Shape: []int{len(w.Stats)}, Floats: w.Stats}), nil
}
