package imported

import (
	"fmt"
	"math"

	"lossxfer-report/compute"
	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/objective"
)

// Head holds the logits that a file gives beside its features against those that the
// final layer makes of the features under the objective. If they agree, features, final
// layer and objective belong together, and are understood here as where they were made.
type Head struct {
	File      File // with features and logits
	Final     File
	Objective objective.Spec
	Seed      int `json:"-"`
}

// HeadResult says how well they agree.
type HeadResult struct {
	Images, Classes int
	// Largest is the largest difference of a logit, as a share of one plus the largest
	// logit of the same image.
	Largest float64
}

// Tolerance is how far a given logit may be from the one computed here, as a share of
// one plus the largest absolute logit of its image. Sums of 2,048 products in single
// precision differ by some 1e-6; a head of another form, a forgotten bias or images in
// another order differ by more than a hundredth.
const Tolerance = 1e-3

// Kind is part of compute.Task.
func (Head) Kind() string { return "imported.head" }

// Label names the task for people.
func (h Head) Label() string { return "logits of " + h.File.Path }

// Priority is part of compute.Prioritised.
func (h Head) Priority() int { return h.Seed }

func (h Head) final() Final { return Final{File: h.Final, Network: h.Objective.Label(), Seed: h.Seed} }

// Depend is part of compute.Task.
func (h Head) Depend(d *compute.Deps) { compute.Need(d, h.final()) }

// Run compares all logits, some images at a time.
func (h Head) Run(c *compute.Context) (HeadResult, error) {
	w, err := compute.Get(c, h.final())
	if err != nil {
		return HeadResult{}, err
	}
	file, err := h.File.open()
	if err != nil {
		return HeadResult{}, err
	}
	defer file.Close()
	info, err := file.Info(LogitsArray)
	if err != nil {
		return HeadResult{}, err
	}
	r := HeadResult{Images: info.Shape[0], Classes: w.Classes()}
	const batch = 256
	ours := make([]float32, batch*r.Classes)
	for from := 0; from < r.Images; from += batch {
		rows := make([]int, min(batch, r.Images-from))
		for i := range rows {
			rows[i] = from + i
		}
		x, d, err := readRows(c.Context(), file, h.File.Path, FeaturesArray, rows)
		if err != nil {
			return r, err
		}
		given, k, err := readRows(c.Context(), file, h.File.Path, LogitsArray, rows)
		if err != nil {
			return r, err
		}
		if k != r.Classes {
			return r, &arrays.Error{File: h.File.Path, Array: LogitsArray, Problem: fmt.Sprintf("has %d classes, the final layer %d", k, r.Classes)}
		}
		z := ours[:len(rows)*k]
		if _, err := h.Objective.Logits(z, x, len(rows), d, w.W, w.B, k); err != nil {
			return r, err
		}
		for i := range rows {
			if err := h.compare(&r, from+i, given[i*k:(i+1)*k], z[i*k:(i+1)*k]); err != nil {
				return r, err
			}
		}
		c.Progress(from+len(rows), r.Images)
	}
	return r, nil
}

// compare holds the logits of one image against each other.
func (h Head) compare(r *HeadResult, image int, given, ours []float32) error {
	largest := 0.0
	for _, z := range ours {
		largest = max(largest, math.Abs(float64(z)))
	}
	for k, z := range ours {
		off := math.Abs(float64(given[k])-float64(z)) / (1 + largest)
		if off > Tolerance {
			return &arrays.Error{
				File: h.File.Path, Array: LogitsArray,
				Problem: fmt.Sprintf("the logit of class %d of image %d is %v; features and final layer (%s) give %v under %s", k, image, given[k], h.Final.Path, z, h.Objective.Label()),
				Mend:    "check the objective's hyper-parameters in the manifest, and that features, final layer and logits are of the same network and images; or leave the logits out, they are computed here",
			}
		}
		r.Largest = max(r.Largest, off)
	}
	return nil
}
