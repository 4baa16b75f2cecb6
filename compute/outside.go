package compute

import (
	"context"
	"slices"
	"time"

	"lossxfer-report/cache"
)

// Outside is a run whose tasks other processes compute, into the store of this one. An
// executor that hands tasks to other machines asks it what is open, tells it what it
// learns of them, and has it look whether their results are there: a task is done if its
// key is in the store, whatever anybody says of the process that ran it. Its methods are
// not safe for concurrent use; the Results it gives are.
type Outside struct {
	s      *scheduler
	byKey  map[cache.Key]int // place in the plan
	before []bool            // by place: stored before the run, to be used if it agrees
}

// Job is a task that has to be computed, as an executor sees it.
type Job struct {
	TaskInfo
	Reads []int // places in the plan of the stored results that it reads, open or not
}

// NewOutside begins a run: the observer is told what is known.
func NewOutside(ctx context.Context, plan *Plan, store cache.Store, o Observer) (*Outside, error) {
	if err := plan.Err(); err != nil {
		return nil, err
	}
	out := &Outside{s: newScheduler(ctx, plan, store, DefaultMemory, o), byKey: map[cache.Key]int{}}
	out.before = make([]bool, len(out.s.nodes))
	for i, n := range out.s.nodes {
		out.byKey[n.key] = i
		out.before[i] = out.s.state[i].entry.Key == n.key
	}
	return out, nil
}

// Open lists the tasks that are not settled and can still be had, dependencies first.
func (o *Outside) Open() []Job {
	var jobs []Job
	for _, n := range o.s.nodes {
		if !n.keeps || !o.open(n.index) {
			continue
		}
		j := Job{TaskInfo: n.info()}
		for _, d := range n.stored {
			j.Reads = append(j.Reads, d.index)
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// Task describes the task with a key. The second result is false if the plan has none.
func (o *Outside) Task(k cache.Key) (TaskInfo, bool) {
	i, ok := o.byKey[k]
	if !ok {
		return TaskInfo{}, false
	}
	return o.s.nodes[i].info(), true
}

// IsOpen says whether the task at a place in the plan is neither settled nor given up.
func (o *Outside) IsOpen(place int) bool { return o.open(place) }

// OpenReads counts the open tasks whose results a task reads.
func (o *Outside) OpenReads(place int) int {
	n := 0
	for _, d := range o.s.nodes[place].stored {
		if o.open(d.index) {
			n++
		}
	}
	return n
}

// Started says that somebody has begun a task.
func (o *Outside) Started(place int) {
	n := o.s.nodes[place]
	if o.s.of(n).status != waiting {
		return
	}
	o.s.set(n, func(s *state) { s.status = running })
	o.s.events.send(func(w Observer) { w.TaskStarted(n.info()) })
}

// Look settles a task if the store has its result, made from the results that its
// dependencies have, and says whether it is settled. wall is how long the task ran, zero
// if nobody knows.
func (o *Outside) Look(place int, wall time.Duration) bool {
	n := o.s.nodes[place]
	if st := o.s.of(n); st.status.settled() || !o.open(place) {
		return st.status.settled()
	}
	for _, d := range n.stored {
		// Whoever made the result had those of its dependencies.
		if o.open(d.index) && !o.Look(d.index, 0) {
			return false
		}
	}
	e, err := o.s.store.Get(n.key)
	if err != nil {
		return false
	}
	if o.s.disagreement(n, e) != nil {
		o.s.store.Reject(e)
		o.before[place] = false
		return false
	}
	st, outcome := state{status: ran, entry: e}, Ran
	if o.before[place] {
		st.status, outcome, wall = cached, Cached, 0
	}
	o.s.set(n, func(s *state) { *s = st })
	o.s.events.send(func(w Observer) { w.TaskDone(n.info(), outcome, wall, nil) })
	o.release(n, st)
	return true
}

// Again says that a task which somebody had begun has no result and will be tried again.
func (o *Outside) Again(place int) {
	o.s.set(o.s.nodes[place], func(s *state) {
		if s.status == running {
			s.status = waiting
		}
	})
}

// Fail gives a task up, and all that need it.
func (o *Outside) Fail(place int, err error) {
	n := o.s.nodes[place]
	if !o.open(place) {
		return
	}
	st := state{status: failed, err: n.fail(err)}
	o.s.set(n, func(s *state) { *s = st })
	o.s.fails = append(o.s.fails, st.err.(*TaskError))
	o.s.events.send(func(w Observer) { w.TaskDone(n.info(), Failed, 0, st.err) })
	o.release(n, st)
}

// Finish ends the run as Executor.Run does: what is still open did not run.
func (o *Outside) Finish() (*Results, error) {
	o.s.events.close()
	for i := range o.s.nodes {
		o.Again(i)
	}
	return o.s.Results, o.s.finish()
}

func (o *Outside) open(place int) bool {
	st := o.s.of(o.s.nodes[place]).status
	return o.s.nodes[place].keeps && (st == waiting || st == running)
}

// release tells what waits for a node. Whoever has begun it without the result of a
// node that is given up has begun in vain.
func (o *Outside) release(n *node, st state) {
	if !st.status.settled() {
		for _, u := range o.s.users[n.index] {
			o.Again(u.index)
		}
	}
	o.s.lock.Lock()
	defer o.s.lock.Unlock()
	o.s.release(n, st)
}

// Ready says of the stored tasks with the given keys which can be computed from what a
// store has, one after the other, and which wait for the result of another task. A key
// that the plan does not have is in neither.
func (p *Plan) Ready(keys []cache.Key, store cache.Store) (ready, wait []cache.Key) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	asked, there := make(map[cache.Key]bool, len(keys)), map[cache.Key]bool{}
	for _, k := range keys {
		asked[k] = true
	}
	has := func(d *node) bool {
		if _, err := store.Get(d.key); err == nil {
			there[d.key] = true
		}
		return there[d.key]
	}
	for _, n := range p.nodes {
		switch {
		case !n.keeps || !asked[n.key]:
		case slices.ContainsFunc(n.stored, func(d *node) bool { return !there[d.key] && !has(d) }):
			wait = append(wait, n.key)
		default:
			ready = append(ready, n.key)
			there[n.key] = true // before what needs it
		}
	}
	return ready, wait
}
