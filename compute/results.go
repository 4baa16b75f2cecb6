package compute

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"lossxfer-report/cache"
)

// Results gives the results of a plan's tasks, while they are being computed and
// after. It is safe for concurrent use.
type Results struct {
	plan   *Plan
	nodes  []*node
	ctx    context.Context
	store  cache.Store
	made   cache.Provenance
	memo   *memo
	mends  *memo // runs of stored tasks outside the pool, one at a time each
	events events

	mu    sync.RWMutex
	state []state // by node index
}

// newResults has nothing yet. Memory is the bytes that results may take at a time.
func newResults(ctx context.Context, p *Plan, store cache.Store, memory int64) *Results {
	p.mu.RLock()
	nodes := p.nodes[:len(p.nodes):len(p.nodes)]
	p.mu.RUnlock()
	return &Results{
		plan: p, nodes: nodes, ctx: ctx, store: store, made: cache.Here(),
		memo: newMemo(memory), mends: newMemo(0), state: make([]state, len(nodes)),
	}
}

type state struct {
	status status
	entry  cache.Entry  // if settled
	digest cache.Digest // of a transient result that says it
	err    error        // if failed or blocked
}

type status uint8

const (
	waiting status = iota // not settled, not started
	running
	cached
	ran
	failed
	blocked
	cancelled
	unneeded // not asked of the plan, and nobody who needs it had to run
)

func (s status) settled() bool { return s == cached || s == ran }

// Value returns the result of a task that a plan was asked for. The error is a
// *NotRun if it has not been computed, a *TaskError if it failed or something
// under it did, an *Unavailable if the plan has no way to it (see Substitute). A result whose file has gone bad is computed again on the spot.
func Value[T any](r *Results, ref Ref[T]) (T, error) {
	var zero T
	if ref.node == nil {
		return zero, errors.New("compute: a Ref that no plan has given, or to a task that plan.Err reports")
	}
	v, err := r.value(ref.node)
	if err != nil {
		return zero, err
	}
	return v.(T), nil
}

func (r *Results) value(n *node) (any, error) {
	if n.unavailable != nil {
		return nil, n.unavailable
	}
	if n.index >= len(r.nodes) || r.nodes[n.index] != n {
		return nil, &NotRun{Label: n.label(), Reason: "not part of this run"}
	}
	if err := r.ready(n); err != nil {
		return nil, err
	}
	v, err := r.get(r.ctx, n)
	if interrupted(err) {
		return nil, &NotRun{Label: n.label(), Reason: "stopped"}
	}
	var failure *TaskError
	if err != nil && !errors.As(err, &failure) {
		err = n.fail(err)
	}
	return v, err
}

// ready returns nil if a result can be had without waiting for the pool.
func (r *Results) ready(n *node) error {
	if !n.keeps {
		for _, d := range n.stored {
			if err := r.ready(d); err != nil {
				return err
			}
		}
		return nil
	}
	switch st := r.of(n); st.status {
	case cached, ran:
		return nil
	case failed, blocked:
		return st.err
	case running:
		return &NotRun{Label: n.label(), Reason: "running"}
	case cancelled:
		return &NotRun{Label: n.label(), Reason: "stopped"}
	case unneeded:
		if r.has(n) {
			return nil
		}
	}
	return &NotRun{Label: n.label(), Reason: "not run yet"}
}

func (r *Results) has(n *node) bool {
	_, err := r.store.Get(n.key)
	return err == nil
}

func (r *Results) of(n *node) state {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.state[n.index]
}

func (r *Results) set(n *node, change func(*state)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.state[n.index])
}

// get returns the result of a node whose dependencies are settled: from memory,
// from the cache or, where neither has it, by running it.
func (r *Results) get(ctx context.Context, n *node) (any, error) {
	if !n.keeps {
		return r.memo.do(ctx, n, func() (any, error) { return r.transient(ctx, n) })
	}
	st := r.of(n)
	if st.err != nil {
		return nil, st.err
	}
	if st.status.settled() {
		if v, err := r.fetch(n, st.entry); err == nil {
			return v, nil
		}
	}
	return r.mends.do(ctx, n, func() (any, error) { return r.mend(ctx, n) })
}

