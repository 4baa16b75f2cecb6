package compute

import (
	"testing"

	"lossxfer-report/cache"
)

// The state of a store changes with whatever changes what a run would do or find.
func TestStoreState(t *testing.T) {
	behave(t, nil)
	store := cache.NewMemory()
	leaf := job{ID: "leaf"}
	top := job{ID: "top", On: []job{leaf}}
	p, _ := planOf(t, top)
	keys := p.StoredKeys()
	if len(keys) != 2 {
		t.Fatalf("%d stored tasks", len(keys))
	}
	seen := map[cache.Digest]string{}
	check := func(what string) {
		t.Helper()
		s := StoreState(keys, store)
		if s != StoreState(keys, store) {
			t.Errorf("%s: two states", what)
		}
		if other, ok := seen[s]; ok {
			t.Errorf("%s has the state of %s", what, other)
		}
		seen[s] = what
	}
	check("an empty store")
	_, refs := mustRun(t, store, top)
	check("a full store")
	above := entryOf(t, store, refs[0])
	below, err := store.Get(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	store.Reject(below)
	check("a result gone")
	if _, err := store.Put(cache.Entry{Key: below.Key, Kind: below.Kind, Parts: below.Parts}, []byte(`"another"`)); err != nil {
		t.Fatal(err)
	}
	check("another result")
	store.Reject(above)
	above.Deps = nil
	if _, err := store.Put(above, []byte(`"top(leaf())"`)); err != nil {
		t.Fatal(err)
	}
	check("other inputs")
	// Neither time nor place count.
	s := StoreState(keys, store)
	store.Reject(above)
	above.Made.Host = "elsewhere"
	if _, err := store.Put(above, []byte(`"top(leaf())"`)); err != nil {
		t.Fatal(err)
	}
	if StoreState(keys, store) != s {
		t.Error("the state depends on where a result was made")
	}
}
