package compute

import (
	"reflect"

	"lossxfer-report/cache"
)

// schema is the version of what a key and a stored result mean: the names below,
// the canonical form and the encodings. This package's own code is left out of
// the code hash, because how tasks are scheduled cannot change what they compute.
const schema = "1"

// keyParts returns the named parts of a node's key.
func keyParts(n *node, typ reflect.Type, code []cache.Part) []cache.Part {
	parts := make([]cache.Part, 0, 4+len(code)+len(n.deps))
	parts = append(parts,
		cache.Part{Name: "schema", Value: schema},
		cache.Part{Name: "kind", Value: n.kind},
		cache.Part{Name: "type", Value: typ.String()},
		cache.Part{Name: "spec", Value: n.spec})
	parts = append(parts, code...)
	for _, d := range n.deps {
		parts = append(parts, cache.Part{Name: "needs " + d.kind, Value: d.key.String()})
	}
	return parts
}
