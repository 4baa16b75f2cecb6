package compute

import (
	"testing"

	"lossxfer-report/cache"
)

func TestVerify(t *testing.T) {
	behave(t, nil)
	leaf := job{ID: "leaf"}
	top := job{ID: "top", On: []job{leaf, {ID: "light", Light: true}}}
	store := &counting{Store: cache.NewMemory()}
	mustRun(t, store, top, leaf, job{ID: "other"})
	store.puts.Store(0)
	took()
	behaviour.Lock()
	behaviour.of = map[string]func(*Context, job) (string, error){
		"leaf":  func(*Context, job) (string, error) { return "differs today", nil },
		"other": func(*Context, job) (string, error) { panic("fails today") },
	}
	behaviour.Unlock()

	p, _ := planOf(t, top, leaf, job{ID: "other"}, job{ID: "never run"})
	got, err := Verify(t.Context(), p, store, 10, 1)
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	for _, v := range got {
		if same := v.Label == "top"; v.Same() != same || (v.Err != nil) != (v.Label == "other") {
			t.Errorf("%+v", v)
		}
	}
	if ran := tookSorted(); ran != "leaf light other top" || store.puts.Load() != 0 {
		t.Errorf("ran %s, stored %d", ran, store.puts.Load())
	}

	picks := map[string]bool{}
	for seed := range uint64(20) {
		one, err := Verify(t.Context(), p, store, 1, seed)
		if err != nil || len(one) != 1 {
			t.Fatalf("%v, %v", one, err)
		}
		picks[one[0].Label] = true
	}
	if len(picks) != 3 {
		t.Errorf("20 samples of one picked only %v", picks)
	}
}

// moody comes to other bits whenever it runs.
type moody struct{ job }

func (moody) Unrepeatable() bool { return true }

func TestVerifyLeavesOutWhatIsUnrepeatable(t *testing.T) {
	store := cache.NewMemory()
	p := NewPlan(FixedCode("1"))
	Need(p, moody{job{ID: "moody"}})
	Need(p, job{ID: "steady"})
	if _, err := (Pool{}).Run(t.Context(), p, store, nil); err != nil {
		t.Fatal(err)
	}
	got, err := Verify(t.Context(), p, store, 10, 1)
	if err != nil || len(got) != 1 || got[0].Label != "steady" {
		t.Errorf("%+v, %v", got, err)
	}
}
