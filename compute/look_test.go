package compute

import (
	"context"
	"errors"
	"testing"

	"lossxfer-report/cache"
)

func TestLookRunsNothing(t *testing.T) {
	store := cache.NewMemory()
	first, _ := planOf(t, job{ID: "a"})
	if _, err := (Pool{Jobs: 1}).Run(context.Background(), first, store, nil); err != nil {
		t.Fatal(err)
	}
	p, refs := planOf(t, job{ID: "a"}, job{ID: "b"})
	r, err := Look(p, store)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Value(r, refs[0]); err != nil {
		t.Errorf("a is in the store: %v", err)
	}
	var notRun *NotRun
	if _, err := Value(r, refs[1]); !errors.As(err, &notRun) {
		t.Errorf("b has not been run: %v", err)
	}
	if _, err := store.Get(refs[1].node.key); err == nil {
		t.Error("b has been run")
	}
}

// What is asked for beside the rest must be seen though a result that only the rest
// needs is gone.
func TestLookSeesResultsAboveOnesThatAreGone(t *testing.T) {
	store := cache.NewMemory()
	under := job{ID: "under"}
	above := job{ID: "above", On: []job{under}}
	first, refs := planOf(t, above, under)
	if _, err := (Pool{Jobs: 1}).Run(context.Background(), first, store, nil); err != nil {
		t.Fatal(err)
	}
	e, err := store.Get(refs[1].node.key)
	if err != nil {
		t.Fatal(err)
	}
	store.Reject(e)
	p, refs := planOf(t, above, under)
	r, err := Look(p, store)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Value(r, refs[0]); err != nil {
		t.Errorf("above is in the store: %v", err)
	}
	if _, err := Value(r, refs[1]); err == nil {
		t.Error("under has a value though it is gone")
	}
}
