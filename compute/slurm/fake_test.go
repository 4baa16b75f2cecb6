package slurm

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// summand is a task that adds up its parts.
type summand struct {
	N     int
	Parts []summand
	Bad   bool
	Steps int64
}

func (summand) Kind() string        { return "test.number" }
func (n summand) ImageSteps() int64 { return n.Steps }
func (n summand) Label() string     { return fmt.Sprintf("number %d", n.N) }
func (n summand) Depend(d *compute.Deps) {
	for _, p := range n.Parts {
		compute.Need(d, p)
	}
}

func (n summand) Run(c *compute.Context) (int, error) {
	if n.Bad {
		return 0, fmt.Errorf("number %d is bad", n.N)
	}
	sum := n.N
	for _, p := range n.Parts {
		v, err := compute.Get(c, p)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, nil
}

// fake is a cluster in this process. Its elements run Work, one after the other.
type fake struct {
	t     *testing.T
	plan  *compute.Plan
	store cache.Store // as the nodes see it

	mu      sync.Mutex
	jobs    []*fakeJob
	looks   int
	max     int
	submits []error                        // what the next submissions come to; nil is success
	lost    bool                           // the next submission that fails with ErrAway was handed in all the same
	fate    func(j *fakeJob, i int) string // how an element ends without running; empty runs it
	looking func() error                   // what Look comes to
	ran     map[cache.Key]int              // how often each task ran
	before  func(j *fakeJob, i int)        // called before an element runs
	hidden  map[string]bool                // names that squeue forgets
}

type fakeJob struct {
	id, name string
	folder   string
	after    []string
	n        int
	state    []string
}

func (f *fake) Submit(_ context.Context, script string, after []string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, err := readArray(filepath.Dir(script))
	if err != nil {
		f.t.Error(err)
		return "", err
	}
	if len(f.submits) > 0 {
		err, f.submits = f.submits[0], f.submits[1:]
		if err != nil && !f.lost {
			return "", err
		}
	}
	for _, id := range after {
		if !slices.ContainsFunc(f.jobs, func(j *fakeJob) bool { return j.id == id }) {
			f.t.Errorf("an array is to begin after job %s, which there is not", id)
		}
	}
	j := &fakeJob{id: strconv.Itoa(len(f.jobs) + 1), name: a.Name, folder: a.folder, after: after, n: len(a.Elements)}
	for range a.Elements {
		j.state = append(j.state, "PENDING")
	}
	f.jobs = append(f.jobs, j)
	return j.id, err
}

func (f *fake) Look(_ context.Context, names []string) ([]Element, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.looks++
	if f.looking != nil {
		if err := f.looking(); err != nil {
			return nil, err
		}
	}
	var all []Element
	for _, j := range f.jobs {
		if !slices.Contains(names, j.name) || f.hidden[j.name] {
			continue
		}
		for i, s := range j.state {
			if s != "gone" {
				all = append(all, Element{Array: j.name, ID: j.id, Index: i, State: s, Why: "None"})
			}
		}
	}
	f.step()
	return all, nil
}

// step runs every element whose array may begin. The lock is held.
func (f *fake) step() {
	for _, j := range f.jobs {
		if slices.ContainsFunc(j.after, func(id string) bool {
			n, _ := strconv.Atoi(id)
			return slices.Contains(f.jobs[n-1].state, "PENDING")
		}) {
			continue
		}
		for i, s := range j.state {
			if s != "PENDING" {
				continue
			}
			if f.fate != nil {
				if end := f.fate(j, i); end != "" {
					j.state[i] = end
					continue
				}
			}
			if f.before != nil {
				f.before(j, i)
			}
			j.state[i] = "COMPLETED"
			if err := Work(context.Background(), f.plan, f.store, j.folder, i, 1, counter{f.ran}); err != nil {
				j.state[i] = "FAILED"
			}
		}
	}
}

func (f *fake) Cancel(_ context.Context, ids []string, pendingOnly bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, j := range f.jobs {
		if slices.Contains(ids, j.id) {
			for i, s := range j.state {
				if s == "PENDING" {
					j.state[i] = "CANCELLED"
				}
			}
		}
	}
	return nil
}

func (f *fake) MaxArray(context.Context) (int, error) { return f.max, nil }

// counter counts the runs of each task.
type counter struct{ ran map[cache.Key]int }

func (counter) PlanKnown(compute.Known)                 {}
func (counter) TaskStarted(compute.TaskInfo)            {}
func (counter) TaskProgress(compute.TaskInfo, int, int) {}
func (c counter) TaskDone(t compute.TaskInfo, o compute.Outcome, _ time.Duration, _ error) {
	if o == compute.Ran || o == compute.Failed {
		c.ran[t.Key]++
	}
}

// planOf has three depths: 6 numbers, 3 sums of two of them, the sum of those.
func planOf() (*compute.Plan, compute.Ref[int]) {
	p := compute.NewPlan(compute.FixedCode("1"))
	return p, compute.Need(p, tree())
}

func tree() summand {
	root := summand{N: 1000}
	for i := range 3 {
		root.Parts = append(root.Parts, summand{N: 100 * i, Parts: []summand{{N: 2*i + 1}, {N: 2*i + 2}}})
	}
	return root
}

// newFake is a cluster and an executor on it, which cuts one task an element.
func newFake(t *testing.T, plan *compute.Plan, store cache.Store) (*fake, Executor) {
	f := &fake{t: t, plan: plan, store: store, max: 1001, ran: map[cache.Key]int{}}
	return f, Executor{
		Options: Options{Element: time.Second / 2, Poll: time.Millisecond, Settle: 5 * time.Millisecond, Program: "/bin/lossxfer-report"},
		Folder:  t.TempDir(), Queue: f,
	}
}
