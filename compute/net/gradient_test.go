package net

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"
)

// sampled is every step-th element of a tensor, and its largest magnitude.
type sampled struct {
	Name   string
	Step   int
	Max    float64
	Values []float64
}

type gradientCase struct {
	Arch              string
	N, Size, Channels int
	Seed              uint32
	Features          sampled
	Params, Stats     []sampled
	Evaluated         sampled
}

// numbers repeats the generator of testdata/make_gradients.py.
type numbers uint32

func (u *numbers) fill(v []float32, scale, shift float64) {
	for i := range v {
		*u = 1664525**u + 1013904223
		v[i] = float32(float64((float64(*u>>8)/(1<<24)-0.5)*scale) + shift)
	}
}

// fillTheta draws parameters as the script does.
func (u *numbers) fillTheta(t *Trunk, theta []float32) {
	for i, p := range t.Params() {
		v := theta[p.Offset : p.Offset+p.Len]
		switch i % 3 {
		case 0:
			fan := p.Shape[0] * p.Shape[1] * p.Shape[2]
			u.fill(v, float64(float32(math.Sqrt(24/float64(fan)))), 0)
		case 1:
			u.fill(v, 1, 1)
		case 2:
			u.fill(v, 1, 0)
		}
	}
}

func readCases(t *testing.T) []gradientCase {
	t.Helper()
	b, err := os.ReadFile("testdata/gradients.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []gradientCase
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// worst returns the largest difference, relative to the tensor's largest value.
func (s sampled) worst(got []float32) float64 {
	w := 0.0
	for i, want := range s.Values {
		d := math.Abs(float64(got[i*s.Step])-want) / s.Max
		if !(d <= w) {
			w = d
		}
	}
	return w
}

func TestStepMatchesPyTorch(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(fmt.Sprintf("%s/%d", c.Arch, c.Size), func(t *testing.T) {
			const limit = 1e-5
			trunk, err := New(Arch{Name: c.Arch, Height: c.Size, Width: c.Size, Channels: c.Channels}, c.N+1)
			if err != nil {
				t.Fatal(err)
			}
			r := numbers(c.Seed)
			theta, dtheta := make([]float32, trunk.NumParams()), make([]float32, trunk.NumParams())
			r.fillTheta(trunk, theta)
			x := make([]float32, c.N*c.Size*c.Size*c.Channels)
			r.fill(x, 2, 0)
			h, dh := make([]float32, c.N*trunk.Dim()), make([]float32, c.N*trunk.Dim())
			if err := trunk.Forward(x, c.N, theta, h); err != nil {
				t.Fatal(err)
			}
			if w := c.Features.worst(h); w > limit {
				t.Errorf("features differ by %.1e", w)
			}
			r.fill(dh, 1, 0)
			if err := trunk.Backward(dh, dtheta); err != nil {
				t.Fatal(err)
			}
			for i, p := range trunk.Params() {
				if p.Name != c.Params[i].Name {
					t.Fatalf("parameter %d is %s, want %s", i, p.Name, c.Params[i].Name)
				}
				if w := c.Params[i].worst(dtheta[p.Offset:]); w > limit {
					t.Errorf("gradient of %s differs by %.1e", p.Name, w)
				}
			}
			stats := make([]float32, trunk.NumStats())
			for _, u := range trunk.units {
				fill(u.vector(stats, u.running), 1)
			}
			trunk.UpdateStats(stats, 0.9)
			for i, u := range trunk.units {
				for j, offset := range []int{u.mean, u.running} {
					if s := c.Stats[2*i+j]; s.worst(stats[offset:]) > limit {
						t.Errorf("running statistics %s differ by %.1e", s.Name, s.worst(stats[offset:]))
					}
				}
			}
			if err := trunk.Features(x, c.N, theta, stats, h); err != nil {
				t.Fatal(err)
			}
			if w := c.Evaluated.worst(h); w > limit {
				t.Errorf("features in evaluation differ by %.1e", w)
			}
		})
	}
}
