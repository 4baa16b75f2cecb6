package compute

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lossxfer-report/cache"
)

func TestSecondRunRunsNothing(t *testing.T) {
	behave(t, nil)
	data := job{ID: "data", Light: true}
	model := job{ID: "model", On: []job{data}}
	features := job{ID: "features", On: []job{model, data}, Light: true}
	probe := job{ID: "probe", On: []job{features}}
	const want = "probe(features(model(data()) data()))"
	store := cache.NewMemory()

	r, refs := mustRun(t, store, probe, model)
	wantValue(t, r, refs[0], want)
	if got := tookSorted(); got != "data features model probe" {
		t.Errorf("first run ran %s", got)
	}
	r, refs = mustRun(t, store, probe, model)
	wantValue(t, r, refs[0], want)
	wantValue(t, r, refs[1], "model(data())")
	if got := tookSorted(); got != "" {
		t.Errorf("second run ran %s", got)
	}
	if got, want := r.Summary(), (Summary{Total: 2, Cached: 2}); got != want {
		t.Errorf("second run: %+v", got)
	}
	// A new dependent reads what is there and runs no more than it has to.
	r, refs = mustRun(t, store, probe, job{ID: "other", On: []job{model}})
	wantValue(t, r, refs[1], "other(model(data()))")
	if got := tookSorted(); got != "other" {
		t.Errorf("third run ran %s", got)
	}
}

func TestOrderIsPriorityThenPlan(t *testing.T) {
	behave(t, nil)
	m1, m2 := job{ID: "model1", Rank: 1}, job{ID: "model2", Rank: 2}
	mustRun(t, cache.NewMemory(),
		job{ID: "last", Rank: 3},
		job{ID: "probe2", On: []job{m2}}, // has its model's priority
		job{ID: "both", On: []job{m2, m1}},
		job{ID: "probe1", On: []job{m1}},
		job{ID: "first"})
	want := "first model1 probe1 model2 probe2 both last"
	if got := strings.Join(took(), " "); got != want {
		t.Errorf("ran  %s\nwant %s", got, want)
	}
}

// Whatever the number of workers, the store ends up with the same results.
func TestWorkersDoNotChangeResults(t *testing.T) {
	behave(t, nil)
	var layers [4][]job
	for i := range layers {
		for k := range 12 {
			j := job{ID: fmt.Sprintf("%d.%d", i, k), Light: i == 1}
			if i > 0 {
				j.On = []job{layers[i-1][k], layers[i-1][(k*5+1)%12]}
			}
			layers[i] = append(layers[i], j)
		}
	}
	var want []string
	for _, jobs := range []int{1, 2, 8} {
		p, refs := planOf(t, layers[3]...)
		r, err := Pool{Jobs: jobs, Memory: 1000}.Run(t.Context(), p, cache.NewMemory(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ref := range refs {
			v, err := Value(r, ref)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, v)
		}
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d workers: %v\nwant %v", jobs, got, want)
		}
	}
}

func failing(err error) map[string]func(*Context, job) (string, error) {
	return map[string]func(*Context, job) (string, error){
		"bad": func(*Context, job) (string, error) { return "", err },
	}
}

