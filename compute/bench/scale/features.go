//go:build linux

package main

import (
	"errors"
	"math"
	"os"
	"path/filepath"

	"lossxfer-report/compute/arrays"
	"lossxfer-report/compute/kernel"
	"lossxfer-report/compute/random"
)

// Shape of the networks that make the features.
const (
	latent, hidden = 64, 512
	minibatch      = 256 // images of a minibatch of CKA
)

// learned is how many examples, the first ones, classifiers learn from; the others are
// what they are measured on.
func (s size) learned() int { return s.N / 5 * 4 }

// write makes features that look like those of trained networks: class means and noise
// pushed through two random ReLU layers give non-negative, correlated features whose
// spectrum falls off over decades. It writes x.npy and other.npy (two networks' features
// of the same examples, n×d), labels.npy and weights.npy (a final layer, d×k).
func (s size) write(dir string) error {
	labels := make([]int64, s.N)
	for i := range labels {
		labels[i] = int64(i % s.K)
	}
	means := normal("means", s.K*latent, 0.7)
	z := normal("examples", s.N*latent, 1)
	for i, y := range labels {
		for j := range latent {
			z[i*latent+j] += means[int(y)*latent+j]
		}
	}
	weights := arrays.Named{Shape: []int{s.D, s.K}, Floats: normal("final", s.D*s.K, 0.1)}
	err := errors.Join(
		save(dir, "labels", arrays.Named{Shape: []int{s.N}, Ints: labels}),
		save(dir, "weights", weights),
	)
	for _, name := range []string{"x", "other"} {
		h := layer(name+" first", z, s.N, latent, hidden, 0.3)
		err = errors.Join(err, save(dir, name, arrays.Named{Shape: []int{s.N, s.D}, Floats: layer(name+" second", h, s.N, hidden, s.D, 0.1)}))
	}
	return err
}

func normal(name string, n int, scale float32) []float32 {
	s := random.New("bench/scale " + name)
	out := make([]float32, n)
	for i := range out {
		out[i] = scale * float32(s.Normal())
	}
	return out
}

// layer is n rows of x through random weights, noise and a ReLU.
func layer(name string, x []float32, n, from, to int, noise float32) []float32 {
	out := normal(name+" noise", n*to, noise)
	w := normal(name+" weights", from*to, float32(1/math.Sqrt(float64(from))))
	kernel.Sgemm(false, false, n, to, from, 1, x, from, w, to, 1, out, to)
	for i, v := range out {
		out[i] = max(v, 0)
	}
	return out
}

func save(dir, name string, a arrays.Named) error {
	f, err := os.Create(filepath.Join(dir, name+".npy"))
	if err != nil {
		return err
	}
	return errors.Join(arrays.WriteNPY(f, a), f.Close())
}

// inputs are the arrays in a folder, each read when it is asked for.
type inputs struct {
	size
	dir      string
	labels   []int
	gradient float64 // at which the probe is fitted
}

func open(dir string, gradient float64) (*inputs, error) {
	in := &inputs{dir: dir, gradient: gradient}
	f, err := arrays.Open(filepath.Join(dir, "labels.npy"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	labels, _, err := f.Int64("labels")
	if err != nil {
		return nil, err
	}
	for _, y := range labels {
		in.labels = append(in.labels, int(y))
		in.K = max(in.K, int(y)+1)
	}
	in.N = len(labels)
	return in, nil
}

// floats reads an array and takes its second length for D if it is of features.
func (in *inputs) floats(name string) ([]float32, error) {
	f, err := arrays.Open(filepath.Join(in.dir, name+".npy"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x, shape, err := f.Float32(name)
	if err == nil && shape[0] == in.N {
		in.D = shape[1]
	}
	return x, err
}
