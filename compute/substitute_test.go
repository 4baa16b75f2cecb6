package compute

import (
	"errors"
	"strings"
	"testing"

	"lossxfer-report/cache"
)

// imported is another way to what a job comes to.
type imported struct{ File string }

func (imported) Kind() string                            { return "test.imported" }
func (imported) Depend(*Deps)                            {}
func (i imported) Run(*Context) (string, error)          { return "file " + i.File, nil }
func (imported) Label() string                           { return "imported" }
func replace(p *Plan, f func(job) (Task[string], error)) { Substitute(p, f) }

func TestSubstituteGivesItsResultToWhoeverNeedsTheTask(t *testing.T) {
	leaf := job{ID: "leaf"}
	top := job{ID: "top", On: []job{leaf, {ID: "other"}}}
	plan := func(file string) (*Plan, Ref[string], Ref[string]) {
		p := NewPlan(FixedCode("1"))
		if file != "" {
			replace(p, func(j job) (Task[string], error) {
				if j.ID == "leaf" {
					return imported{file}, nil
				}
				return nil, nil
			})
		}
		return p, Need(p, top), Need(p, leaf)
	}
	p, ref, direct := plan("a")
	r, err := (Pool{}).Run(t.Context(), p, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Value(r, ref); err != nil || got != "top(file a other())" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Value(r, direct); err != nil || got != "file a" {
		t.Errorf("asked for itself: %q, %v", got, err)
	}
	if p.Len() != 3 {
		t.Errorf("%d tasks, want 3: the task that was replaced is not to run", p.Len())
	}
	_, other, _ := plan("b")
	_, none, _ := plan("")
	if ref.node.key == other.node.key || ref.node.key == none.node.key {
		t.Error("the key of a task does not change with what takes the place of its dependency")
	}
	if q := p.Restrict(map[cache.Key]bool{ref.node.key: true}); q.Len() != 3 {
		t.Errorf("restricted: %d tasks", q.Len())
	}
}

func TestUnavailableReachesEverythingAbove(t *testing.T) {
	leaf := job{ID: "leaf"}
	p := NewPlan(FixedCode("1"))
	replace(p, func(j job) (Task[string], error) {
		if j.ID == "leaf" {
			return nil, &Unavailable{Reason: "the source has no leaf"}
		}
		return nil, nil
	})
	refs := []Ref[string]{
		Need(p, leaf),
		Need(p, job{ID: "middle", On: []job{leaf}, Light: true}),
		Need(p, job{ID: "top", On: []job{{ID: "fine"}, {ID: "middle", On: []job{leaf}, Light: true}}}),
	}
	fine := Need(p, job{ID: "fine"})
	took()
	r, err := (Pool{}).Run(t.Context(), p, cache.NewMemory(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, ref := range refs {
		_, err := Value(r, ref)
		var u *Unavailable
		if !errors.As(err, &u) || u.Label != "leaf" || u.Reason != "the source has no leaf" {
			t.Errorf("%d: %v", i, err)
		}
		if b := r.Behind([]Asked{ref.Asked()}); len(b) != 0 {
			t.Errorf("%d: %d tasks behind it", i, len(b))
		}
	}
	if got, err := Value(r, fine); err != nil || got != "fine()" {
		t.Errorf("%q, %v", got, err)
	}
	if ran := took(); len(ran) != 1 {
		t.Errorf("ran %v, want only what can be had", ran)
	}
	if _, err := (Pool{}).Run(t.Context(), p.Restrict(nil), cache.NewMemory(), nil); err != nil {
		t.Error(err)
	}
}

func TestSubstituteReportsMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		f    func(job) (Task[string], error)
		want string
	}{
		"error":         {func(job) (Task[string], error) { return nil, errors.New("no such file") }, "leaf: no such file"},
		"itself":        {func(j job) (Task[string], error) { return j, nil }, "depends on itself"},
		"what it needs": {func(j job) (Task[string], error) { return ranked{job{ID: "new", On: []job{j}}}, nil }, "depends on itself"},
	} {
		p := NewPlan(FixedCode("1"))
		replace(p, c.f)
		Need(p, job{ID: "leaf"})
		if err := p.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
