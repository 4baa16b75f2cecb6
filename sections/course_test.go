package sections

import (
	"slices"
	"strings"
	"testing"

	"lossxfer-report/compute"
)

// courseWith is a course with given values, one list per network; −1 stands for none.
func courseWith(passes []int, networks ...[]float64) course {
	return courseOf(passes, func(pass int) Measure {
		k := slices.Index(passes, pass)
		var m Measure
		for i, values := range networks {
			m = append(m, Sample{Seed: i + 1, Read: func(*compute.Results) (float64, error) {
				if values[k] < 0 {
					return 0, missing("diverged")
				}
				return values[k], nil
			}})
		}
		return m
	})
}

func readAll(t *testing.T, m Measure) []float64 {
	t.Helper()
	var out []float64
	for _, s := range m {
		v, err := s.Read(nil)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func TestCourse(t *testing.T) {
	c := courseWith([]int{1, 2, 4, 7, 20},
		[]float64{1, 5, 3, 2, 4},
		[]float64{1, 2, 6, 9, 8},
		[]float64{1, 4, 3, 3, 9})
	for name, got := range map[string]struct {
		m    Measure
		want []float64
	}{
		"peak":      {c.peak(), []float64{5, 9, 9}},
		"peak pass": {c.peakPass(), []float64{2, 7, 20}},
		"before":    {c.before(), []float64{5, 9, 4}},
		"end":       {c.end(), []float64{4, 8, 9}},
		// The others of network 1 are highest together after pass 7, of network 2 after
		// pass 2, of network 3 after pass 7.
		"early peak": {c.earlyPeak(), []float64{2, 2, 3}},
		"near 22%":   {c.near(0.22), []float64{3, 6, 3}},
		"near all":   {c.near(1), []float64{4, 8, 9}},
	} {
		if v := readAll(t, got.m); !slices.Equal(v, got.want) {
			t.Errorf("%s: %v, want %v", name, v, got.want)
		}
	}
	// The end is not in the first half, however high it is.
	alone := courseWith([]int{1, 4, 8}, []float64{2, 3, 9})
	if v := readAll(t, alone.earlyPeak()); v[0] != 3 {
		t.Errorf("a network by itself: %v", v)
	}
	if p := courseWith([]int{1, 2, 4}, []float64{1, 3, 2}, []float64{1, 2, 2}).points(nil); p[0].Marked || !p[1].Marked || p[2].Marked || p[1].X != 2 || p[1].Y != 2.5 {
		t.Errorf("points %+v", p)
	}
	// A curve that is not whole yet has no highest point.
	if p := courseWith([]int{1, 2, 4}, []float64{1, 3, -1}).points(nil); len(p) != 2 || p[1].Marked {
		t.Errorf("points without the end: %+v", p)
	}
}

// Where a network lacks a value after one pass, what is found from all passes is missing.
func TestCourseWithoutAValue(t *testing.T) {
	c := courseWith([]int{1, 2, 4}, []float64{1, -1, 3}, []float64{1, 2, 3})
	if _, err := c.peak()[0].Read(nil); err == nil {
		t.Error("the highest of two out of three values is taken for the peak")
	}
	if _, err := c.earlyPeak()[1].Read(nil); err == nil {
		t.Error("a pass is chosen by networks that lack a value")
	}
	if v := readAll(t, c.peak()[1:]); v[0] != 3 {
		t.Errorf("the other network: %v", v)
	}
	single := courseWith([]int{5}, []float64{1})
	if _, err := single.before()[0].Read(nil); err == nil {
		t.Error("a value before the end, where there is no checkpoint")
	}
	if _, err := single.earlyPeak()[0].Read(nil); err == nil {
		t.Error("an early peak, where there is no checkpoint")
	}
}

// Only networks of the first seeds are watched, every item asks for those, and a pass
// without a checkpoint is an error that names those that have one.
func TestWatchedNetworks(t *testing.T) {
	m := manifest(t)
	s, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	o := m.Objectives[0]
	last := s.Preset.Curves.Seeds
	if w, other := s.Model(o, last), s.Model(o, last+1); w.Monitor == 0 || w.Checkpoints == 0 || other.Monitor != 0 || other.Checkpoints != 0 {
		t.Errorf("seed %d: %+v, seed %d: %+v", last, w, last+1, other)
	}
	for _, pass := range s.Passes() {
		if err := s.after(s.Model(o, 1), pass).Validate(); err != nil {
			t.Errorf("after pass %d: %v", pass, err)
		}
	}
	if s.after(s.Model(o, 1), s.Preset.Schedule.Passes) != s.Model(o, 1) {
		t.Error("the end of training is not the network itself")
	}
	for i := range m.Presets {
		if m.Presets[i].ID == "quick" {
			m.Presets[i].Dynamics.Passes = []int{5}
		}
	}
	if _, err := NewStudy(m, "quick"); err == nil || !strings.Contains(err.Error(), "dynamics.passes has 5") || !strings.Contains(err.Error(), "[1 2 3 4 7 12]") {
		t.Errorf("a pass without a checkpoint: %v", err)
	}
}
