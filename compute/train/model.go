// Package train is training a network under an objective as a task of a plan,
// and what is computed directly from the trained weights: features and accuracy.
package train

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
)

// Model is one training run. The initial weights, the order of the images and
// their augmentation depend on Seed alone (and on the sizes of things), never on
// the objective, so two objectives can be compared seed by seed. A run is
// single-threaded and gives the same bits wherever and beside whatever it runs.
type Model struct {
	Arch      net.Arch
	Data      data.Source // training set
	Objective objective.Spec
	Seed      int // from 1
	Schedule  Schedule
	// Monitor is how many images per class of the validation split the network is
	// tried on after every pass (Epoch.ValidationTop1); 0 = it is not.
	Monitor int `json:",omitempty"`
	// Checkpoints is after how many passes the weights are kept, see
	// CheckpointPasses.
	Checkpoints int `json:",omitempty"`
	// At makes the model a view: the network as it was after that pass, one of
	// CheckpointPasses, read from the weights of the Model with At 0. Whatever takes
	// a Model can so be asked about a checkpoint.
	At int `json:",omitempty"`
}

// Kind is part of compute.Task.
func (Model) Kind() string { return "train.model" }

// Transient is part of compute.Transient: a run is stored, a view of one is not.
func (m Model) Transient() bool { return m.At != 0 }

// Label names the run for people: "train Softmax seed 1".
func (m Model) Label() string {
	if m.At != 0 {
		return m.network()
	}
	return "train " + m.network()
}

// network names the trained network for people: "Softmax seed 1 after pass 3".
func (m Model) network() string {
	s := fmt.Sprintf("%s seed %d", m.Objective.Label(), m.Seed)
	if m.At != 0 {
		s += fmt.Sprintf(" after pass %d", m.At)
	}
	return s
}

// Priority makes seed 1 of everything run before seed 2 of anything.
func (m Model) Priority() int { return m.Seed }

// ImageSteps is the number of images the run takes forward and backward.
func (m Model) ImageSteps() int64 {
	if m.Schedule.Batch < 1 || m.At != 0 {
		return 0
	}
	return int64(m.Schedule.Passes) * int64(m.Schedule.StepsPerPass(m.Data.Len())*m.Schedule.Batch)
}

// Depend is part of compute.Task: a run needs its training set and the images it is
// monitored on, a view its run.
func (m Model) Depend(d *compute.Deps) {
	if m.At != 0 {
		compute.Need(d, m.whole())
		return
	}
	compute.Need(d, m.Data)
	if m.Monitor > 0 {
		compute.Need(d, m.monitored())
	}
}

// Validate reports the first setting that cannot work, before any data is made.
func (m Model) Validate() error {
	if m.Seed < 1 {
		return fmt.Errorf("seed %d: seeds count from 1", m.Seed)
	}
	if err := m.Arch.Validate(); err != nil {
		return err
	}
	if err := m.Objective.Validate(); err != nil {
		return err
	}
	if err := m.Schedule.Validate(); err != nil {
		return err
	}
	if err := m.Data.Validate(); err != nil {
		return err
	}
	return m.checkpoints()
}

// Run trains the model, or reads a checkpoint of it. A run that diverges is a
// result, see Weights.Diverged.
func (m Model) Run(c *compute.Context) (Weights, error) {
	if err := m.Validate(); err != nil {
		return Weights{}, err
	}
	if m.At != 0 {
		w, err := compute.Get(c, m.whole())
		if err != nil {
			return Weights{}, err
		}
		return w.at(m.At)
	}
	set, err := compute.Get(c, m.Data)
	if err != nil {
		return Weights{}, err
	}
	f, err := m.fitting(set)
	if err != nil {
		return Weights{}, err
	}
	var tried *monitor
	if m.Monitor > 0 {
		validation, err := compute.Get(c, m.monitored())
		if err != nil {
			return Weights{}, err
		}
		tried = newMonitor(f.net, m.Objective, validation)
	}
	f.watch(m.CheckpointPasses(), tried)
	return f.fit(c.Context(), c.Progress)
}

// fitting prepares the run on its training set.
func (m Model) fitting(set *data.Set) (*fitting, error) {
	if err := fits(m.Arch, set); err != nil {
		return nil, err
	}
	t, err := net.New(m.Arch, m.Schedule.Batch)
	if err != nil {
		return nil, err
	}
	return newFitting(t, decaying(t.Params()), set, m.Objective, m.Schedule, uint64(m.Seed))
}

// fits reports images that the network does not take.
func fits(a net.Arch, set *data.Set) error {
	if a.Height != set.H || a.Width != set.W || a.Channels != set.C {
		return fmt.Errorf("network %s takes %d×%d×%d images, %s has %d×%d×%d: give the architecture the size of its data",
			a.Name, a.Height, a.Width, a.Channels, set.Name, set.H, set.W, set.C)
	}
	return nil
}

// decaying is the parameters that weight decay applies to, neighbours joined.
func decaying(params []net.Param) []span {
	var spans []span
	for _, p := range params {
		if !p.Decay {
			continue
		}
		if last := len(spans) - 1; last >= 0 && spans[last].to == p.Offset {
			spans[last].to += p.Len
			continue
		}
		spans = append(spans, span{p.Offset, p.Offset + p.Len})
	}
	return spans
}
