package represent

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Layout is what the tasks on features and final layer share: the network, and the
// images its features are of.
type Layout struct {
	Model train.Model
	Data  data.Source
}

func (l Layout) label(what string) string {
	return fmt.Sprintf("%s of %s under %s seed %d", what, l.Data, l.Model.Objective.Label(), l.Model.Seed)
}

func (l Layout) depend(d *compute.Deps) {
	compute.Need(d, train.Features(l))
	compute.Need(d, l.Model)
}

// read returns the features and the final layer; a model that diverged has neither and
// says so in both.
func (l Layout) read(c *compute.Context) (f train.FeatureMatrix, w train.Weights, err error) {
	if f, err = compute.Get(c, train.Features(l)); err != nil {
		return f, w, err
	}
	w, err = compute.Get(c, l.Model)
	return f, w, err
}

// unitWeights says whether the objective divides the weights of each class by their
// norm, so that the norms mean nothing.
func (l Layout) unitWeights() bool { return l.Model.Objective.Cosine() }

// NC is neural collapse as a task, Table E.2.
type NC struct{ Layout }

// Kind is part of compute.Task.
func (NC) Kind() string { return "represent.collapse" }

// Label names the task for people.
func (t NC) Label() string { return t.label("neural collapse") }

// Depend is part of compute.Task.
func (t NC) Depend(d *compute.Deps) { t.depend(d) }

// Run computes the measures. A model that diverged gives a result that says so.
func (t NC) Run(c *compute.Context) (Collapse, error) {
	f, w, err := t.read(c)
	if err != nil || f.Diverged != "" {
		return Collapse{Diverged: f.Diverged}, err
	}
	return NeuralCollapse(f.H, f.N, f.D, f.Labels, w.W, w.Classes(), t.unitWeights())
}

// ByDistance is class separation under three distances as a task, Table E.1.
type ByDistance struct{ Layout }

// Kind is part of compute.Task.
func (ByDistance) Kind() string { return "represent.separations" }

// Label names the task for people.
func (t ByDistance) Label() string { return t.label("class separation by distance") }

// Depend is part of compute.Task.
func (t ByDistance) Depend(d *compute.Deps) { compute.Need(d, train.Features(t.Layout)) }

// Run computes the indices. A model that diverged gives a result that says so.
func (t ByDistance) Run(c *compute.Context) (SeparationsResult, error) {
	f, err := compute.Get(c, train.Features(t.Layout))
	if err != nil || f.Diverged != "" {
		return SeparationsResult{Diverged: f.Diverged}, err
	}
	return Separations(f.H, f.N, f.D, f.Labels)
}

// AVH is angular visual hardness as a task, Figure E.1.
type AVH struct{ Layout }

// Kind is part of compute.Task.
func (AVH) Kind() string { return "represent.hardness" }

// Label names the task for people.
func (t AVH) Label() string { return t.label("angular visual hardness") }

// Depend is part of compute.Task.
func (t AVH) Depend(d *compute.Deps) { t.depend(d) }

// Run computes the density. A model that diverged gives a result that says so.
func (t AVH) Run(c *compute.Context) (HardnessResult, error) {
	f, w, err := t.read(c)
	if err != nil || f.Diverged != "" {
		return HardnessResult{Diverged: f.Diverged}, err
	}
	return Hardness(f.H, f.N, f.D, f.Labels, w.W, w.Classes())
}

// Spectra is singular values and angles between classes as a task, Figures E.2, E.3.
type Spectra struct{ Layout }

// Kind is part of compute.Task.
func (Spectra) Kind() string { return "represent.geometry" }

// Label names the task for people.
func (t Spectra) Label() string { return t.label("singular values") }

// Depend is part of compute.Task.
func (t Spectra) Depend(d *compute.Deps) { t.depend(d) }

// Run computes them. A model that diverged gives a result that says so.
func (t Spectra) Run(c *compute.Context) (GeometryResult, error) {
	f, w, err := t.read(c)
	if err != nil || f.Diverged != "" {
		return GeometryResult{Diverged: f.Diverged}, err
	}
	return Geometry(f.H, f.N, f.D, f.Labels, w.W, w.Classes(), t.unitWeights())
}

// Equations is the identities of Appendix E on real features, as a task.
type Equations struct {
	Layout
	// Rounds is how many images of each class take part: pairs of all of them are
	// compared one by one. 0 = 1.
	Rounds int
}

// Kind is part of compute.Task.
func (Equations) Kind() string { return "represent.identities" }

// Label names the task for people.
func (t Equations) Label() string { return t.label("identities of Appendix E") }

// Depend is part of compute.Task.
func (t Equations) Depend(d *compute.Deps) { compute.Need(d, train.Features(t.Layout)) }

// Run computes both sides. A model that diverged gives a result that says so.
func (t Equations) Run(c *compute.Context) (IdentitiesResult, error) {
	f, err := compute.Get(c, train.Features(t.Layout))
	if err != nil || f.Diverged != "" {
		return IdentitiesResult{Diverged: f.Diverged}, err
	}
	n := min(f.N, max(t.Rounds, 1)*f.Classes)
	return Identities(f.H[:n*f.D], n, f.D, f.Labels[:n])
}
