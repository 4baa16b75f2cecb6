package compute

import (
	"container/list"
	"context"
	"errors"
	"sync"
)

// memo keeps transient results in memory: each is computed once at a time however
// many tasks want it, and the least recently used go first when all together
// exceed the budget. Results in use by tasks are theirs, beyond the budget.
type memo struct {
	budget int64 // bytes

	mu    sync.Mutex
	used  int64
	items map[*node]*item
	lru   list.List // of *item, most recently used first
}

type item struct {
	node *node
	done chan struct{}
	val  any
	err  error
	size int64
	at   *list.Element
}

func newMemo(budget int64) *memo { return &memo{budget: budget, items: map[*node]*item{}} }

// do returns the result of n, which compute makes if it is not there. An error is
// kept like a result, unless it is that of a context: the next one to ask may
// have more time.
func (m *memo) do(ctx context.Context, n *node, compute func() (any, error)) (any, error) {
	for {
		m.mu.Lock()
		it, there := m.items[n]
		if !there {
			it = &item{node: n, done: make(chan struct{})}
			m.items[n] = it
			m.mu.Unlock()
			it.val, it.err = compute()
			m.keep(it)
			close(it.done)
			return it.val, it.err
		}
		if it.at != nil {
			m.lru.MoveToFront(it.at)
		}
		m.mu.Unlock()
		select {
		case <-it.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if !interrupted(it.err) {
			return it.val, it.err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

// keep puts a finished item into the order of use and makes room for it.
func (m *memo) keep(it *item) {
	size := sizeOf(it.val)
	m.mu.Lock()
	defer m.mu.Unlock()
	if interrupted(it.err) || size > m.budget {
		delete(m.items, it.node)
		return
	}
	it.size = size
	it.at = m.lru.PushFront(it)
	m.used += size
	for m.used > m.budget {
		last := m.lru.Remove(m.lru.Back()).(*item)
		m.used -= last.size
		delete(m.items, last.node)
	}
}

func interrupted(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
