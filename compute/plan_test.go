package compute

import (
	"context"
	"sync/atomic"
	"testing"

	"lossxfer-report/cache"
)

// calls counts how often tasks of the tests ran. It is no field of theirs, since
// that would be part of their keys.
var calls atomic.Int64

// square is a leaf: X².
type square struct {
	X        int
	Priority int `json:"-"`
}

func (s square) Kind() string { return "test.square" }
func (s square) Depend(*Deps) {}
func (s square) Run(*Context) (int, error) {
	calls.Add(1)
	return s.X * s.X, nil
}

// table is transient: the squares up to N, from a stored square.
type table struct{ N int }

func (t table) Kind() string    { return "test.table" }
func (t table) Transient() bool { return true }
func (t table) Depend(d *Deps)  { Need(d, square{X: t.N}) }
func (t table) Run(c *Context) ([]int, error) {
	calls.Add(1)
	top, err := Get(c, square{X: t.N})
	if err != nil {
		return nil, err
	}
	out := []int{}
	for i := 0; i*i <= top; i++ {
		out = append(out, i*i)
	}
	return out, nil
}

// sum adds up a table and two squares.
type sum struct{ A, B int }

func (s sum) Kind() string { return "test.sum" }
func (s sum) Depend(d *Deps) {
	Need(d, square{X: s.A})
	Need(d, square{X: s.B})
	Need(d, table{N: s.A})
}
func (s sum) Run(c *Context) (total int, err error) {
	calls.Add(1)
	for _, x := range []int{s.A, s.B} {
		v, err := Get(c, square{X: x})
		if err != nil {
			return 0, err
		}
		total += v
	}
	t, err := Get(c, table{N: s.A})
	for _, v := range t {
		total += v
	}
	return total, err
}

func TestRunThenRunAgain(t *testing.T) {
	store := cache.NewMemory()
	for i, want := range []Summary{{Total: 4, Ran: 4}, {Total: 2, Cached: 2}} {
		p := NewPlan(FixedCode("1"))
		ref := Need(p, sum{3, 4})
		Need(p, sum{4, 4})
		calls.Store(0)
		r, err := Pool{Jobs: 2}.Run(context.Background(), p, store, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Summary(); got != want {
			t.Errorf("run %d: %+v, want %+v", i, got, want)
		}
		if got, err := Value(r, ref); err != nil || got != 9+16+0+1+4+9 {
			t.Errorf("run %d: sum is %d, %v", i, got, err)
		}
		if n := calls.Load(); i == 1 && n != 0 {
			t.Errorf("the second run called Run %d times", n)
		}
	}
}
