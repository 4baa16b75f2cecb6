package shifted

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Robustness is the errors of a trained model under every corruption at every
// severity: one task for all of them, so that there are no more tasks than networks.
type Robustness struct {
	Model train.Model
	Data  data.Source // the images to be corrupted
}

// Kind is part of compute.Task.
func (Robustness) Kind() string { return "shifted.robustness" }

// Label names the task for people.
func (t Robustness) Label() string { return label("robustness", t.Model, t.Data.String()) }

// Depend is part of compute.Task.
func (t Robustness) Depend(d *compute.Deps) {
	compute.Need(d, t.Model)
	compute.Need(d, t.Data)
	for _, name := range corrupt.Names() {
		compute.Need(d, Corrupted{t.Data, name})
	}
}

// Run counts wrong answers. A model that diverged gives a result that says so.
func (t Robustness) Run(c *compute.Context) (Errors, error) {
	w, err := compute.Get(c, t.Model)
	if err != nil {
		return Errors{}, err
	}
	if w.Diverged != "" {
		return Errors{Diverged: w.Diverged}, nil
	}
	clean, err := compute.Get(c, t.Data)
	if err != nil {
		return Errors{}, err
	}
	n := clean.Len()
	out := Errors{N: n, Corruptions: corrupt.Names()}
	given, err := answers(c.Context(), t.Model, w, clean)
	if err != nil {
		return Errors{}, err
	}
	out.Clean = float64(mistakes(given, clean.Labels)) / float64(n)
	for i, name := range out.Corruptions {
		set, err := compute.Get(c, Corrupted{t.Data, name})
		if err != nil {
			return Errors{}, err
		}
		given, err := answers(c.Context(), t.Model, w, set)
		if err != nil {
			return Errors{}, err
		}
		row := make([]float64, corrupt.Severities)
		for s := range row {
			row[s] = float64(mistakes(given[s*n:(s+1)*n], set.Labels[s*n:(s+1)*n])) / float64(n)
		}
		out.Error = append(out.Error, row)
		c.Progress(i+1, len(out.Corruptions))
	}
	return out, nil
}
