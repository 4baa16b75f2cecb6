package report

import (
	"reflect"
	"testing"
)

// tried is a setting with the accuracies of its networks; a negative one diverged.
func tried(h Hyper, top1 ...float64) SearchPoint {
	p := SearchPoint{Hyper: h}
	for i, v := range top1 {
		r := SearchRun{Seed: 101 + i, Top1: &v}
		if v < 0 {
			r = SearchRun{Seed: 101 + i, Diverged: "the loss is NaN"}
		}
		p.Runs = append(p.Runs, r)
	}
	return p
}

func TestChooseSetting(t *testing.T) {
	tau := func(v float64, top1 ...float64) SearchPoint { return tried(Hyper{Tau: v}, top1...) }
	for _, c := range []struct {
		name   string
		points []SearchPoint
		want   int
	}{
		{"highest mean", []SearchPoint{tau(1, 0.9, 0.1), tau(2, 0.6, 0.6), tau(3, 0.5, 0.5)}, 1},
		{"first of equals", []SearchPoint{tau(1, 0.5, 0.25), tau(2, 0.5, 0.5), tau(3, 0.25, 0.75)}, 1},
		{"one run diverged", []SearchPoint{tau(1, 0.9, -1), tau(2, 0.1, 0.1)}, 1},
		{"zero is an accuracy", []SearchPoint{tau(1, -1, -1), tau(2, 0, 0)}, 1},
		{"all diverged", []SearchPoint{tau(1, -1), tau(2, -1)}, -1},
		{"nothing", nil, -1},
	} {
		if got := ChooseSetting(c.points); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestExtension(t *testing.T) {
	one := SearchObjective{
		Grid:  HyperGrid{Tau: []float64{0.1, 0.2, 0.3}},
		Below: HyperGrid{Tau: []float64{0.01, 0.05}}, Above: HyperGrid{Tau: []float64{0.4}},
	}
	several := SearchObjective{
		Grid:  HyperGrid{Kappa: []float64{3, 9}, M: []float64{5, 10, 20}, ClipNorm: []float64{5}},
		Below: HyperGrid{Kappa: []float64{1}, M: []float64{2}}, Above: HyperGrid{Kappa: []float64{15}, M: []float64{40}, ClipNorm: []float64{7}},
	}
	for _, c := range []struct {
		space  SearchObjective
		chosen Hyper
		want   []Hyper
	}{
		{one, Hyper{Tau: 0.2}, nil},
		{one, Hyper{Tau: 0.1}, []Hyper{{Tau: 0.01}, {Tau: 0.05}}},
		{one, Hyper{Tau: 0.3}, []Hyper{{Tau: 0.4}}},
		{several, Hyper{Kappa: 9, M: 10, ClipNorm: 5}, []Hyper{{Kappa: 15, M: 10, ClipNorm: 5}}},
		{several, Hyper{Kappa: 3, M: 20, ClipNorm: 5}, []Hyper{{Kappa: 1, M: 20, ClipNorm: 5}, {Kappa: 3, M: 40, ClipNorm: 5}}},
	} {
		if got := c.space.Extension(c.chosen); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %v, want %v", c.chosen, got, c.want)
		}
	}
}

// A choice at the border of all that was tried is named; a value that was held is no
// border.
func TestBorders(t *testing.T) {
	var points []SearchPoint
	for _, k := range []float64{3, 9} {
		for _, m := range []float64{5, 10, 20} {
			points = append(points, tried(Hyper{Kappa: k, M: m, ClipNorm: 5}, 0.5))
		}
	}
	if got := Borders(points, Hyper{Kappa: 9, M: 10, ClipNorm: 5}); !reflect.DeepEqual(got, []string{"kappa"}) {
		t.Errorf("%v", got)
	}
	points = append(points, tried(Hyper{Kappa: 15, M: 10, ClipNorm: 5}, 0.4))
	if got := Borders(points, Hyper{Kappa: 9, M: 10, ClipNorm: 5}); got != nil {
		t.Errorf("after a higher value was tried: %v", got)
	}
}
