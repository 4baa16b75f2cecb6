package shifted

import (
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
)

// Mistakes is which images of a pool a reference network gets wrong. The pool is
// rendered in parts and thrown away, so that it can be large; what is stored are
// numbers.
type Mistakes struct {
	Reference train.Model
	Pool      data.Source // a generated set
}

// MistakeList is numbers of images, rising.
type MistakeList struct {
	Images   []int
	N        int    // images in the pool
	Diverged string `json:",omitempty"` // why there is no list: the reference's Weights.Diverged
}

// Kind is part of compute.Task.
func (Mistakes) Kind() string { return "shifted.mistakes" }

// Label names the task for people.
func (t Mistakes) Label() string { return label("mistakes", t.Reference, t.Pool.String()) }

// Depend is part of compute.Task. The pool is no dependency: it is never whole.
func (t Mistakes) Depend(d *compute.Deps) { compute.Need(d, t.Reference) }

// poolPart is how many images of the pool are there at a time.
const poolPart = 1024

// Run goes over the pool. A reference that diverged gives a result that says so.
func (t Mistakes) Run(c *compute.Context) (MistakeList, error) {
	w, err := compute.Get(c, t.Reference)
	if err != nil {
		return MistakeList{}, err
	}
	if w.Diverged != "" {
		return MistakeList{Diverged: w.Diverged}, nil
	}
	out := MistakeList{Images: []int{}, N: t.Pool.Len()}
	part := make([]int, 0, poolPart)
	for from := 0; from < out.N; from += poolPart {
		part = part[:0]
		for i := from; i < min(from+poolPart, out.N); i++ {
			part = append(part, i)
		}
		set, err := t.Pool.Pick(c.Context(), part)
		if err != nil {
			return MistakeList{}, err
		}
		given, err := answers(c.Context(), t.Reference, w, set)
		if err != nil {
			return MistakeList{}, err
		}
		for i, k := range given {
			if k != set.Labels[i] {
				out.Images = append(out.Images, part[i])
			}
		}
		c.Progress(from+len(part), out.N)
	}
	return out, nil
}
