package sections

import (
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
)

// Exported is the networks of an objective, or of a temperature of Table 4, under the
// name that stands for {objective} in the files of a source.
type Exported struct {
	Name  string
	Seeds int // that the preset has
	Model func(seed int) train.Model
}

// Exported lists the networks that can be written for use elsewhere: those of Table 1
// and those of Table 4.
func (s *Study) Exported() []Exported {
	var all []Exported
	for _, o := range s.Manifest.Objectives {
		all = append(all, Exported{o.ID, s.Preset.Seeds, func(seed int) train.Model { return s.Model(o, seed) }})
	}
	for _, t := range s.Manifest.Temperatures.Rows {
		spec, _ := s.temperature(t)
		all = append(all, Exported{TemperatureFolder(spec), s.Preset.TemperatureSeeds, func(seed int) train.Model { return s.AtTemperature(t, seed) }})
	}
	return all
}

// ExportedSets are the data sets whose features are written: the splits of pretraining,
// whose logits are written too, and those of the downstream tasks.
func (s *Study) ExportedSets() (pretraining, downstream []data.Source) {
	for _, split := range []string{data.Train, data.Validation, data.Test} {
		pretraining = append(pretraining, s.Pretraining(split))
	}
	for _, t := range s.Tasks {
		downstream = append(downstream, t.Train, t.Validation, t.Test)
	}
	return pretraining, downstream
}

// ExportedImages are the images on which the activations of layers are written.
func (s *Study) ExportedImages() represent.Images {
	return (&Ask{Study: s}).similarityImages()
}

// LayerNames are the layers of the study's network, first to last.
func (s *Study) LayerNames() ([]string, error) {
	layers, err := s.layers()
	var names []string
	for _, l := range layers {
		names = append(names, l.Name)
	}
	return names, err
}
