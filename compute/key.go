package compute

import (
	"slices"

	"lossxfer-report/cache"
)

// schema is the version of what a key and a stored result mean: the names below,
// the canonical form and the encodings. This package's own code is left out of
// the code hash, because how tasks are scheduled cannot change what they compute.
const schema = "1"

// keyParts returns the named parts of a node's key in three groups: what it is, the code
// behind it, which many nodes share, and what it needs.
func (n *node) keyParts() (head, code, needs []cache.Part) {
	head = []cache.Part{
		{Name: "schema", Value: schema},
		{Name: "kind", Value: n.kind},
		{Name: "type", Value: n.typ},
		{Name: "spec", Value: n.spec},
	}
	needs = make([]cache.Part, len(n.deps))
	for i, d := range n.deps {
		needs[i] = cache.Part{Name: "needs " + d.kind, Value: d.key.String()}
	}
	return head, n.code, needs
}

// parts are the named parts of the key.
func (n *node) parts() []cache.Part { return slices.Concat(n.keyParts()) }
