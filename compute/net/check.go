package net

import "fmt"

// length is a vector a caller handed in.
type length struct {
	what       string
	have, want int
}

// lengths stops a call with a vector of the wrong length.
func (t *Trunk) lengths(call string, ls []length) error {
	for _, l := range ls {
		if l.have != l.want {
			return fmt.Errorf("network %s: %s: %s has %d numbers, must have %d", t.arch.Name, call, l.what, l.have, l.want)
		}
	}
	return nil
}

func (t *Trunk) check(call string, x []float32, n int, theta, h []float32) error {
	if n < 1 || n > t.maxBatch {
		return fmt.Errorf("network %s: %s: a batch of %d images; it was made for 1 to %d", t.arch.Name, call, n, t.maxBatch)
	}
	return t.checkAny(call, x, n, theta, h)
}

// checkAny is check for a call that cuts the images into batches itself.
func (t *Trunk) checkAny(call string, x []float32, n int, theta, h []float32) error {
	a := t.arch
	return t.lengths(call, []length{
		{"the input (images × height × width × channels)", len(x), n * a.Height * a.Width * a.Channels},
		{"theta", len(theta), t.NumParams()},
		{"the feature matrix (images × features)", len(h), n * t.Dim()},
	})
}
