package compute

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sort"

	"lossxfer-report/cache"
)

// Asked is a Ref without its type: something that was asked of a plan.
type Asked struct{ node *node }

// Asked forgets the type of what was asked for.
func (r Ref[T]) Asked() Asked { return Asked{r.node} }

// Behind is a stored task that a result rests on.
type Behind struct {
	TaskInfo
	Spec   json.RawMessage // canonical specification
	Digest cache.Digest    // of its result
	Done   bool            // there is a result; otherwise Digest means nothing
	Failed bool            // it failed, or a task under it did
}

// Behind lists the stored tasks under what was asked for, those included, each
// once, sorted by kind and key.
func (r *Results) Behind(asked []Asked) []Behind {
	seen := map[*node]bool{}
	var list []Behind
	var visit func(*node)
	visit = func(n *node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		for _, d := range n.deps {
			visit(d)
		}
		if !n.keeps {
			return
		}
		b := Behind{TaskInfo: n.info(), Spec: json.RawMessage(n.spec)}
		if n.index < len(r.nodes) {
			st := r.of(n)
			b.Done, b.Digest = st.status.settled(), st.entry.Blob
			b.Failed = st.status == failed || st.status == blocked
		}
		list = append(list, b)
	}
	for _, a := range asked {
		visit(a.node)
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Kind != list[j].Kind {
			return list[i].Kind < list[j].Kind
		}
		return list[i].Key.String() < list[j].Key.String()
	})
	return list
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
	sort.Strings(packages)
	h := sha256.New()
	for _, name := range packages {
		key := cache.KeyOf(p.codes[name].parts)
		h.Write([]byte(name))
		h.Write(key[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
