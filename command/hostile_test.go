package command

import (
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// forger makes results of any type that no task came to.
type forger struct {
	length func() int
	number func() float64
}

func (f forger) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			// A network that diverged has no numbers, so it would hide them.
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "Diverged" {
				f.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), f.length(), 100))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Float32, reflect.Float64:
		x := f.number()
		if v.OverflowFloat(x) {
			x = 3e38
		}
		v.SetFloat(x)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(max(min(f.number(), 1e9), -1e9)))
	case reflect.Bool:
		v.SetBool(f.number() > 0.5)
	case reflect.String:
		v.SetString("nothing")
	}
}

// forgery is a whole result of a task's type, and false for a type that it cannot make.
func (f forger) forgery(task any) ([]byte, bool) {
	run := reflect.ValueOf(task).MethodByName("Run")
	v := reflect.New(run.Type().Out(0))
	f.fill(v.Elem())
	if m, ok := v.Interface().(encoding.BinaryMarshaler); ok {
		b, err := m.MarshalBinary()
		return b, err == nil
	}
	b, err := json.Marshal(v.Elem().Interface())
	return b, err == nil
}

// forgedStore has of every stored task of a plan what forge says.
func forgedStore(t testing.TB, nodes []compute.NodeState, forge func(task any) ([]byte, bool)) *cache.Memory {
	t.Helper()
	place := map[cache.Key]int{}
	for i, n := range nodes {
		place[n.Key] = i
	}
	// What a result rests on, through what is not stored.
	var stored func(n compute.NodeState, to map[cache.Key]bool)
	stored = func(n compute.NodeState, to map[cache.Key]bool) {
		for _, k := range n.Needs() {
			if d := nodes[place[k]]; d.State != compute.IsTransient {
				to[k] = true
			} else {
				stored(d, to)
			}
		}
	}
	store := cache.NewMemory()
	for _, n := range nodes {
		if n.State == compute.IsTransient {
			continue
		}
		blob, ok := forge(n.Task)
		if !ok {
			continue
		}
		keys := map[cache.Key]bool{}
		stored(n, keys)
		e := cache.Entry{Key: n.Key, Kind: n.Kind, Parts: n.Parts()}
		for k := range keys {
			e.Deps = append(e.Deps, cache.Dep{Key: k})
		}
		if _, err := store.Put(e, blob); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func smokePlan(t testing.TB) *plan {
	t.Helper()
	root := os.DirFS("..")
	a := &App{
		assets: Assets{Sources: root, Drawing: root, Module: "lossxfer-report", Manifest: root},
		stdout: io.Discard, stderr: io.Discard, preset: "smoke", cache: t.TempDir(),
	}
	p, err := a.plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Whatever a store says that tasks came to, a report is drawn: what cannot be drawn from
// is an item that failed, with the reason in a line, and the others stand.
func TestNoResultStopsAReport(t *testing.T) {
	p := smokePlan(t)
	nodes := compute.Examine(p.tasks, cache.NewMemory())
	same := func(v float64) func() float64 { return func() float64 { return v } }
	many := func(n int) func() int { return func() int { return n } }
	r := rand.New(rand.NewPCG(1, 2))
	raw := []string{"{}", "null", "[]", "", `{"Accuracy":`, `"text"`}
	forges := map[string]func(any) ([]byte, bool){
		"no JSON of its type": func(any) ([]byte, bool) { return []byte(raw[r.IntN(len(raw))]), true },
		"zeros":               forger{many(0), same(0)}.forgery,
		"one zero":            forger{many(1), same(0)}.forgery,
		"the largest":         forger{many(3), same(1e308)}.forgery,
		"large":               forger{many(10), same(1e59)}.forgery,
		"below nothing":       forger{many(6), same(-1)}.forgery,
		"shares":              forger{func() int { return 3 + r.IntN(9) }, r.Float64}.forgery,
		"a wild mixture": forger{func() int { return r.IntN(12) }, func() float64 {
			return []float64{0, -1, 1e-300, 1, 1e30, -1e59, 1e59, 1e61, 1e308}[r.IntN(9)]
		}}.forgery,
	}
	for name, forge := range forges {
		t.Run(name, func(t *testing.T) {
			store := forgedStore(t, nodes, forge)
			results, err := compute.Look(p.tasks, store)
			if err != nil {
				t.Fatal(err)
			}
			rep, err := p.assemble(results, store)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := report.Encode(rep); err != nil {
				t.Error(err)
			}
			failed := map[string]int{}
			for _, item := range rep.Items {
				if item.Status == report.Failed {
					failed[item.Reason]++
				}
				if strings.Contains(item.Reason, "\n") || strings.Contains(item.Reason, "goroutine") {
					t.Errorf("%s: the reason is no line: %s", item.ID, item.Reason)
				}
			}
			t.Log(itemLine(rep))
			if name == "no JSON of its type" && strings.HasPrefix(itemLine(rep), fmt.Sprintf("items: %d of", len(rep.Items))) {
				t.Error("items are called computed that have no result")
			}
			if err := undrawn(rep); (err != nil) != (len(failed) > 0) {
				t.Errorf("%d reasons, %v", len(failed), err)
			}
			// Drawing takes seconds.
			if name != "the largest" && name != "a wild mixture" {
				return
			}
			if _, err := report.Render(rep); err != nil {
				t.Error(fmt.Errorf("it cannot be drawn: %w", err))
			}
		})
	}
}
