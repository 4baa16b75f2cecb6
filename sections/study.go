package sections

import (
	"fmt"
	"strconv"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/data/library"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// Study is the manifest at one preset, turned into the specifications of tasks.
// The preset's name and its number of seeds never enter a specification, so two
// presets that ask for the same network share it.
type Study struct {
	Manifest *report.Manifest
	Preset   report.Preset
	Tasks    []data.Task // downstream, in the manifest's order
	arch     string      // of its networks
	stored   map[string]*library.Set
	imports  *imports // nil if it trains its networks itself
}

// glyphnet is the network of the study; Table B.1 and Figure B.1 have a second.
const glyphnet = "glyphnet"

// NewStudy checks that everything the manifest names exists in the program.
func NewStudy(m *report.Manifest, preset string) (*Study, error) {
	p, err := m.Preset(preset)
	if err != nil {
		return nil, err
	}
	if m, err = m.At(preset); err != nil {
		return nil, err
	}
	s := &Study{Manifest: m, Preset: p, arch: glyphnet}
	if from, ok := m.Source(p); ok {
		s.importing(from)
		s.Tasks = s.sourceTasks()
	} else if err := s.findStored(); err != nil {
		return nil, err
	}
	for _, o := range m.Objectives {
		if err := s.Spec(o).Validate(); err != nil {
			return nil, fmt.Errorf("objective %s at preset %s: %w", o.ID, p.ID, err)
		}
	}
	if s.sourced() {
		return s, nil
	}
	for _, d := range m.Downstream {
		t, err := s.task(d)
		if err != nil {
			return nil, fmt.Errorf("downstream task %s: %w", d.ID, err)
		}
		if t.Measure != d.Measure {
			return nil, fmt.Errorf("downstream task %s: its measure is %s, the manifest says %s", d.ID, t.Measure, d.Measure)
		}
		s.Tasks = append(s.Tasks, t)
	}
	for _, source := range []data.Source{s.Pretraining(data.Train), s.Pretraining(data.Validation), s.Pretraining(data.Test)} {
		if err := source.Validate(); err != nil {
			return nil, fmt.Errorf("preset %s: %w", p.ID, err)
		}
	}
	if err := s.checkStored(); err != nil {
		return nil, fmt.Errorf("preset %s: %w", p.ID, err)
	}
	if err := s.checkVariants(); err != nil {
		return nil, fmt.Errorf("preset %s: %w", p.ID, err)
	}
	if err := s.checkClasses(); err != nil {
		return nil, err
	}
	if err := s.checkCurves(); err != nil {
		return nil, err
	}
	if s.set(p.Pretraining.Classes) == nil {
		if err := s.checkShifted(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// transferSize divides the training images of the downstream tasks into those the
// probe is fitted on and those its regulariser is chosen on.
func transferSize(t report.Transfer) data.Count {
	validation := int(float64(float64(t.Train)*t.Validation) + 0.5)
	return data.Count{Train: t.Train - validation, Validation: validation, Test: t.Test}
}

// Arch is the network that every objective trains.
func (s *Study) Arch() net.Arch {
	h, w, c := s.Pretraining(data.Train).Shape()
	return net.Arch{Name: s.arch, Height: h, Width: w, Channels: c, Features: s.Preset.Features}
}

// Spec is an objective with the hyper-parameters of the preset.
func (s *Study) Spec(o report.Objective) objective.Spec {
	h := o.Here[s.Preset.ID]
	return objective.Spec{
		Name: o.ID, Alpha: h.Alpha, Keep: h.Keep, LambdaFinal: h.LambdaFinal, Beta: h.Beta,
		Tau: h.Tau, Kappa: h.Kappa, M: h.M, Scale: h.LossScale,
	}
}

// Pretraining is a split of the images that play ImageNet.
func (s *Study) Pretraining(split string) data.Source {
	p := s.Preset.Pretraining
	n := map[string]int{data.Train: p.PerClass, data.Validation: p.ValidationPerClass, data.Test: p.TestPerClass}
	if set := s.set(p.Classes); set != nil {
		return data.FromLibrary(set, split, n[split], 0)
	}
	return data.Source{Name: p.Classes, Split: split, PerClass: n[split]}
}

// Model is the training run of an objective of the manifest with a seed.
func (s *Study) Model(o report.Objective, seed int) train.Model {
	if s.sourced() {
		return s.sourceModel(s.Spec(o), s.clip(o), seed)
	}
	return s.watched(s.model(s.Spec(o), o.Here[s.Preset.ID].ClipNorm, seed))
}

// AtTemperature is the training run of Table 4's objective at a temperature.
func (s *Study) AtTemperature(t report.Temperature, seed int) train.Model {
	spec, clip := s.temperature(t)
	return s.model(spec, clip, seed)
}

// temperature is the objective at a temperature of Table 4 and the norm that gradients
// are clipped to. Networks of the paper's setting have the paper's own temperatures, and
// their losses were multiplied by them.
func (s *Study) temperature(t report.Temperature) (objective.Spec, float64) {
	sweep := s.Manifest.Temperatures
	o, _ := s.Manifest.Objective(sweep.Objective)
	spec := s.Spec(o)
	spec.Tau, spec.TimesTau = t.Tau, sweep.TimesTau
	if s.Manifest.PaperSetting(s.Preset) {
		if tau, err := strconv.ParseFloat(t.Plays, 64); err == nil {
			spec.Tau, spec.TimesTau = tau, true
		}
	}
	return spec, sweep.ClipNorm
}

func (s *Study) model(spec objective.Spec, clip float64, seed int) train.Model {
	if s.sourced() {
		return s.sourceModel(spec, clip, seed)
	}
	c := s.Preset.Schedule
	return train.Model{
		Arch: s.Arch(), Data: s.Pretraining(data.Train), Objective: spec, Seed: seed,
		Schedule: train.Schedule{
			Passes: c.Passes, Batch: c.Batch, Decay: train.Cosine, LearningRate: c.LearningRate, Momentum: c.Momentum,
			WeightDecay: c.WeightDecay, WarmUp: c.WarmUp, EMA: c.EMA, Shift: c.Shift, Flip: c.Flip, ClipNorm: clip,
		},
	}
}

// Linear is the linear probe of a network on a downstream task.
func (s *Study) Linear(m train.Model, t data.Task) probe.Linear {
	p := s.Preset.Probe
	return probe.Linear{Model: m, Task: t, Regularisers: p.Regularisers, LogLow: p.LogLow, LogHigh: p.LogHigh}
}

// KNN is the nearest-neighbour classifier of a network on a downstream task.
func (s *Study) KNN(m train.Model, t data.Task) probe.KNN {
	k := s.Preset.KNN
	return probe.KNN{Model: m, Task: t, K: k.K, Metric: k.Metric, Weighting: k.Weighting}
}
