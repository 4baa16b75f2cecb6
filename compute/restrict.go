package compute

import (
	"maps"

	"lossxfer-report/cache"
)

// Restrict returns a plan with the same tasks of which only those with the given keys
// are asked for: a run computes these and what they rest on.
func (p *Plan) Restrict(asked map[cache.Key]bool) *Plan {
	p.mu.RLock()
	defer p.mu.RUnlock()
	q := NewPlan(p.code)
	q.codes = maps.Clone(p.codes)
	q.errs = append(q.errs, p.errs...)
	copies := make(map[*node]*node, len(p.nodes))
	mapped := func(nodes []*node) []*node {
		out := make([]*node, len(nodes))
		for i, n := range nodes {
			out[i] = copies[n]
		}
		return out
	}
	for _, n := range p.nodes { // dependencies come first
		c := *n
		c.root = asked[n.key]
		c.deps, c.stored = mapped(n.deps), mapped(n.stored)
		copies[n] = &c
		q.nodes = append(q.nodes, &c)
	}
	q.substitutes = p.substitutes
	copied := func(n *node) *node {
		if n.unavailable != nil {
			return n // not among p.nodes, and nothing in it changes
		}
		return copies[n]
	}
	for value, n := range p.value {
		q.value[value] = copied(n)
	}
	for id, n := range p.ident {
		q.ident[id] = copied(n)
	}
	return q
}
