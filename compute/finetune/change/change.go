// Package change measures what fine-tuning did to a network, layer by layer
// (Appendix D.4 of the paper, Figure D.3). It is apart from package finetune so that a
// change of the measure retrains nothing.
package change

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/compute/represent"
)

// Similarity is CKA between the layers of a network before fine-tuning (rows) and after
// it (columns), on images of the task.
type Similarity struct {
	Network finetune.Retrained
	Images  represent.Images
}

// Kind is part of compute.Task.
func (Similarity) Kind() string { return "finetune.change" }

// Label names the task for people.
func (t Similarity) Label() string {
	return fmt.Sprintf("CKA of %s before and after fine-tuning on %s", represent.Trained(t.Network.Model), t.Network.Choice.Learn.Train.Name)
}

func (t Similarity) before() represent.GramsOf {
	return represent.GramsOf{Network: represent.Trained(t.Network.Model), Images: t.Images}
}

// Depend is part of compute.Task.
func (t Similarity) Depend(d *compute.Deps) {
	compute.Need(d, t.before())
	compute.Need(d, t.Network)
	compute.Need(d, t.Images.Data)
}

// Run compares. A network that diverged, before or in fine-tuning, gives a result that
// says so.
func (t Similarity) Run(c *compute.Context) (represent.SimilarityResult, error) {
	before, err := compute.Get(c, t.before())
	if err != nil {
		return represent.SimilarityResult{}, err
	}
	w, err := compute.Get(c, t.Network)
	if err != nil || w.Diverged != "" {
		return represent.SimilarityResult{Diverged: w.Diverged}, err
	}
	set, err := compute.Get(c, t.Images.Data)
	if err != nil {
		return represent.SimilarityResult{}, err
	}
	after, err := t.Images.Grams(c.Context(), t.Network.Model.Arch, w.Theta, w.Stats, set)
	if err != nil {
		return represent.SimilarityResult{}, err
	}
	return represent.Compare(before, after)
}
