package compute

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lossxfer-report/cache"
)

// Asked is a Ref without its type: something that was asked of a plan.
type Asked struct{ node *node }

// Asked forgets the type of what was asked for.
func (r Ref[T]) Asked() Asked { return Asked(r) }

// Behind is a stored task that a result rests on.
type Behind struct {
	TaskInfo
	Spec   json.RawMessage // canonical specification; a task it needs stands as "kind:key", the key cut to 12 digits
	Digest cache.Digest    // of its result
	Done   bool            // there is a result; otherwise Digest means nothing
	Failed bool            // it failed, or a task under it did
}

// Behind lists the stored tasks under what was asked for, those included, each
// once, sorted by kind and key. Nothing is said of their results.
func (p *Plan) Behind(asked []Asked) []Behind {
	nodes := under(asked)
	list := make([]Behind, len(nodes))
	for i, n := range nodes {
		list[i] = Behind{TaskInfo: n.info(), Spec: json.RawMessage(n.shortSpec())}
	}
	return list
}

// Behind lists the tasks as Plan.Behind does, with what has come of them. A task
// that did not have to be looked at, because all that rests on it was there already,
// is looked up now.
func (r *Results) Behind(asked []Asked) []Behind {
	nodes := under(asked)
	list := r.plan.Behind(asked)
	read := map[cache.Key]cache.Digest{} // what the results were made from
	for i, n := range nodes {
		if n.index >= len(r.nodes) {
			continue
		}
		b, st := &list[i], r.of(n)
		b.Done, b.Digest = st.status.settled(), st.entry.Blob
		b.Failed = st.status == failed || st.status == blocked
		if st.status == unneeded {
			if e, err := r.store.Get(n.key); err == nil {
				st.entry, b.Done, b.Digest = e, true, e.Blob
			}
		}
		for _, d := range st.entry.Deps {
			read[d.Key] = d.Digest
		}
	}
	// The result itself may be gone from the cache, but not what rests on it.
	for i := range list {
		if digest := read[list[i].Key]; digest != (cache.Digest{}) && !list[i].Done && !list[i].Failed {
			list[i].Done, list[i].Digest = true, digest
		}
	}
	return list
}

// under collects the stored nodes under what was asked for, sorted by kind and key.
func under(asked []Asked) []*node {
	seen := map[*node]bool{}
	var list []*node
	var visit func(*node)
	visit = func(n *node) {
		if n == nil || seen[n] || n.unavailable != nil {
			return
		}
		seen[n] = true
		for _, d := range n.deps {
			visit(d)
		}
		if n.keeps {
			list = append(list, n)
		}
	}
	for _, a := range asked {
		visit(a.node)
	}
	slices.SortFunc(list, func(a, b *node) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), bytes.Compare(a.key[:], b.key[:]))
	})
	return list
}

// shortSpec is the canonical specification with the tasks it contains named instead
// of written out: a probe's would otherwise repeat all of its network's.
func (n *node) shortSpec() string {
	spec := n.spec
	for _, d := range n.stored {
		if d.spec == "{}" {
			continue // any empty value looks like this
		}
		spec = strings.ReplaceAll(spec, d.spec, fmt.Sprintf("%q", d.kind+":"+d.key.String()[:12]))
	}
	return spec
}

// CodeDigest is the SHA-256 over the code parts of every task of the plan, hex: it
// changes when the code behind any result does, and with nothing else.
func (p *Plan) CodeDigest() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	packages := make([]string, 0, len(p.codes))
	for name := range p.codes {
		packages = append(packages, name)
	}
	slices.Sort(packages)
	h := sha256.New()
	for _, name := range packages {
		key := cache.KeyOf(p.codes[name].parts)
		h.Write([]byte(name))
		h.Write(key[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
