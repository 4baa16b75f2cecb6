package compute

import (
	"context"
	"runtime"
	"sync"
	"time"

	"lossxfer-report/cache"
)

// Executor runs what a plan asks for and the store does not have.
type Executor interface {
	// Run returns when there is nothing left to do or the context has ended. The
	// results are usable whatever the error: a *Failures if tasks failed, the
	// context's if it ended. They are nil only if the plan has an error.
	Run(ctx context.Context, p *Plan, store cache.Store, o Observer) (*Results, error)
}

// Pool is the executor of one process: a fixed number of tasks at a time, each on
// one core.
type Pool struct {
	Jobs      int   // tasks at a time; 0 is one per core
	KeepGoing bool  // after a failure, go on with whatever does not need it
	Memory    int64 // bytes of transient results to keep; 0 is DefaultMemory
}

// DefaultMemory is how many bytes of transient results a pool keeps in memory.
const DefaultMemory = 1 << 30

// Run implements Executor. A nil Observer is fine.
func (p Pool) Run(ctx context.Context, plan *Plan, store cache.Store, o Observer) (*Results, error) {
	if err := plan.Err(); err != nil {
		return nil, err
	}
	memory := p.Memory
	if memory == 0 {
		memory = DefaultMemory
	}
	s := newScheduler(ctx, plan, store, memory, o)
	s.keepGoing = p.KeepGoing
	defer context.AfterFunc(ctx, func() {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.wake.Broadcast()
	})()
	jobs := p.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(s.work)
	}
	wg.Wait()
	s.events.close()
	return s.Results, s.finish()
}

// scheduler hands the nodes of one run to the workers.
type scheduler struct {
	*Results
	keepGoing bool

	lock  sync.Mutex
	wake  sync.Cond
	ready queue
	busy  int       // workers that have a node
	stop  bool      // a task failed and the run does not keep going
	waits []int     // by index: how many needed nodes it waits for
	users [][]*node // by index: the nodes that wait for it
	fails []*TaskError
}

// newScheduler resolves a plan without errors, fills the queue and tells the observer.
func newScheduler(ctx context.Context, plan *Plan, store cache.Store, memory int64, o Observer) *scheduler {
	r := newResults(ctx, plan, store, memory)
	r.events.obs = o
	s := &scheduler{Results: r, waits: make([]int, len(r.nodes)), users: make([][]*node, len(r.nodes))}
	s.wake.L = &s.lock
	s.begin()
	return s
}

// begin resolves the plan, fills the queue and tells the observer.
func (s *scheduler) begin() {
	known := Known{Results: s.Results, ToRun: map[string]Load{}}
	for i, f := range resolve(s.nodes, s.store) {
		n := s.nodes[i]
		if f.have {
			s.state[i].entry = f.entry
		}
		if f.stale && f.needed {
			// The first writer wins, so the old entry must go first.
			s.store.Reject(f.entry)
		}
		switch {
		case !n.keeps:
			continue
		case !f.needed:
			s.state[i].status = unneeded
			if !f.have {
				continue
			}
			known.Cached++
		case f.done:
			s.state[i].status = cached
			known.Cached++
		default:
			for _, d := range n.stored {
				if st := s.state[d.index].status; st == waiting {
					s.waits[i]++
					s.users[d.index] = append(s.users[d.index], n)
				}
			}
			if s.waits[i] == 0 {
				s.ready.push(n)
			}
			if !f.have {
				l := known.ToRun[n.kind]
				known.ToRun[n.kind] = Load{l.Tasks + 1, l.Steps + n.steps()}
			}
		}
		known.Total++
	}
	s.events.send(func(o Observer) { o.PlanKnown(known) })
}

// work takes nodes from the queue until none can come any more.
func (s *scheduler) work() {
	s.lock.Lock()
	defer s.lock.Unlock()
	for {
		for len(s.ready) == 0 && s.busy > 0 && !s.stop && s.ctx.Err() == nil {
			s.wake.Wait()
		}
		if len(s.ready) == 0 || s.stop || s.ctx.Err() != nil {
			return
		}
		n := s.ready.pop()
		s.busy++
		s.lock.Unlock()
		st := s.settle(n)
		s.lock.Lock()
		s.busy--
		if st.status == failed {
			s.fails = append(s.fails, st.err.(*TaskError))
			s.stop = s.stop || !s.keepGoing
		}
		s.release(n, st)
		s.wake.Broadcast()
	}
}

// settle runs a node, or finds that it need not run, and tells the observer.
func (s *scheduler) settle(n *node) state {
	st := s.of(n)
	if st.entry.Key == n.key {
		if s.disagreement(n, st.entry) == nil {
			st.status = cached
			s.set(n, func(to *state) { *to = st })
			s.events.send(func(o Observer) { o.TaskDone(n.info(), Cached, 0, nil) })
			return st
		}
		s.store.Reject(st.entry)
	}
	s.set(n, func(to *state) { to.status = running })
	s.events.send(func(o Observer) { o.TaskStarted(n.info()) })
	start := time.Now()
	entry, err := s.run(s.ctx, n, true)
	wall := time.Since(start)
	outcome := Ran
	switch {
	case err == nil:
		st = state{status: ran, entry: entry}
	case s.ctx.Err() != nil:
		st = state{status: cancelled}
		outcome = Cancelled
	default:
		st = state{status: failed, err: n.fail(err)}
		outcome = Failed
	}
	s.set(n, func(to *state) { *to = st })
	s.events.send(func(o Observer) { o.TaskDone(n.info(), outcome, wall, st.err) })
	return st
}

// release tells the nodes that wait for n what came of it. One that has a result
// of its own already does not mind a failure. s.lock is held.
func (s *scheduler) release(n *node, st state) {
	if st.status == cancelled {
		return
	}
	for _, u := range s.users[n.index] {
		was := s.of(u)
		if was.status != waiting {
			continue
		}
		if !st.status.settled() && was.entry.Key != u.key {
			now := state{status: blocked, err: u.fail(st.err)}
			s.set(u, func(to *state) { *to = now })
			s.events.send(func(o Observer) { o.TaskDone(u.info(), Blocked, 0, now.err) })
			s.release(u, now)
			continue
		}
		if s.waits[u.index]--; s.waits[u.index] == 0 {
			s.ready.push(u)
		}
	}
}
