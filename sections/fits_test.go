package sections

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/multilabel"
	"lossxfer-report/compute/probe"
)

// stub gives a result without computing it.
type stub[T any] struct {
	Name string
	Give *T `json:"-"`
}

func (stub[T]) Kind() string                      { return "test.stub" }
func (s stub[T]) Label() string                   { return s.Name }
func (stub[T]) Depend(*compute.Deps)              {}
func (s stub[T]) Run(*compute.Context) (T, error) { return *s.Give, nil }

// fitted is a probe that chose a value of a grid of three.
func fitted(chosen int, final bool, reason string, searched ...bool) probe.LinearResult {
	return probe.LinearResult{
		Selection: probe.Selection{Regularisers: []float64{1, 10, 100}, Converged: searched, Chosen: chosen, Border: chosen != 1},
		Final:     probe.FinalFit{Converged: final, Reason: reason},
	}
}

// A regulariser at a border of its grid and a fit that stopped early are told beside what
// rests on them, counted once however often they are asked for.
func TestFitsAreTold(t *testing.T) {
	results := []probe.LinearResult{
		fitted(0, true, "", true, true, true),
		fitted(1, false, "iteration limit", true, false, true),
		fitted(2, true, "", true, true, true),
		{Diverged: "the loss became NaN"},
	}
	label := multilabel.LabelResult{Selection: multilabel.Selection{Converged: []bool{true, true, false}, Chosen: 2, Border: true}}
	labels := multilabel.Result{Regularisers: []float64{1, 10, 100}, Labels: []multilabel.LabelResult{label}}

	plan := compute.NewPlan(compute.FixedCode("test"))
	a := &Ask{plan: plan, asked: new([]compute.Asked), fits: &fits{}}
	var nothing *compute.Results
	draw := a.fits.noted(func(*compute.Results) (Drawing, error) { return Drawing{}, nil })
	if d, err := draw(nothing); err != nil || len(d.Notes) != 0 {
		t.Errorf("notes %q on no fits, %v", d.Notes, err)
	}
	for i := range results {
		for range 2 {
			need[probe.LinearResult](a, stub[probe.LinearResult]{string(rune('a' + i)), &results[i]})
		}
	}
	need[multilabel.Result](a, stub[multilabel.Result]{"labels", &labels})
	r, err := compute.Pool{Jobs: 1}.Run(context.Background(), plan, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := draw(r)
	want := []string{
		"Regularisers of logistic regression: 3 of 4 chosen at a border of the grid (the smallest value: 1; the largest: 2), where a better value may lie beyond.",
		"4 of 16 fits did not converge, 2 of them fits that are measured on test images (iteration limit: 1).",
	}
	if err != nil || !slices.Equal(d.Notes, want) {
		t.Errorf("%v\n%s", err, strings.Join(d.Notes, "\n"))
	}
}

// Every item that rests on logistic regression is one of which its fits are told, and no
// other: what an item asks for is what the notes count.
func TestFitsOfItemsAreRemembered(t *testing.T) {
	m := manifest(t)
	study, err := NewStudy(m, "quick")
	if err != nil {
		t.Fatal(err)
	}
	p := compute.NewPlan(compute.FixedCode("test"))
	for _, item := range m.Items {
		var asked []compute.Asked
		a := &Ask{Study: study, Item: item, plan: p, asked: &asked, fits: &fits{}}
		registered[item.ID](a)
		want := 0
		for _, b := range p.Behind(asked) {
			if slices.Contains([]string{"probe.linear", "probe.relearn", "multilabel.attributes"}, b.Kind) {
				want++
			}
		}
		if got := len(a.fits.probes) + len(a.fits.labels); got != want {
			t.Errorf("%s rests on %d tasks of logistic regression, %d are told of", item.ID, want, got)
		}
	}
}
