//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"lossxfer-report/compute/bench/cputime"
	"lossxfer-report/compute/probe"
	"lossxfer-report/compute/represent"
)

// analysis is what is measured: read returns the work, for which its arrays are read.
type analysis struct {
	name, peer string
	read       func(in *inputs) (func() (float64, string, error), error)
}

// regulariser is the only one with which the probe is fitted.
const regulariser = 1e-1

var analyses = []analysis{
	{"separation", "NumPy", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		return func() (float64, string, error) {
			r, err := represent.ClassSeparation(x, in.N, in.D, in.labels)
			return r.R2, "R²", err
		}, err
	}},
	{"neighbours", "scikit-learn", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		return func() (float64, string, error) {
			known, test := in.split(x)
			x = nil
			found, err := probe.Neighbours(known.X, known.N, known.D, known.Labels, in.K, test.X, test.N, probe.Voting{})
			if err != nil {
				return 0, "", err
			}
			accuracy, err := probe.Accuracy(found, test.Labels, in.K, probe.Top1)
			return accuracy, fmt.Sprintf("accuracy of %d queries", test.N), err
		}, err
	}},
	{"probe", "SciPy and scikit-learn", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		return func() (float64, string, error) {
			known, test := in.split(x)
			x = nil
			fit, err := probe.FitLogistic(known.X, known.N, known.D, known.Labels, in.K, regulariser, nil, probe.Tolerances{Gradient: in.gradient})
			if err != nil {
				return 0, "", err
			}
			accuracy, err := probe.Accuracy(fit.Predict(test.X, test.N), test.Labels, in.K, probe.Top1)
			return accuracy, fmt.Sprintf("accuracy, f %.9g, gradient %.1e after %d evaluations %s", fit.Objective, fit.Gradient, fit.Evaluations, fit.Reason), err
		}, err
	}},
	{"cka", "NumPy", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		if err != nil {
			return nil, err
		}
		other, err := in.floats("other")
		return func() (float64, string, error) {
			var grams [2]*represent.Grams
			for i, h := range [][]float32{x, other} {
				g, err := represent.NewGrams([]string{"penultimate"}, minibatch)
				if err != nil {
					return 0, "", err
				}
				for at := 0; at+minibatch <= in.N; at += minibatch {
					if err := g.Add([][]float32{h[at*in.D : (at+minibatch)*in.D]}); err != nil {
						return 0, "", err
					}
				}
				grams[i] = g
			}
			v, err := represent.CKA(grams[0], grams[1])
			if err != nil {
				return 0, "", err
			}
			return *v[0][0], fmt.Sprintf("in minibatches of %d", minibatch), nil
		}, err
	}},
	{"collapse", "NumPy", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		if err != nil {
			return nil, err
		}
		w, err := in.floats("weights")
		return func() (float64, string, error) {
			c, err := represent.NeuralCollapse(x, in.N, in.D, in.labels, w, in.K, false)
			return c.Within, fmt.Sprintf("NC1, rank %d, angles %.8g, duality %.8g", c.Rank, c.AnglesMeans, c.SelfDuality), err
		}, err
	}},
	{"spectra", "NumPy", func(in *inputs) (func() (float64, string, error), error) {
		x, err := in.floats("x")
		if err != nil {
			return nil, err
		}
		w, err := in.floats("weights")
		return func() (float64, string, error) {
			g, err := represent.Geometry(x, in.N, in.D, in.labels, w, in.K, false)
			if err != nil {
				return 0, "", err
			}
			return g.Features[len(g.Features)/2], "the middle singular value over the largest", nil
		}, err
	}},
}

// split divides examples into those learned from and those measured on.
func (in *inputs) split(x []float32) (known, test probe.Examples) {
	m := in.learned()
	return probe.Widen(x[:m*in.D], m, in.D, in.labels[:m]), probe.Widen(x[m*in.D:], in.N-m, in.D, in.labels[m:])
}

// runChild runs one analysis and prints its outcome.
func runChild(name, dir string, gradient float64) error {
	in, err := open(dir, gradient)
	if err != nil {
		return err
	}
	for _, a := range analyses {
		if a.name != name {
			continue
		}
		work, err := a.read(in)
		if err != nil {
			return err
		}
		start, began := cputime.Process(), time.Now()
		value, note, err := work()
		if err != nil {
			return err
		}
		o := outcome{Seconds: (cputime.Process() - start).Seconds(), Elapsed: time.Since(began).Seconds(), Value: value, Note: note}
		if o.Peak, err = peakMemory(); err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(o)
	}
	return fmt.Errorf("no analysis %q", name)
}
