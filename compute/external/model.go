package external

import (
	"fmt"
	"os"
	"path/filepath"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Kind is the kind of the tasks of this package.
const Kind = "external.model"

// Model is one training run, done by a command.
type Model struct {
	Model   train.Model // the run; not a view of one
	Trainer Trainer
	Curve   bool    // the command says how training went, pass by pass
	Runner  *Runner `json:"-"` // where and how the command is run
}

// Kind is part of compute.Task.
func (Model) Kind() string { return Kind }

// Label names the run for people: "train Softmax seed 1 with python3".
func (m Model) Label() string {
	if len(m.Trainer.Command) == 0 {
		return m.Model.Label()
	}
	return m.Model.Label() + " with " + filepath.Base(m.Trainer.Command[0])
}

// Priority makes seed 1 of everything run before seed 2 of anything.
func (m Model) Priority() int { return m.Model.Priority() }

// ImageSteps is the number of images the run is to take forward and backward.
func (m Model) ImageSteps() int64 { return m.Model.ImageSteps() }

// Unrepeatable is part of compute.Unrepeatable: another run may come to other bits.
func (Model) Unrepeatable() bool { return true }

// Depend is part of compute.Task.
func (m Model) Depend(d *compute.Deps) { m.Model.Depend(d) }

// Run has the command train the model. A run that diverged, by the command's own word, is
// a result as it is of train.Model.
func (m Model) Run(c *compute.Context) (train.Weights, error) {
	if err := m.validate(); err != nil {
		return train.Weights{}, err
	}
	set, err := compute.Get(c, m.Model.Data)
	if err != nil {
		return train.Weights{}, err
	}
	e, err := newExchange(m.Model, m.Curve, set)
	if err != nil {
		return train.Weights{}, err
	}
	if m.Model.Monitor > 0 {
		if e.validation, err = compute.Get(c, monitored(m.Model)); err != nil {
			return train.Weights{}, err
		}
	}
	release, err := m.Runner.acquire(c.Context())
	if err != nil {
		return train.Weights{}, err
	}
	defer release()
	return m.exchange(c, e)
}

func (m Model) validate() error {
	if m.Model.At != 0 {
		return fmt.Errorf("pass %d of a run is read from the run itself, not trained", m.Model.At)
	}
	if m.Runner == nil {
		return fmt.Errorf("nothing says where the trainer is to run")
	}
	return m.Model.Validate()
}

// monitored is the images on which the run is followed, as train.Model declares them.
func monitored(m train.Model) data.Source {
	s := m.Data
	s.Split, s.PerClass = data.Validation, m.Monitor
	return s
}

// exchange runs the command on a folder of its own, which is gone afterwards.
func (m Model) exchange(c *compute.Context, e *exchange) (w train.Weights, err error) {
	folder, err := os.MkdirTemp("", "lossxfer-training-")
	if err != nil {
		return w, err
	}
	defer func() {
		if gone := os.RemoveAll(folder); err == nil && gone != nil {
			w, err = train.Weights{}, fmt.Errorf("the folder of the training cannot be removed: %w", gone)
		}
	}()
	if err := e.write(folder); err != nil {
		return w, err
	}
	if err := m.Runner.run(c.Context(), m.Trainer, job{folder: folder, most: e.mostBytes(), progress: c.Progress}); err != nil {
		return w, err
	}
	w, err = e.read(c.Context(), folder)
	if err != nil {
		return train.Weights{}, fmt.Errorf("what %s wrote: %w", m.Trainer, err)
	}
	return w, nil
}
