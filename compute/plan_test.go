package compute

import (
	"strings"
	"testing"

	"lossxfer-report/cache"
)

func TestEqualTasksAreOneNode(t *testing.T) {
	leaf := job{ID: "leaf"}
	p, refs := planOf(t, job{ID: "a", On: []job{leaf}}, job{ID: "b", On: []job{leaf}}, leaf, job{ID: "a", On: []job{leaf}})
	if p.Len() != 3 {
		t.Errorf("%d nodes, want 3", p.Len())
	}
	if refs[0] != refs[3] {
		t.Error("equal tasks have two nodes")
	}
	if refs[0] == refs[1] {
		t.Error("different tasks have one node")
	}
}

// spec has a field of every shape that a key has to see.
type spec struct {
	N      int
	F      float64
	S      string
	B      bool
	P      *int
	L      []float64
	M      map[string]int
	Sub    struct{ X, Y int }
	Note   string `json:"-"`
	Leaf   job
	Unused int
}

func (s spec) Kind() string                   { return "test.spec" }
func (s spec) Depend(d *Deps)                 { Need(d, s.Leaf) }
func (s spec) Run(c *Context) (string, error) { return "", nil }

func keyOf(t *testing.T, code string, s spec) cache.Key {
	t.Helper()
	p := NewPlan(FixedCode(code))
	Need(p, job{ID: "something else in the plan"})
	ref := Need(p, s)
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return ref.node.key
}

func TestKeyChangesWhenAndOnlyWhenItHasTo(t *testing.T) {
	zero, one := 0, 1
	base := keyOf(t, "1", spec{})
	seen := map[cache.Key]string{base: "nothing"}
	for name, change := range map[string]func(*spec){
		"integer":         func(s *spec) { s.N = 1 },
		"float":           func(s *spec) { s.F = 1 },
		"tiny float":      func(s *spec) { s.F = 5e-324 },
		"string":          func(s *spec) { s.S = "1" },
		"bool":            func(s *spec) { s.B = true },
		"pointer to zero": func(s *spec) { s.P = &zero },
		"pointer":         func(s *spec) { s.P = &one },
		"list":            func(s *spec) { s.L = []float64{0} },
		"longer list":     func(s *spec) { s.L = []float64{0, 0} },
		"map":             func(s *spec) { s.M = map[string]int{"a": 0} },
		"map key":         func(s *spec) { s.M = map[string]int{"b": 0} },
		"nested":          func(s *spec) { s.Sub.X = 1 },
		"nested other":    func(s *spec) { s.Sub.Y = 1 },
		"dependency":      func(s *spec) { s.Leaf.ID = "1" },
		"its dependency":  func(s *spec) { s.Leaf.On = []job{{}} },
	} {
		var s spec
		change(&s)
		k := keyOf(t, "1", s)
		if other, twice := seen[k]; twice {
			t.Errorf("changing %s gives the key of changing %s", name, other)
		}
		seen[k] = name
	}
	if k := keyOf(t, "2", spec{}); seen[k] != "" {
		t.Error("a change of the code does not change the key")
	}
	negative := spec{F: 1 / -inf()}
	for name, s := range map[string]spec{
		"a field that does not count": {Note: "x"},
		"an empty list for none":      {L: []float64{}},
		"an empty map for none":       {M: map[string]int{}},
		"minus zero":                  negative,
	} {
		if keyOf(t, "1", s) != base {
			t.Errorf("%s changes the key", name)
		}
	}
}

func inf() float64 { big := 1e308; return big * 10 }

// A key that moves for no reason throws away every result there is.
func TestKeyIsStable(t *testing.T) {
	k := keyOf(t, "1", spec{N: 3, L: []float64{0.1, 1e21}, Leaf: job{ID: "leaf"}})
	const want = "c1fac944037dd7d5066282496b98b2e7e249e19be9a6e925f45b5a1fa6a7c672"
	if k.String() != want {
		t.Errorf("the key is %s, it was %s", k, want)
	}
}

type hidden struct{ secret int }

func (hidden) Kind() string                 { return "test.hidden" }
func (hidden) Depend(*Deps)                 {}
func (hidden) Run(*Context) (string, error) { return "", nil }

// ring depends on itself two steps away.
type ring struct{ N int }

func (r ring) Kind() string                 { return "test.ring" }
func (r ring) Depend(d *Deps)               { Need(d, ring{(r.N + 1) % 3}) }
func (r ring) Run(*Context) (string, error) { return "", nil }

func TestBadTasksAreReported(t *testing.T) {
	for want, need := range map[string]func(*Plan){
		"unexported field secret": func(p *Plan) { Need(p, hidden{1}) },
		"depends on itself":       func(p *Plan) { Need(p, ring{0}) },
		"F: is NaN":               func(p *Plan) { Need(p, spec{F: inf() - inf()}) },
	} {
		p := NewPlan(FixedCode("1"))
		need(p)
		if err := p.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
		if r, err := (Pool{}).Run(t.Context(), p, cache.NewMemory(), nil); r != nil || err == nil {
			t.Error("a plan with an error ran")
		}
	}
}

func TestCanonicalForm(t *testing.T) {
	one := 1
	p := NewPlan(FixedCode("1"))
	for want, s := range map[string]spec{
		`{}`: {},
		`{"F":0.1,"L":[0,1e+21],"M":{"a":0,"b":2},"N":-3,"P":1,"S":"a\"b","Sub":{"Y":2}}`: {
			N: -3, F: 0.1, S: `a"b`, P: &one, L: []float64{0, 1e21}, M: map[string]int{"b": 2, "a": 0},
			Sub: struct{ X, Y int }{Y: 2}, Note: "x"},
	} {
		ref := Need(p, s)
		if got := ref.node.spec; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
