package sections

import (
	"path/filepath"
	"strconv"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/imported"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/represent"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// sourced reports whether the networks of the study were trained elsewhere.
func (s *Study) sourced() bool { return s.imports != nil }

// Sourced says what a study whose networks were trained elsewhere found of their files,
// after its items have been planned; ok is false for a study that trains.
func (s *Study) Sourced() (found Found, ok bool) {
	if s.imports == nil {
		return Found{}, false
	}
	return s.imports.state(), true
}

// Remember has the files of networks trained elsewhere looked up in a ledger before they
// are read. Call it before the items are planned.
func (s *Study) Remember(ledger *imported.Ledger) {
	if s.imports != nil {
		s.imports.ledger = ledger
	}
}

// importing makes the study one of networks trained elsewhere.
func (s *Study) importing(from report.Source) {
	s.imports = &imports{
		Source: from, study: s, ledger: imported.OpenLedger(""), folder: filepath.Join(s.Manifest.Dir, filepath.FromSlash(from.Path)),
		names: map[network]string{}, looked: map[string]*lookedAt{}, labels: map[string]labelled{}, missing: map[string]bool{},
	}
	for _, o := range s.Manifest.Objectives {
		s.imports.names[network{s.Spec(o), s.clip(o)}] = o.ID
	}
	for _, t := range s.Manifest.Temperatures.Rows {
		spec, clip := s.temperature(t)
		id := network{spec, clip}
		if _, ok := s.imports.names[id]; !ok {
			s.imports.names[id] = TemperatureFolder(spec)
		}
	}
}

// TemperatureFolder is what stands for {objective} in the files of a network of Table 4.
func TemperatureFolder(s objective.Spec) string {
	return s.Name + "-tau-" + strconv.FormatFloat(s.Tau, 'g', -1, 64)
}

// sourceModel stands for a network that was trained elsewhere. Of a training run it has
// what tells networks apart.
func (s *Study) sourceModel(spec objective.Spec, clip float64, seed int) train.Model {
	m := train.Model{Data: data.Source{Name: s.Preset.Pretraining.Classes, Split: data.Train}, Objective: spec, Seed: seed}
	m.Schedule.ClipNorm = clip
	if s.arch != glyphnet {
		m.Arch = net.Arch{Name: s.arch}
	}
	return m
}

// sourceTasks are the downstream tasks of a study whose features come from files. How
// many images and classes they have, the files say.
func (s *Study) sourceTasks() []data.Task {
	var tasks []data.Task
	for _, d := range s.Manifest.Downstream {
		split := func(name string) data.Source { return data.Source{Name: d.ID, Split: name} }
		tasks = append(tasks, data.Task{
			ID: d.ID, Label: d.Label, Measure: d.Measure,
			Train: split(data.Train), Validation: split(data.Validation), Test: split(data.Test),
		})
	}
	return tasks
}

// noTask stands for a downstream task that no source has: with labels of which an image
// may have several.
var noTask = data.Task{ID: "none", Train: data.Source{Name: "none", Split: data.Train}, Validation: data.Source{Name: "none", Split: data.Validation}, Test: data.Source{Name: "none", Split: data.Test}}

// classes is the number of classes of a data set, 0 if no file says it.
func (s *Study) classes(src data.Source) int {
	if s.imports == nil {
		return src.Classes()
	}
	_, classes := s.imports.sizeOf(src)
	return classes
}

// images is the number of images of a data set, 0 if no file says it.
func (s *Study) images(src data.Source) int {
	if s.imports == nil {
		return src.Len()
	}
	n, _ := s.imports.sizeOf(src)
	return n
}

// layers are the layers of the study's network that are looked at.
func (s *Study) layers() ([]represent.Layer, error) {
	if s.imports == nil || s.arch != glyphnet {
		return represent.Layers(s.Arch())
	}
	var all []represent.Layer
	for _, name := range s.imports.Layers {
		all = append(all, represent.Layer{Name: name})
	}
	return append(all, represent.Layer{Name: represent.PenultimateLayer}), nil
}

// network is what tells the networks of a source apart, beside their seeds. Clipping
// gradients counts because Table 4 clips those of an objective that Table 1 does not.
type network struct {
	spec objective.Spec
	clip float64
}

// Found is what there is of the files of a source.
type Found struct {
	Source  report.Source
	Folder  string
	Files   int      // that were asked for and are there
	Missing []string // that were asked for and are not, in order of first use
	// Err is the first file that cannot be used.
	Err error
}
