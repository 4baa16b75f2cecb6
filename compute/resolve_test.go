package compute

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"lossxfer-report/cache"
)

// counting is a store that counts what is asked of it.
type counting struct {
	cache.Store
	gets, reads, puts atomic.Int64
}

func (c *counting) Get(k cache.Key) (cache.Entry, error) { c.gets.Add(1); return c.Store.Get(k) }
func (c *counting) Read(e cache.Entry) ([]byte, error)   { c.reads.Add(1); return c.Store.Read(e) }
func (c *counting) Put(e cache.Entry, b []byte) (cache.Entry, error) {
	c.puts.Add(1)
	return c.Store.Put(e, b)
}

// A build with nothing to do reads one entry per task and no blob.
func TestNoOpReadsEntriesOnly(t *testing.T) {
	store := &counting{Store: cache.NewMemory()}
	for range 2 {
		store.gets.Store(0)
		store.reads.Store(0)
		store.puts.Store(0)
		if _, err := (Pool{}).Run(t.Context(), wide(100), store, nil); err != nil {
			t.Fatal(err)
		}
	}
	if g, r, p := store.gets.Load(), store.reads.Load(), store.puts.Load(); g != 100 || r != 0 || p != 0 {
		t.Errorf("%d gets, %d reads, %d puts", g, r, p)
	}
}

// folder is a store in a folder whose files a test can get at.
func folder(t *testing.T) (*cache.FS, func(cache.Digest) string) {
	t.Helper()
	dir := t.TempDir()
	s, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(d cache.Digest) string {
		return filepath.Join(dir, "blobs", d.String()[:2], d.String())
	}
}

