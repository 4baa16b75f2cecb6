package compute

import (
	"context"
	"testing"

	"lossxfer-report/cache"
)

func TestRestrictedPlanRunsWhatIsAskedAndWhatItRestsOn(t *testing.T) {
	under, beside := job{ID: "under"}, job{ID: "beside"}
	above := job{ID: "above", On: []job{under}}
	p, refs := planOf(t, above, beside)
	store := cache.NewMemory()
	q := p.Restrict(map[cache.Key]bool{refs[0].node.key: true})
	if _, err := (Pool{Jobs: 1}).Run(context.Background(), q, store, nil); err != nil {
		t.Fatal(err)
	}
	for _, n := range p.nodes {
		_, err := store.Get(n.key)
		if want := n.label() != "beside"; (err == nil) != want {
			t.Errorf("%s is stored: %v, want %v", n.label(), err == nil, want)
		}
	}
	if !refs[1].node.root {
		t.Error("the plan itself has changed")
	}
}
