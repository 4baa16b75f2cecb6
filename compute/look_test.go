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
