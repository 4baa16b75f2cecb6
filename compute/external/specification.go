package external

import (
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/objective"
)

// Format names the version of what goes through the folder.
const Format = "lossxfer-report training 1"

// Names of the files of the folder.
const (
	specFile    = "spec.json"
	initialFile = "initial.safetensors"
	outputFile  = "trained.safetensors"
)

// specification is spec.json.
type specification struct {
	Format    string        `json:"format"`
	Label     string        `json:"label"` // for people
	Network   networkSpec   `json:"network"`
	Objective objectiveSpec `json:"objective"`
	Schedule  scheduleSpec  `json:"schedule"`
	Seed      int           `json:"seed"`
	Images    imagesSpec    `json:"images"`
	// Curve says whether the curve of the training is wanted, Checkpoints after which passes the network is.
	Curve       bool   `json:"curve"`
	Checkpoints []int  `json:"checkpoints"`
	Check       int    `json:"check"` // how many training images check.logits may be of
	Initial     string `json:"initial"`
	Output      string `json:"output"`
}

type networkSpec struct {
	Architecture string      `json:"architecture"`
	Height       int         `json:"height"`
	Width        int         `json:"width"`
	Channels     int         `json:"channels"`
	Features     int         `json:"features"`
	Classes      int         `json:"classes"`
	Epsilon      float64     `json:"batch_norm_epsilon"`
	Parameters   []parameter `json:"parameters"`
}

// objectiveSpec is an objective.Spec under the names of paper.toml.
type objectiveSpec struct {
	Name        string  `json:"name"`
	Label       string  `json:"label"`
	Equation    int     `json:"equation,omitempty"` // of the paper; none for a combination
	Alpha       float64 `json:"alpha,omitempty"`
	Keep        float64 `json:"keep,omitempty"`
	LambdaFinal float64 `json:"lambda_final,omitempty"`
	Beta        float64 `json:"beta,omitempty"`
	Tau         float64 `json:"tau,omitempty"`
	Kappa       float64 `json:"kappa,omitempty"`
	M           float64 `json:"m,omitempty"`
	Scale       float64 `json:"loss_scale,omitempty"`
	TimesTau    bool    `json:"times_tau,omitempty"`
	With        string  `json:"with,omitempty"`
	WithTau     float64 `json:"with_tau,omitempty"`
}

// scheduleSpec is a train.Schedule, with zeros written.
type scheduleSpec struct {
	Passes       int     `json:"passes"`
	Batch        int     `json:"batch"`
	StepsPerPass int     `json:"steps_per_pass"`
	LearningRate float64 `json:"learning_rate"`
	Momentum     float64 `json:"momentum"`
	WeightDecay  float64 `json:"weight_decay"`
	WarmUp       float64 `json:"warm_up"`
	Decay        string  `json:"decay"`
	DecayPerPass float64 `json:"decay_per_pass"`
	ClipNorm     float64 `json:"clip_norm"`
	EMA          float64 `json:"ema"`
	Shift        int     `json:"shift"`
	Flip         bool    `json:"flip"`
	Augment      string  `json:"augment"`
	Mixup        float64 `json:"mixup"`
}

// imagesSpec says where the images are and how a network sees them: (p/255 - mean)/std.
type imagesSpec struct {
	Name       string   `json:"name"`
	Classes    []string `json:"classes"`
	Mean       float32  `json:"mean"`
	Std        float32  `json:"std"`
	Train      splitOf  `json:"train"`
	Validation *splitOf `json:"validation,omitempty"`
}

// splitOf is the files of a split: uint8 images × height × width × channels, and int64 class indices.
type splitOf struct {
	Images string `json:"images"`
	Labels string `json:"labels"`
	Count  int    `json:"count"`
}

// specify writes a run down.
func (e *exchange) specify() specification {
	m, s, o := e.model, e.model.Schedule, e.model.Objective
	spec := specification{
		Format: Format, Label: o.Label(), Seed: m.Seed, Curve: e.curve, Checkpoints: m.CheckpointPasses(),
		Check: min(checked, e.set.Len()), Initial: initialFile, Output: outputFile,
		Network: networkSpec{
			Architecture: m.Arch.Name, Height: m.Arch.Height, Width: m.Arch.Width, Channels: m.Arch.Channels,
			Features: e.features, Classes: e.classes, Epsilon: kernel.Epsilon, Parameters: e.parameters,
		},
		Objective: specifyObjective(o),
		Schedule: scheduleSpec{
			s.Passes, s.Batch, s.StepsPerPass(e.set.Len()), s.LearningRate, s.Momentum, s.WeightDecay, s.WarmUp, s.Decay, s.DecayPerPass,
			s.ClipNorm, s.EMA, s.Shift, s.Flip, s.Augment, s.Mixup,
		},
		Images: imagesSpec{
			Name: e.set.Name, Classes: e.set.Classes, Mean: e.set.Norm.Mean, Std: e.set.Norm.Std,
			Train: filesOf(data.Train, e.set.Len()),
		},
	}
	if e.validation != nil {
		v := filesOf(data.Validation, e.validation.Len())
		spec.Images.Validation = &v
	}
	return spec
}

func filesOf(split string, n int) splitOf {
	return splitOf{split + ".images.npy", split + ".labels.npy", n}
}

func specifyObjective(o objective.Spec) objectiveSpec {
	return objectiveSpec{
		o.Name, o.Label(), o.Equation(), o.Alpha, o.Keep, o.LambdaFinal, o.Beta, o.Tau, o.Kappa, o.M, o.Scale, o.TimesTau, o.With, o.WithTau,
	}
}
