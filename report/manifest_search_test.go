package report

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
)

// Grids go with hyper-parameters by their place in the two types.
func TestGridHasTheHyperparameters(t *testing.T) {
	h, g := reflect.TypeFor[Hyper](), reflect.TypeFor[HyperGrid]()
	if h.NumField() != g.NumField() {
		t.Fatalf("%d hyper-parameters, %d lists of values", h.NumField(), g.NumField())
	}
	for i := range h.NumField() {
		if h.Field(i).Name != g.Field(i).Name || h.Field(i).Tag.Get("toml") != g.Field(i).Tag.Get("toml") {
			t.Errorf("hyper-parameter %s has the list %s", h.Field(i).Name, g.Field(i).Name)
		}
	}
}

func TestSettings(t *testing.T) {
	g := HyperGrid{Kappa: []float64{3, 9}, M: []float64{5, 10}, ClipNorm: []float64{5}}
	want := []Hyper{{Kappa: 3, M: 5, ClipNorm: 5}, {Kappa: 3, M: 10, ClipNorm: 5}, {Kappa: 9, M: 5, ClipNorm: 5}, {Kappa: 9, M: 10, ClipNorm: 5}}
	if got := g.Settings(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	if got := (HyperGrid{}).Settings(); got != nil {
		t.Errorf("a grid of nothing has %v", got)
	}
}

// What differs from the paper says on which day the search was, before any result: the day
// of the record, at presets with words of their own too.
func TestDeviationsHaveTheDayOfTheSearch(t *testing.T) {
	m := program(t)
	for _, preset := range []string{"quick", "cifar"} {
		at, err := m.At(preset)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(New(at, Preset{ID: preset}).Deviations, "\n")
		if !strings.Contains(text, "were searched on "+m.Searched.Date+",") || strings.Contains(text, "{{") {
			t.Errorf("%s: %s", preset, text)
		}
	}
	m.Searched, m.Paper.Deviations = nil, []string{"Searched on " + searchDate + "."}
	if m.describeSearch(); m.Paper.Deviations[0] != "Searched on a day that is not recorded." {
		t.Error(m.Paper.Deviations)
	}
}

// Every objective is searched with the same number of runs.
func TestSameEffort(t *testing.T) {
	m := program(t)
	for _, o := range m.Search.Objectives {
		seeds := o.Seeds
		if seeds == nil {
			seeds = m.Search.Seeds
		}
		if n := len(o.Grid.Settings()) * len(seeds); n != 12 {
			t.Errorf("%s: %d runs, want 12", o.ID, n)
		}
		below, above := o.Below.parameters(), o.Above.parameters()
		for i, p := range o.Grid.parameters() {
			if len(p.values) > 1 && (len(below[i].values) != 2 || len(above[i].values) != 2) {
				t.Errorf("%s: %d values of %s below and %d above the grid, want two each", o.ID, len(below[i].values), p.name, len(above[i].values))
			}
		}
	}
	for _, o := range m.Objectives {
		_, searched := m.Search.objective(o.ID)
		if searched != (len(o.Uses) > 0) {
			t.Errorf("%s: searched is %v with %d hyper-parameters", o.ID, searched, len(o.Uses))
		}
	}
}

// program is the manifest that the program carries.
func program(t testing.TB) *Manifest {
	t.Helper()
	m, err := LoadManifest(os.DirFS(".."), "paper.toml")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBadSearches(t *testing.T) {
	good := programText(t)
	for _, c := range []struct{ name, old, new, want string }{
		{"preset", "[search]\npreset = \"quick\"", "[search]\npreset = \"quik\"", `[search]: unknown preset "quik"; did you mean "quick"?`},
		{"seeds of a preset", "seeds = [101, 102]", "seeds = [1, 102]", `seed 1 is one of the networks of preset "smoke"; take seeds that no item uses`},
		{"no seeds", "seeds = [101, 102]", "seeds = []", `is empty; name at least one seed`},
		{"seed twice", "seeds = [101, 102]", "seeds = [101, 101]", `seed 101 after 101`},
		{"objective", "[[search.objective]]\nid = \"dropout\"", "[[search.objective]]\nid = \"dropuot\"", `unknown objective "dropuot"; did you mean "dropout"?`},
		{"objective twice", "[[search.objective]]\nid = \"dropout\"", "[[search.objective]]\nid = \"label_smoothing\"", `duplicate id "label_smoothing"`},
		{"other parameter", "grid = { keep = [", "grid = { tau = [1], keep = [", `tau is not among the hyper-parameters dropout uses; take it out`},
		{"no values", "grid = { keep = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] }", "grid = { }", `no values for keep, which dropout uses; write keep = […]`},
		{"out of order", "below = { keep = [0.2, 0.3] }", "below = { keep = [0.2, 0.4] }", `in increasing order`},
		{"not positive", "below = { keep = [0.2, 0.3] }", "below = { keep = [0, 0.3] }", `write positive numbers`},
		{"beyond nothing", "below = { keep = [0.2, 0.3] }", "below = { tau = [0.2, 0.3] }", `values of tau beyond a grid that has none`},
		{"not searched", "[[search.objective]]\nid = \"dropout\"\ngrid = { keep = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] }\nbelow = { keep = [0.2, 0.3] }\nabove = { keep = [0.95, 0.98] }\n", "", `objective "dropout" has hyper-parameters and no space to search`},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Errorf("%s: the manifest has no %q", c.name, c.old)
			continue
		}
		_, err := ParseManifest("paper.toml", text, os.DirFS("../published"))
		var bad *ManifestError
		if !errors.As(err, &bad) || bad.Line == 0 || !strings.Contains(bad.Error(), c.want) {
			t.Errorf("%s: error %v, want %q with a line", c.name, err, c.want)
		}
	}
}
