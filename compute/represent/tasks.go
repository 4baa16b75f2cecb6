package represent

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Separation is the class separation of the penultimate features of a data set
// under a trained model, Table 3. The paper takes the pretraining set.
type Separation struct {
	Model train.Model
	Data  data.Source
}

// Kind is part of compute.Task.
func (Separation) Kind() string { return "represent.separation" }

// Label names the task for people.
func (s Separation) Label() string {
	return fmt.Sprintf("class separation of %s under %s seed %d", s.Data, s.Model.Objective.Label(), s.Model.Seed)
}

// Depend is part of compute.Task.
func (s Separation) Depend(d *compute.Deps) { compute.Need(d, train.Features(s)) }

// Run computes the class separation. A model that diverged gives a result that says
// so.
func (s Separation) Run(c *compute.Context) (SeparationResult, error) {
	f, err := compute.Get(c, train.Features(s))
	if err != nil {
		return SeparationResult{}, err
	}
	if f.Diverged != "" {
		return SeparationResult{Diverged: f.Diverged}, nil
	}
	return ClassSeparation(f.H, f.N, f.D, f.Labels)
}

// Distances is the distribution of cosine distances between the penultimate
// features of a data set under a trained model, Figure 4.
type Distances struct {
	Model train.Model
	Data  data.Source
	// Examples bounds how many are compared, from the start of the set, where any
	// prefix is balanced; 0 = all. The paper has 10,000 training examples.
	Examples  int
	Points    int     // of the curves; 0 = DefaultPoints
	Bandwidth float64 // of the kernel, in cosine distance; 0 = DefaultBandwidth
}

// Kind is part of compute.Task.
func (Distances) Kind() string { return "represent.distances" }

// Label names the task for people.
func (t Distances) Label() string {
	return fmt.Sprintf("cosine distances of %s under %s seed %d", t.Data, t.Model.Objective.Label(), t.Model.Seed)
}

// Depend is part of compute.Task.
func (t Distances) Depend(d *compute.Deps) {
	compute.Need(d, train.Features{Model: t.Model, Data: t.Data})
}

// Run computes the densities. A model that diverged gives a result that says so.
func (t Distances) Run(c *compute.Context) (DistancesResult, error) {
	f, err := compute.Get(c, train.Features{Model: t.Model, Data: t.Data})
	if err != nil {
		return DistancesResult{}, err
	}
	if f.Diverged != "" {
		return DistancesResult{Diverged: f.Diverged}, nil
	}
	n := f.N
	if t.Examples > 0 {
		n = min(n, t.Examples)
	}
	return CosineDistances(f.H[:n*f.D], n, f.D, f.Labels[:n], t.Points, t.Bandwidth)
}
