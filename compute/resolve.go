package compute

import (
	"errors"
	"fmt"
	"slices"

	"lossxfer-report/cache"
)

// found is what the cache has for a node, before anything runs.
type found struct {
	entry  cache.Entry
	have   bool   // the entry is there and agrees with what its dependencies came to
	stale  bool   // the entry is there and does not agree
	reason string // why it is not had
	needed bool   // a root, or needed by a task that has to run
	done   bool   // needed, had, and nothing it depends on is about to run
}

// resolve looks every stored node up, from the leaves to the roots, and finds out
// what a run has to do. It reads entries only.
//
// A dependency that is gone from the cache does not make its dependents miss: it
// is run again only if one of them has to run. It may then come to other bytes
// than the others recorded, so they are not done before it is, nor is what
// depends on them.
func resolve(nodes []*node, store cache.Store) []found {
	out := lookup(nodes, store)
	for _, n := range nodes {
		if f := &out[n.index]; f.have {
			if d := disagrees(f.entry, n, func(d *node) (cache.Digest, bool) {
				return out[d.index].entry.Blob, out[d.index].have
			}); d != nil {
				f.have, f.stale = false, true
				f.reason = "the result of " + d.label() + " has changed"
			}
		}
	}
	for _, n := range slices.Backward(nodes) {
		f := &out[n.index]
		f.needed = f.needed || n.root
		if f.needed && !f.have {
			for _, d := range n.deps {
				out[d.index].needed = true
			}
		}
	}
	// shaky nodes are there, but something under them is about to run.
	shaky := make([]bool, len(nodes))
	for _, n := range nodes {
		for _, d := range n.stored {
			under := &out[d.index]
			shaky[n.index] = shaky[n.index] || out[n.index].have && (shaky[d.index] || under.needed && !under.have)
		}
	}
	for _, n := range slices.Backward(nodes) {
		f := &out[n.index]
		f.done = f.needed && f.have && !shaky[n.index]
		for _, d := range n.stored {
			// To be sure of n, be sure of d first.
			out[d.index].needed = out[d.index].needed || f.needed && shaky[d.index]
		}
	}
	return out
}

// lookup gets the entries of all stored nodes, as many at once as there are cores.
func lookup(nodes []*node, store cache.Store) []found {
	out := make([]found, len(nodes))
	each(len(nodes), func(i int) {
		if n := nodes[i]; n.keeps {
			e, err := store.Get(n.key)
			out[i].entry, out[i].have = e, err == nil
			if err != nil {
				out[i].reason = reasonOf(err)
			}
		}
	})
	return out
}

func reasonOf(err error) string {
	var m *cache.Miss
	if !errors.As(err, &m) {
		return err.Error()
	}
	if m.Err != nil {
		return fmt.Sprintf("%s: %v", m.Reason, m.Err)
	}
	return string(m.Reason)
}

// disagrees returns a dependency of n whose result is not the one that n's entry
// was made from, or nil. now gives the digest that a dependency has, if known.
func disagrees(e cache.Entry, n *node, now func(*node) (cache.Digest, bool)) *node {
	if len(n.stored) == 0 {
		return nil
	}
	was := make(map[cache.Key]cache.Digest, len(e.Deps))
	for _, d := range e.Deps {
		was[d.Key] = d.Digest
	}
	for _, d := range n.stored {
		then, recorded := was[d.key]
		if !recorded {
			return d // an entry that leaves out what it was made from
		}
		if digest, known := now(d); known && then != (cache.Digest{}) && then != digest {
			return d
		}
	}
	return nil
}