func TestFailureStopsItsDependents(t *testing.T) {
	cause := errors.New("diverged")
	bad := job{ID: "bad"}
	mid := job{ID: "mid", On: []job{bad, {ID: "fine"}}}
	top, good := job{ID: "top", On: []job{mid}}, job{ID: "good", Rank: 9}

	behave(t, failing(cause))
	p, refs := planOf(t, top, good)
	store, d := cache.NewMemory(), &diary{}
	r, err := Pool{Jobs: 1, KeepGoing: true}.Run(t.Context(), p, store, d)
	var f *Failures
	if !errors.As(err, &f) || !errors.Is(err, cause) || len(f.Tasks) != 1 || f.Tasks[0].Label != "bad" || f.Blocked != 2 {
		t.Errorf("run: %#v", err)
	}
	var te *TaskError
	if _, err := Value(r, refs[0]); !errors.As(err, &te) || te.Label != "top" || !errors.Is(err, cause) {
		t.Errorf("value of a blocked task: %v", err)
	}
	wantValue(t, r, refs[1], "good()")
	wantLines := []string{"start bad", "failed bad", "blocked mid", "blocked top", "start fine", "ran fine", "start good", "ran good"}
	if !slices.Equal(d.lines, wantLines) {
		t.Errorf("observer saw %q", d.lines)
	}
	if got, want := r.Summary(), (Summary{Total: 5, Ran: 2, Failed: 1, Blocked: 2}); got != want {
		t.Errorf("summary %+v", got)
	}

	// A failure is not remembered: the next run tries again.
	behave(t, nil)
	r, refs = mustRun(t, store, top, good)
	wantValue(t, r, refs[0], "top(mid(bad() fine()))")
	if got := tookSorted(); got != "bad mid top" {
		t.Errorf("after the failure ran %s", got)
	}
}

func TestFailureStopsTheRunUnlessItKeepsGoing(t *testing.T) {
	behave(t, failing(errors.New("no")))
	p, refs := planOf(t, job{ID: "bad"}, job{ID: "later", Rank: 1})
	r, err := Pool{Jobs: 1}.Run(t.Context(), p, cache.NewMemory(), nil)
	var f *Failures
	if !errors.As(err, &f) || f.NotRun != 1 {
		t.Errorf("run: %v", err)
	}
	var not *NotRun
	if _, err := Value(r, refs[1]); !errors.As(err, &not) {
		t.Errorf("value of a task that was not started: %v", err)
	}
	if got := tookSorted(); got != "bad" {
		t.Errorf("ran %s", got)
	}
}

func TestPanicIsAFailure(t *testing.T) {
	for _, light := range []bool{false, true} {
		behave(t, map[string]func(*Context, job) (string, error){
			"bad": func(*Context, job) (string, error) { var s []int; return fmt.Sprint(s[3]), nil },
		})
		p, refs := planOf(t, job{ID: "top", On: []job{{ID: "bad", Light: light}}})
		r, err := Pool{Jobs: 2}.Run(t.Context(), p, cache.NewMemory(), nil)
		if err == nil || !strings.Contains(err.Error(), "index out of range") || !strings.Contains(err.Error(), "pool_test.go") {
			t.Errorf("run: %v", err)
		}
		var te *TaskError
		if _, err := Value(r, refs[0]); !errors.As(err, &te) {
			t.Errorf("value: %v", err)
		}
	}
}

func TestCancelStoresNothingHalfDone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	careful := func(c *Context, j job) (string, error) { cancel(); <-c.Context().Done(); return "", c.Context().Err() }
	careless := func(c *Context, j job) (string, error) { <-c.Context().Done(); return "half", nil }
	behave(t, map[string]func(*Context, job) (string, error){"careful": careful, "careless": careless})
	jobs := []job{{ID: "done"}, {ID: "careful"}, {ID: "careless"}, {ID: "later", Rank: 1}, {ID: "top", On: []job{{ID: "careful"}}}}
	p, refs := planOf(t, jobs...)
	store := cache.NewMemory()
	r, err := Pool{Jobs: 2}.Run(ctx, p, store, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("run: %v", err)
	}
	wantValue(t, r, refs[0], "done()")
	for i, ref := range refs[1:] {
		var not *NotRun
		if _, err := Value(r, ref); !errors.As(err, &not) {
			t.Errorf("value of %s: %v", jobs[i+1].ID, err)
		}
	}
	behave(t, nil)
	r, refs = mustRun(t, store, jobs...)
	wantValue(t, r, refs[2], "careless()")
	if got := tookSorted(); got != "careful careless later top" {
		t.Errorf("after the cancelled run ran %s", got)
	}
}

