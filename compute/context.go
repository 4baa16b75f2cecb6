package compute

import (
	"context"
	"fmt"
)

// Context is what a running task sees of the world: the results of the tasks it
// declared, and whether to stop.
type Context struct {
	ctx     context.Context
	node    *node
	results *Results
	watched bool // its progress is shown: the task itself, not a transient one under it
}

// Context returns the context that ends when the run is cancelled. A task that
// stops because of it returns an error; its result is not stored then.
func (c *Context) Context() context.Context { return c.ctx }

// Progress reports that done of total steps are behind; it may be called often.
func (c *Context) Progress(done, total int) {
	if c.watched {
		c.results.events.send(func(o Observer) { o.TaskProgress(c.node.info(), done, total) })
	}
}

// Get returns the result of a task that Depend declared. A transient result is
// shared with other tasks and must not be changed. An error should be returned
// as it is: the dependency failed, or the run was cancelled.
func Get[T any](c *Context, t Task[T]) (T, error) {
	var zero T
	n, err := c.dependency(t)
	if err != nil {
		return zero, err
	}
	v, err := c.results.get(c.ctx, n)
	if err != nil {
		return zero, err
	}
	return v.(T), nil
}

func (c *Context) dependency(t any) (*node, error) {
	p := c.results.plan
	p.mu.RLock()
	n, _, err := p.find(t)
	p.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	for _, d := range c.node.deps {
		if d == n {
			return n, nil
		}
	}
	return nil, fmt.Errorf("it asked for %T %+v without declaring it: add compute.Need to the Depend of %T", t, t, c.node.value)
}
