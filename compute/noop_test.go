package compute

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lossxfer-report/cache"
)

// linear is a task like the product's: its value can be a map key, and it depends
// on a model and on a transient set.
type linear struct {
	Model, Set, Seed int
}

func (l linear) Kind() string  { return "test.linear" }
func (l linear) Priority() int { return l.Seed }
func (l linear) Depend(d *Deps) {
	Need(d, square{X: l.Model})
	Need(d, table{N: l.Set})
}
func (l linear) Run(c *Context) (float64, error) {
	m, err := Get(c, square{X: l.Model})
	return float64(m) / 3, err
}

// square is a stored leaf.
type square struct{ X int }

func (s square) Kind() string              { return "test.square" }
func (s square) Depend(*Deps)              {}
func (s square) Run(*Context) (int, error) { return s.X * s.X, nil }

// table is a transient leaf.
type table struct{ N int }

func (t table) Kind() string                { return "test.table" }
func (t table) Transient() bool             { return true }
func (t table) Depend(*Deps)                {}
func (t table) Run(*Context) ([]int, error) { return make([]int, t.N), nil }

// manyParts gives keys as many parts as the product's have.
type manyParts struct{}

func (manyParts) Code(string) ([]cache.Part, error) {
	var parts []cache.Part
	for i := range 20 {
		parts = append(parts, cache.Part{Name: fmt.Sprintf("code compute/package%02d", i), Value: cache.DigestOf([]byte{byte(i)}).String()})
	}
	return parts, nil
}

// wide returns a plan of n stored tasks and some transient ones.
func wide(n int) *Plan {
	p := NewPlan(manyParts{})
	models := n / 10
	for i := range n - models {
		Need(p, linear{Model: i % models, Set: i / models, Seed: i % 3})
	}
	return p
}

// BenchmarkNoOp times a build that has nothing to do, from the empty plan on. The
// store is a folder that b.N builds share.
func BenchmarkNoOp(b *testing.B) {
	for _, n := range []int{200, 10_000} {
		b.Run(fmt.Sprintf("tasks=%d", n), func(b *testing.B) {
			store := filled(b, n)
			for b.Loop() {
				noOp(b, store, n)
			}
		})
	}
}

// BenchmarkWide times, at a plan of 10,000 tasks, what commands do with a store that has all
// of them: the plan itself, status, what a build into a folder that is up to date looks at,
// and explain after a change of code that makes every task miss.
func BenchmarkWide(b *testing.B) {
	const n = 10_000
	store := filled(b, n)
	b.Run("plan", func(b *testing.B) {
		for b.Loop() {
			wide(n)
		}
	})
	b.Run("status", func(b *testing.B) {
		for b.Loop() {
			if nodes := Examine(wide(n), store); nodes[0].State != IsCached {
				b.Fatal("not in the store")
			}
		}
	})
	keys := wide(n).StoredKeys()
	b.Run("uptodate", func(b *testing.B) {
		for b.Loop() {
			StoreState(keys, store)
		}
	})
	b.Run("explain", func(b *testing.B) {
		for b.Loop() {
			p := NewPlan(FixedCode("changed"))
			for i := range n - n/10 {
				Need(p, linear{Model: i % (n / 10), Set: i / (n / 10), Seed: i % 3})
			}
			nodes := Examine(p, store)
			history := NewHistory(store.(*cache.FS).All())
			for _, s := range nodes[:100] { // an item has about so many
				if _, changes, ok := history.Predecessor(s.Parts(), s.Kind); s.State == IsMissing && (!ok || len(changes) == 0) {
					b.Fatal("nothing is explained")
				}
			}
		}
	})
}

func noOp(t testing.TB, store cache.Store, n int) {
	r, err := Pool{Jobs: 2}.Run(t.Context(), wide(n), store, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Summary(); s.Cached != n || s.Total != n {
		t.Fatalf("not a build with nothing to do: %+v", s)
	}
}

func filled(t testing.TB, n int) cache.Store {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("lossxfer-noop-%d-%d", os.Getpid(), n))
	store, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	start := time.Now()
	if _, err := (Pool{Jobs: 8}).Run(t.Context(), wide(n), store, nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tasks stored in %v", n, time.Since(start))
	return store
}