// fetch reads and decodes a stored result.
func (r *Results) fetch(n *node, e cache.Entry) (any, error) {
	b, err := r.store.Read(e)
	if err != nil {
		return nil, err
	}
	v, err := n.decode(b)
	if err != nil {
		r.store.Reject(e)
		return nil, &cache.Miss{Key: e.Key, Reason: cache.Rejected, Err: err}
	}
	return v, nil
}

// mend gets a result that was counted on and is not there: its blob has gone bad
// since it was looked up, or nobody was expected to need it.
func (r *Results) mend(ctx context.Context, n *node) (any, error) {
	if e, err := r.store.Get(n.key); err == nil {
		if d := r.disagreement(n, e); d != nil {
			r.store.Reject(e)
		} else if v, err := r.fetch(n, e); err == nil {
			r.set(n, func(s *state) { s.entry = e })
			return v, nil
		}
	}
	e, err := r.run(ctx, n, false)
	if interrupted(err) {
		// It was counted as there. Whoever asks what became of it is told that it is not.
		r.set(n, func(s *state) { *s = state{status: cancelled} })
	}
	if err != nil {
		return nil, n.fail(err)
	}
	r.set(n, func(s *state) { s.entry = e })
	v, err := r.fetch(n, e)
	if err != nil {
		return nil, n.fail(fmt.Errorf("its result cannot be read back: %w", err))
	}
	return v, nil
}

// disagreement returns a dependency of n whose result is not the one that n's
// entry was made from, or nil, as far as the run has come.
func (r *Results) disagreement(n *node, e cache.Entry) *node {
	return disagrees(e, n, func(d *node) (cache.Digest, bool) {
		st := r.of(d)
		return st.entry.Blob, st.status.settled()
	})
}

// transient computes a transient result.
func (r *Results) transient(ctx context.Context, n *node) (any, error) {
	v, err := r.call(&Context{ctx: ctx, node: n, results: r})
	if err != nil {
		return nil, n.fail(err)
	}
	if d, ok := v.(interface{ Digest() [32]byte }); ok {
		digest := d.Digest()
		r.set(n, func(s *state) { s.digest = digest })
	}
	return v, nil
}

// run computes a stored result and stores it. A result that came out while the
// context ended is not trusted to be whole.
func (r *Results) run(ctx context.Context, n *node, watched bool) (cache.Entry, error) {
	v, err := r.call(&Context{ctx: ctx, node: n, results: r, watched: watched})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return cache.Entry{}, err
	}
	blob, err := n.encode(v)
	if err != nil {
		return cache.Entry{}, fmt.Errorf("its result cannot be encoded: %w", err)
	}
	made := r.made
	made.Time = now()
	return r.store.Put(cache.Entry{
		Key: n.key, Kind: n.kind, Parts: n.parts(), Deps: r.inputs(n), Made: made,
	}, blob)
}

// call runs a task and makes an error of a panic.
func (r *Results) call(c *Context) (v any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return c.node.run(c)
}

// inputs returns what a node's result was made from: the stored results that
// reach it, and the transient ones between, each with its digest if it has one.
func (r *Results) inputs(n *node) []cache.Dep {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var deps []cache.Dep
	for _, d := range n.stored {
		deps = append(deps, cache.Dep{Key: d.key, Digest: r.state[d.index].entry.Blob})
	}
	seen := map[*node]bool{}
	var through func(*node)
	through = func(n *node) {
		for _, d := range n.deps {
			if !d.keeps && !seen[d] {
				seen[d] = true
				deps = append(deps, cache.Dep{Key: d.key, Digest: r.state[d.index].digest})
				through(d)
			}
		}
	}
	through(n)
	return deps
}
