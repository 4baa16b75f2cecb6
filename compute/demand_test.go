package compute

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"lossxfer-report/cache"
)

// digested is a transient result that knows the digest of its bytes.
type digested struct{ B byte }

func (d digested) Digest() [32]byte { return [32]byte{d.B} }

type set struct{ B byte }

func (set) Kind() string                     { return "test.set" }
func (set) Transient() bool                  { return true }
func (set) Depend(*Deps)                     {}
func (s set) Run(*Context) (digested, error) { return digested(s), nil }

type user struct{ Set set }

func (user) Kind() string     { return "test.user" }
func (u user) Depend(d *Deps) { Need(d, u.Set) }
func (u user) Run(c *Context) (byte, error) {
	s, err := Get(c, u.Set)
	return s.B, err
}

// The byte digest of a generated data set goes into the entries made from it.
func TestDigestOfATransientResultIsRecorded(t *testing.T) {
	store := cache.NewMemory()
	p := NewPlan(FixedCode("1"))
	ref := Need(p, user{set{7}})
	if _, err := (Pool{}).Run(t.Context(), p, store, nil); err != nil {
		t.Fatal(err)
	}
	e, err := store.Get(ref.node.key)
	want := []cache.Dep{{Key: ref.node.deps[0].key, Digest: cache.Digest{7}}}
	if err != nil || !reflect.DeepEqual(e.Deps, want) {
		t.Errorf("deps %v, %v; want %v", e.Deps, err, want)
	}
}

// demanded sets up that a run finds out late that it needs a result which is gone:
// top was made from a, which is gone and comes to other bytes when new needs it, and
// from b, which is gone too.
func demanded(t *testing.T, b func(*Context, job) (string, error)) (*Results, []Ref[string], error) {
	behave(t, nil)
	one, two := job{ID: "a"}, job{ID: "b"}
	top := job{ID: "top", On: []job{one, two}}
	store := cache.NewMemory()
	_, refs := mustRun(t, store, top, one, two)
	store.Reject(entryOf(t, store, refs[1]))
	store.Reject(entryOf(t, store, refs[2]))
	behave(t, map[string]func(*Context, job) (string, error){
		"a": func(*Context, job) (string, error) { return "A", nil },
		"b": b,
	})
	p, refs := planOf(t, top, job{ID: "new", On: []job{one}})
	r, err := Pool{Jobs: 2, KeepGoing: true}.Run(t.Context(), p, store, nil)
	return r, refs, err
}

func TestResultThatIsFoundToBeNeededLate(t *testing.T) {
	r, refs, err := demanded(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, r, refs[0], "top(A b())")
	wantValue(t, r, refs[1], "new(A)")
	if got := tookSorted(); got != "a b new top" {
		t.Errorf("ran %s", got)
	}

	no := errors.New("no")
	r, refs, err = demanded(t, func(*Context, job) (string, error) { return "", no })
	var te *TaskError
	if !errors.Is(err, no) {
		t.Errorf("run: %v", err)
	}
	if _, err := Value(r, refs[0]); !errors.As(err, &te) || te.Label != "top" || !errors.As(te.Err, &te) || te.Label != "b" {
		t.Errorf("value: %v", err)
	}
	wantValue(t, r, refs[1], "new(A)")
}

// What a run did not need is still there for who asks.
func TestValueOfWhatWasNotNeeded(t *testing.T) {
	behave(t, nil)
	store := cache.NewMemory()
	top := job{ID: "top", On: []job{{ID: "leaf"}}}
	mustRun(t, store, top)
	r, refs := mustRun(t, store, top)
	leaf := Ref[string]{refs[0].node.deps[0]}
	wantValue(t, r, leaf, "leaf()")
	store.Reject(entryOf(t, store, leaf))
	r, refs = mustRun(t, store, top)
	var not *NotRun
	if _, err := Value(r, Ref[string]{refs[0].node.deps[0]}); !errors.As(err, &not) {
		t.Errorf("value of what is gone: %v", err)
	}
	if _, err := Value(r, Ref[string]{}); err == nil {
		t.Error("the zero Ref has a value")
	}
	p, later := planOf(t, job{ID: "later"})
	_ = p
	if _, err := Value(r, later[0]); !errors.As(err, &not) {
		t.Errorf("value of another plan's task: %v", err)
	}
}

// A drawn item names what it rests on, and says the same of it cold and warm.
func TestBehind(t *testing.T) {
	behave(t, failing(errors.New("no")))
	leaf := job{ID: "leaf"}
	light := job{ID: "light", Light: true, On: []job{leaf}}
	store := cache.NewMemory()
	var was []Behind
	for range 2 {
		p, refs := planOf(t, job{ID: "top", On: []job{light}}, job{ID: "bad"})
		asked := []Asked{refs[0].Asked(), refs[1].Asked(), refs[0].Asked()}
		r, err := Pool{Jobs: 1, KeepGoing: true}.Run(context.Background(), p, store, nil)
		if err == nil {
			t.Fatal("bad did not fail")
		}
		got := r.Behind(asked)
		if was == nil {
			was = got
		}
		if len(got) != 3 || !reflect.DeepEqual(got, was) || len(p.Behind(asked)) != 3 {
			t.Fatalf("behind: %+v\nwas %+v", got, was)
		}
		for _, b := range got {
			var spec struct{ ID string }
			err := json.Unmarshal(b.Spec, &spec)
			if b.Label == "top" && !strings.Contains(string(b.Spec), `["test.job:`) {
				t.Errorf("leaf is written out: %s", b.Spec)
			}
			if bad := b.Label == "bad"; err != nil || spec.ID != b.Label || b.Done == bad || b.Failed != bad {
				t.Errorf("%+v, %v", b, err)
			}
		}
		if len(p.CodeDigest()) != 64 || p.CodeDigest() == NewPlan(FixedCode("1")).CodeDigest() {
			t.Errorf("code digest %q", p.CodeDigest())
		}
	}
}
