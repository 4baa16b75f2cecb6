package compute

import (
	"slices"
	"testing"
	"time"

	"lossxfer-report/cache"
)

func partsOf(spec, code string, needs ...string) []cache.Part {
	parts := []cache.Part{{Name: "kind", Value: "k"}, {Name: "spec", Value: spec}, {Name: "code compute/x", Value: code}}
	for _, n := range needs {
		parts = append(parts, cache.Part{Name: "needs data", Value: n})
	}
	return parts
}

func TestDifferencesNameFieldsCodeAndDependencies(t *testing.T) {
	was := partsOf(`{"Model":{"Alpha":0.1,"Passes":[1,2]},"Seed":1}`, "a", "k1", "k2")
	is := partsOf(`{"Model":{"Alpha":0.2,"Passes":[1,3]},"Extra":true,"Seed":1}`, "b", "k1", "k3")
	var got []string
	for _, c := range Differences(was, is) {
		got = append(got, c.String())
	}
	want := []string{
		"code compute/x: a → b", "needs data (2): k2 → k3", "spec Extra: none → true",
		"spec Model.Alpha: 0.1 → 0.2", "spec Model.Passes[1]: 2 → 3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if d := Differences(was, was); d != nil {
		t.Errorf("a key differs from itself in %v", d)
	}
}

func TestPredecessorPrefersTheSameSpecification(t *testing.T) {
	entry := func(n byte, kind, spec, code string, age int) cache.Entry {
		return cache.Entry{Key: cache.Key{n}, Kind: kind, Parts: partsOf(spec, code), Made: cache.Provenance{Time: time.Unix(int64(1000-age), 0)}}
	}
	entries := []cache.Entry{
		entry(1, "k", `{"A":1,"B":1}`, "now", 0),
		entry(2, "k", `{"A":2,"B":1}`, "old", 5),
		entry(3, "k", `{"A":2,"B":1}`, "older", 3),
		entry(4, "other", `{"A":2,"B":1}`, "now", 0),
	}
	all := func(yield func(cache.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
	is := partsOf(`{"A":2,"B":1}`, "now")
	h := NewHistory(all)
	e, changes, ok := h.Predecessor(is, "k")
	if !ok || e.Key != (cache.Key{3}) || len(changes) != 1 || changes[0].Part != "code compute/x" {
		t.Errorf("found %v, %v, %v; want the younger of the two with the same specification", e.Key[0], changes, ok)
	}
	if _, _, ok := h.Predecessor(is, "none"); ok {
		t.Error("found a predecessor of a kind that has none")
	}
}
