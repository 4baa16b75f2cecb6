package compute

import "testing"

// Other code gives a task another key under the same specification.
func TestTasksAreFoundBySpecificationUnderOtherCode(t *testing.T) {
	leaf := job{ID: "leaf"}
	find := func(code string) (*Plan, map[Specification]bool) {
		p := NewPlan(FixedCode(code))
		Need(p, job{ID: "top", On: []job{leaf}})
		if err := p.Err(); err != nil {
			t.Fatal(err)
		}
		all := map[Specification]bool{}
		for s, key := range p.Specified() {
			all[s] = true
			if !p.Keys()[key] {
				t.Errorf("%v has a key that is not in the plan", s)
			}
		}
		return p, all
	}
	p, before := find("1")
	q, after := find("2")
	if len(before) != 2 || len(after) != 2 {
		t.Fatalf("%d and %d specifications, want 2", len(before), len(after))
	}
	for s := range before {
		if !after[s] {
			t.Errorf("%v is not found under other code", s)
		}
		if p.Specified()[s] == q.Specified()[s] {
			t.Errorf("%v has one key under both codes", s)
		}
	}
}
