package compute

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lossxfer-report/cache"
)

// job is a task for tests: its result is its name and those of what it is on,
// unless a test has given its name another behaviour.
type job struct {
	ID    string
	On    []job
	Rank  int  `json:"-"` // priority; 0 says nothing about order
	Light bool // transient
}

func (j job) Kind() string      { return "test.job" }
func (j job) Label() string     { return j.ID }
func (j job) Transient() bool   { return j.Light }
func (j job) ImageSteps() int64 { return 10 }
func (j job) Depend(d *Deps) {
	for _, on := range j.On {
		on.need(d)
	}
}

// need is Need, through ranked if the job has a rank: a method cannot be absent
// for some values of a type only.
func (j job) need(p Needer) Ref[string] {
	if j.Rank != 0 {
		return Need(p, ranked{j})
	}
	return Need(p, j)
}

func (j job) get(c *Context) (string, error) {
	if j.Rank != 0 {
		return Get(c, ranked{j})
	}
	return Get(c, j)
}

func (j job) Run(c *Context) (string, error) {
	behaviour.Lock()
	behaviour.ran = append(behaviour.ran, j.ID)
	f := behaviour.of[j.ID]
	behaviour.Unlock()
	if f != nil {
		return f(c, j)
	}
	return j.plain(c)
}

func (j job) plain(c *Context) (string, error) {
	var got []string
	for _, on := range j.On {
		s, err := on.get(c)
		if err != nil {
			return "", err
		}
		got = append(got, s)
	}
	return j.ID + "(" + strings.Join(got, " ") + ")", nil
}

type ranked struct{ job }

func (r ranked) Priority() int { return r.Rank }

// behaviour is what jobs do in the test that is running, and which of them ran.
var behaviour struct {
	sync.Mutex
	of  map[string]func(*Context, job) (string, error)
	ran []string
}

// behave sets up what jobs do for the rest of a test.
func behave(t testing.TB, of map[string]func(*Context, job) (string, error)) {
	set := func(of map[string]func(*Context, job) (string, error)) {
		behaviour.Lock()
		defer behaviour.Unlock()
		behaviour.of, behaviour.ran = of, nil
	}
	set(of)
	t.Cleanup(func() { set(nil) })
}

// took returns which jobs have run since it was asked last, in order.
func took() []string {
	behaviour.Lock()
	defer behaviour.Unlock()
	ran := behaviour.ran
	behaviour.ran = nil
	return ran
}

func tookSorted() string {
	ran := took()
	slices.Sort(ran)
	return strings.Join(ran, " ")
}

// planOf returns a plan that asks for these jobs, and their references.
func planOf(t testing.TB, jobs ...job) (*Plan, []Ref[string]) {
	t.Helper()
	p := NewPlan(FixedCode("1"))
	var refs []Ref[string]
	for _, j := range jobs {
		refs = append(refs, j.need(p))
	}
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return p, refs
}

// mustRun runs jobs with one worker and wants no error.
func mustRun(t testing.TB, store cache.Store, jobs ...job) (*Results, []Ref[string]) {
	t.Helper()
	p, refs := planOf(t, jobs...)
	r, err := Pool{Jobs: 1}.Run(context.Background(), p, store, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, refs
}

func wantValue(t testing.TB, r *Results, ref Ref[string], want string) {
	t.Helper()
	if got, err := Value(r, ref); err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

// diary is an observer that writes down what it sees.
type diary struct {
	known Known
	lines []string
	busy  bool
}

func (d *diary) enter(line string) {
	if d.busy {
		panic("an observer called twice at once")
	}
	d.busy = true
	if line != "" {
		d.lines = append(d.lines, line)
	}
	d.busy = false
}

func (d *diary) PlanKnown(k Known)      { d.known = k; d.enter("") }
func (d *diary) TaskStarted(t TaskInfo) { d.enter("start " + t.Label) }
func (d *diary) TaskProgress(t TaskInfo, done, total int) {
	d.enter(fmt.Sprintf("%s %d/%d", t.Label, done, total))
}
func (d *diary) TaskDone(t TaskInfo, o Outcome, wall time.Duration, err error) {
	d.enter(string(o) + " " + t.Label)
}
