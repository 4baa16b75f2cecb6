package compute

import "lossxfer-report/cache"

// Specification is what a task is asked to do, whatever the code that does it.
type Specification struct {
	Kind string
	Spec string // canonical, with the tasks it contains written out
}

// Specified finds the keys of all tasks by their specifications. Keys change with the code
// behind a task, specifications do not.
func (p *Plan) Specified() map[Specification]cache.Key {
	p.mu.RLock()
	defer p.mu.RUnlock()
	keys := make(map[Specification]cache.Key, len(p.nodes))
	for _, n := range p.nodes {
		keys[Specification{n.kind, n.spec}] = n.key
	}
	return keys
}