func entryOf(t *testing.T, s cache.Store, ref Ref[string]) cache.Entry {
	t.Helper()
	e, err := s.Get(ref.node.key)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// spoil changes one bit of a file, which is read-only.
func spoil(t *testing.T, name string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 4
	if err := errors.Join(os.Chmod(name, 0o644), os.WriteFile(name, b, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestEntrySaysWhatItWasMadeOf(t *testing.T) {
	behave(t, nil)
	store := cache.NewMemory()
	leaf := job{ID: "leaf"}
	_, refs := mustRun(t, store, job{ID: "top", On: []job{{ID: "light", Light: true, On: []job{leaf}}}}, leaf)
	top, below := entryOf(t, store, refs[0]), entryOf(t, store, refs[1])
	light := refs[0].node.deps[0]
	if want := []cache.Dep{{Key: below.Key, Digest: below.Blob}, {Key: light.key}}; !reflect.DeepEqual(top.Deps, want) {
		t.Errorf("deps %v, want %v", top.Deps, want)
	}
	want := []cache.Part{
		{Name: "schema", Value: "1"},
		{Name: "kind", Value: "test.job"},
		{Name: "type", Value: "compute.job"},
		{Name: "spec", Value: `{"ID":"leaf"}`},
		{Name: "code", Value: "1"},
	}
	if !reflect.DeepEqual(below.Parts, want) {
		t.Errorf("parts %v", below.Parts)
	}
	if last := top.Parts[len(top.Parts)-1]; last != (cache.Part{Name: "needs test.job", Value: light.key.String()}) {
		t.Errorf("last part %v", last)
	}
	if host, _ := os.Hostname(); top.Made.Host != host || top.Made.Time.IsZero() {
		t.Errorf("made %+v", top.Made)
	}
}

// An entry made from other bytes than the dependency has now is a miss.
func TestChangedDependencyIsAMiss(t *testing.T) {
	leaf := job{ID: "leaf"}
	light := job{ID: "light", Light: true, On: []job{leaf}}
	top := job{ID: "top", On: []job{light}}
	store := cache.NewMemory()
	behave(t, nil)
	_, refs := mustRun(t, store, top, leaf)
	old := entryOf(t, store, refs[1])
	store.Reject(old)
	if _, err := store.Put(cache.Entry{Key: old.Key, Kind: old.Kind, Parts: old.Parts}, []byte(`"another"`)); err != nil {
		t.Fatal(err)
	}
	p, _ := planOf(t, top, leaf)
	states := Examine(p, store)
	if got := states[2]; got.State != IsStale || !strings.Contains(got.Reason, "leaf has changed") || !got.Needed {
		t.Errorf("examine: %+v", got)
	}
	took()
	for _, ran := range []string{"light top", ""} {
		r, refs := mustRun(t, store, top, leaf)
		wantValue(t, r, refs[0], "top(light(another))")
		if got := tookSorted(); got != ran {
			t.Errorf("ran %q, want %q", got, ran)
		}
	}
}

// A dependency that is gone is not run again for the sake of dependents that are
// there. If it is, for another's sake, they are looked at again.
func TestMissingDependency(t *testing.T) {
	leaf, top := job{ID: "leaf"}, job{ID: "top", On: []job{{ID: "leaf"}}}
	above := job{ID: "above", On: []job{top}}
	for _, c := range []struct{ leaf, ran string }{
		{"leaf()", "leaf new"},
		{"changed", "above leaf new top"},
	} {
		behave(t, nil)
		store := cache.NewMemory()
		_, refs := mustRun(t, store, above, top, leaf)
		store.Reject(entryOf(t, store, refs[2]))
		took()

		r, refs := mustRun(t, store, above)
		wantValue(t, r, refs[0], "above(top(leaf()))")
		if got := tookSorted(); got != "" {
			t.Errorf("nobody needed leaf, yet ran %q", got)
		}

		behave(t, map[string]func(*Context, job) (string, error){
			"leaf": func(*Context, job) (string, error) { return c.leaf, nil },
		})
		p, refs := planOf(t, above, job{ID: "new", On: []job{leaf}})
		d := &diary{}
		r, err := Pool{Jobs: 1}.Run(t.Context(), p, store, d)
		if err != nil {
			t.Fatal(err)
		}
		wantValue(t, r, refs[0], "above(top("+c.leaf+"))")
		wantValue(t, r, refs[1], "new("+c.leaf+")")
		if got := tookSorted(); got != c.ran {
			t.Errorf("leaf is %q: ran %q, want %q", c.leaf, got, c.ran)
		}
	}
}

// A cached task stays cached when a dependency that it no longer needs fails.
func TestFailureSparesWhatIsCached(t *testing.T) {
	behave(t, nil)
	bad := job{ID: "bad"}
	store := cache.NewMemory()
	_, refs := mustRun(t, store, bad, job{ID: "top", On: []job{bad}})
	store.Reject(entryOf(t, store, refs[0]))
	behave(t, failing(errors.New("no")))
	p, refs := planOf(t, bad, job{ID: "top", On: []job{bad}})
	r, err := Pool{Jobs: 1, KeepGoing: true}.Run(t.Context(), p, store, nil)
	var f *Failures
	if !errors.As(err, &f) || f.Blocked != 0 {
		t.Errorf("run: %v", err)
	}
	wantValue(t, r, refs[1], "top(bad())")
}

// A blob that has gone bad is found when it is read, and made again then.
func TestSpoiltResultIsMadeAgain(t *testing.T) {
	leaf := job{ID: "leaf"}
	for name, read := range map[string]func(*cache.FS){
		"by a dependent": func(s *cache.FS) {
			r, refs := mustRun(t, s, job{ID: "new", On: []job{leaf}})
			wantValue(t, r, refs[0], "new(leaf())")
		},
		"by a draw": func(s *cache.FS) {
			r, refs := mustRun(t, s, leaf)
			wantValue(t, r, refs[0], "leaf()")
		},
	} {
		behave(t, nil)
		store, file := folder(t)
		_, refs := mustRun(t, store, leaf)
		spoil(t, file(entryOf(t, store, refs[0]).Blob))
		took()
		read(store)
		if got := tookSorted(); got != "leaf" && got != "leaf new" {
			t.Errorf("%s: ran %q", name, got)
		}
		if _, err := store.Read(entryOf(t, store, refs[0])); err != nil {
			t.Errorf("%s: afterwards: %v", name, err)
		}
	}
}

// A whole blob that does not decode was put there by a stranger; it goes.
func TestUndecodableResultIsMadeAgain(t *testing.T) {
	behave(t, nil)
	store := cache.NewMemory()
	_, refs := mustRun(t, store, job{ID: "leaf"})
	e := entryOf(t, store, refs[0])
	for _, bad := range []string{``, `3`, `"leaf()" "more"`, `{"X":1}`} {
		store.Reject(entryOf(t, store, refs[0]))
		if _, err := store.Put(cache.Entry{Key: e.Key, Parts: e.Parts}, []byte(bad)); err != nil {
			t.Fatal(err)
		}
		r, again := mustRun(t, store, job{ID: "leaf"})
		wantValue(t, r, again[0], "leaf()")
		if got := entryOf(t, store, refs[0]); got.Blob != e.Blob {
			t.Errorf("%q: the bad entry still stands", bad)
		}
	}
}

func TestExamine(t *testing.T) {
	behave(t, nil)
	store := cache.NewMemory()
	leaf := job{ID: "leaf"}
	light := job{ID: "light", Light: true, On: []job{leaf}}
	mustRun(t, store, leaf)
	p, _ := planOf(t, job{ID: "top", Rank: 2, On: []job{light}})
	got := Examine(p, store)
	want := []struct {
		label  string
		state  State
		needed bool
	}{{"leaf", IsCached, true}, {"light", IsTransient, true}, {"top", IsMissing, true}}
	for i, w := range want {
		g := got[i]
		if g.Label != w.label || g.State != w.state || g.Needed != w.needed || g.Steps != 10 || cache.KeyOf(g.Parts()) != g.Key {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
	if top := got[2]; top.Priority != 2 || top.Reason != "absent" || len(top.Needs()) != 1 || top.Needs()[0] != got[1].Key {
		t.Errorf("%+v", top)
	}
}
