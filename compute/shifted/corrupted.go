package shifted

import (
	"context"
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/corrupt"
	"lossxfer-report/compute/data"
)

// Corrupted is a set under one corruption at all severities. It is transient: made
// once for all networks of a run, a corruption at a time, so that no more is in memory
// than the executor has room for.
type Corrupted struct {
	Data       data.Source // grey images
	Corruption string      // one of corrupt.Names
}

// Kind is part of compute.Task.
func (Corrupted) Kind() string { return "shifted.corrupted" }

// Transient is part of compute.Transient.
func (Corrupted) Transient() bool { return true }

// Label names the task for people.
func (t Corrupted) Label() string { return t.Corruption + " on " + t.Data.String() }

// Depend is part of compute.Task.
func (t Corrupted) Depend(d *compute.Deps) { compute.Need(d, t.Data) }

// Run corrupts every image.
func (t Corrupted) Run(c *compute.Context) (*data.Set, error) {
	clean, err := compute.Get(c, t.Data)
	if err != nil {
		return nil, err
	}
	return Corrupt(c.Context(), clean, t.Corruption)
}

// Corrupt returns the images of a set under a corruption: all of them at severity 1,
// then all at severity 2, and so on. What is random depends on the corruption, the
// severity and the number of the image alone.
func Corrupt(ctx context.Context, clean *data.Set, corruption string) (*data.Set, error) {
	if clean.C != 1 {
		return nil, fmt.Errorf("%s: %d channels, only grey images can be corrupted", clean.Name, clean.C)
	}
	out := &data.Set{
		Name: clean.Name + "/" + corruption, H: clean.H, W: clean.W, C: 1, Classes: clean.Classes, Norm: clean.Norm,
		Pixels: make([]uint8, corrupt.Severities*len(clean.Pixels)), Labels: make([]int, 0, corrupt.Severities*clean.Len()),
	}
	for severity := 1; severity <= corrupt.Severities; severity++ {
		for i, class := range clean.Labels {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			out.Labels = append(out.Labels, class)
			dst := out.Image(len(out.Labels) - 1)
			if err := corrupt.Apply(corruption, severity, dst, clean.Image(i), clean.H, clean.W, corrupt.Stream(corruption, severity, i)); err != nil {
				return nil, fmt.Errorf("image %d of %s: %w", i, clean.Name, err)
			}
		}
	}
	return out, nil
}