func TestUndeclaredDependencyIsAnError(t *testing.T) {
	behave(t, map[string]func(*Context, job) (string, error){
		"top": func(c *Context, _ job) (string, error) { return Get(c, job{ID: "other"}) },
	})
	p, _ := planOf(t, job{ID: "top"}, job{ID: "other"})
	_, err := Pool{Jobs: 1, KeepGoing: true}.Run(t.Context(), p, cache.NewMemory(), nil)
	if err == nil || !strings.Contains(err.Error(), "without declaring it") {
		t.Errorf("run: %v", err)
	}
}

// Draws read results while the pool is making them.
func TestResultsWhileThePoolRuns(t *testing.T) {
	gate := make(chan struct{})
	behave(t, map[string]func(*Context, job) (string, error){
		"slow": func(c *Context, j job) (string, error) {
			c.Progress(1, 2)
			<-gate
			return j.plain(c)
		},
	})
	fast, slow := job{ID: "fast"}, job{ID: "slow", On: []job{{ID: "fast"}}}
	light := job{ID: "light", Light: true, On: []job{{ID: "fast"}}}
	dim := job{ID: "dim", Light: true, On: []job{slow}}
	p, refs := planOf(t, fast, slow, light, dim)
	d := &diary{}
	known := make(chan *Results, 1)
	watch := &first{diary: d, known: known}
	var wg sync.WaitGroup
	wg.Go(func() {
		r := <-known
		for {
			if _, err := Value(r, refs[0]); err == nil {
				break
			}
			runtime.Gosched()
		}
		wantValue(t, r, refs[2], "light(fast())")
		var not *NotRun
		for _, ref := range []Ref[string]{refs[1], refs[3]} {
			if _, err := Value(r, ref); !errors.As(err, &not) {
				t.Errorf("value of a task that is running: %v", err)
			}
		}
		close(gate)
		for range 200 {
			for _, ref := range refs {
				Value(r, ref)
			}
			r.Summary()
		}
	})
	r, err := Pool{Jobs: 2}.Run(t.Context(), p, cache.NewMemory(), watch)
	if err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	wantValue(t, r, refs[3], "dim(slow(fast()))")
	if !slices.Contains(d.lines, "slow 1/2") {
		t.Errorf("observer saw %q", d.lines)
	}
	want := Known{Total: 2, ToRun: map[string]Load{"test.job": {2, 20}}, Results: r}
	if !reflect.DeepEqual(d.known, want) {
		t.Errorf("known %+v, want %+v", d.known, want)
	}
}

type first struct {
	*diary
	known chan *Results
}

func (f *first) PlanKnown(k Known) { f.diary.PlanKnown(k); f.known <- k.Results }

func TestTransientResultIsMadeOnceAtATime(t *testing.T) {
	var at, most atomic.Int64
	behave(t, map[string]func(*Context, job) (string, error){
		"light": func(*Context, job) (string, error) {
			most.Store(max(most.Load(), at.Add(1)))
			time.Sleep(time.Millisecond)
			at.Add(-1)
			return strings.Repeat("x", 1000), nil
		},
	})
	light := job{ID: "light", Light: true}
	var jobs []job
	for i := range 20 {
		jobs = append(jobs, job{ID: fmt.Sprint(i), On: []job{light}})
	}
	for _, c := range []struct {
		memory int64
		times  int
	}{{1 << 20, 1}, {100, 20}} {
		took()
		p, _ := planOf(t, jobs...)
		if _, err := (Pool{Jobs: 4, Memory: c.memory}).Run(t.Context(), p, cache.NewMemory(), nil); err != nil {
			t.Fatal(err)
		}
		times := strings.Count(strings.Join(took(), " "), "light")
		// Who waits for another's result shares it, even if it is too large to keep.
		if times > c.times || c.memory < 1000 && times < 2 || most.Load() != 1 {
			t.Errorf("%d bytes: made %d times, %d at once", c.memory, times, most.Load())
		}
	}
}
