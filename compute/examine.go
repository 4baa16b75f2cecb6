package compute

import "lossxfer-report/cache"

// State says where a task stands before a run.
type State string

// The states of a task. A task that is neither needed nor cached is Missing too:
// see NodeState.Needed.
const (
	IsCached    State = "cached"
	IsStale     State = "stale"     // stored, but a dependency has come to other bytes since
	IsMissing   State = "missing"   // not stored, or what is stored is bad
	IsTransient State = "transient" // never stored
)

// NodeState describes a task of a plan without running it.
type NodeState struct {
	TaskInfo
	State  State
	Reason string // why it is not cached
	Needed bool   // a run would have to have its result
	Made   cache.Provenance
	Task   any // itself, as it was asked for
	node   *node
}

// Parts are what its key is made of.
func (s NodeState) Parts() []cache.Part { return s.node.parts() }

// Needs are the keys of what it depends on directly.
func (s NodeState) Needs() []cache.Key {
	keys := make([]cache.Key, len(s.node.deps))
	for i, d := range s.node.deps {
		keys[i] = d.key
	}
	return keys
}

// Examine says of every task of a plan, dependencies first, whether the store has
// it. It reads entries only.
func Examine(p *Plan, store cache.Store) []NodeState {
	p.mu.RLock()
	nodes := p.nodes[:len(p.nodes):len(p.nodes)]
	p.mu.RUnlock()
	out := make([]NodeState, len(nodes))
	for i, f := range resolve(nodes, store) {
		n := nodes[i]
		s := NodeState{TaskInfo: n.info(), Task: n.task.value, node: n, Needed: f.needed, Reason: f.reason, State: IsMissing}
		switch {
		case !n.keeps:
			s.State = IsTransient
		case f.have:
			s.State, s.Made = IsCached, f.entry.Made
		case f.stale:
			s.State, s.Made = IsStale, f.entry.Made
		}
		out[i] = s
	}
	return out
}
