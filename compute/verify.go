package compute

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"lossxfer-report/cache"
)

// Verified is what recomputing one stored result came to.
type Verified struct {
	TaskInfo
	Made cache.Provenance // who made the stored one
	Was  cache.Digest     // of the stored one
	Is   cache.Digest     // of the recomputed one; zero if Err is not nil
	Err  error            // why it could not be recomputed
}

// Same reports whether the recomputed result has the stored one's bits.
func (v Verified) Same() bool { return v.Err == nil && v.Was == v.Is }

// Verify recomputes n of a plan's cached results, or all if there are fewer, from
// cached dependencies, and compares bits. Unrepeatable ones are left out. Nothing is stored. Another seed picks
// others. The error is the plan's, or the context's.
func Verify(ctx context.Context, p *Plan, store cache.Store, n int, seed uint64) ([]Verified, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	r := newResults(ctx, p, store, DefaultMemory)
	var picked []*node
	for i, f := range resolve(r.nodes, store) {
		if f.have {
			r.state[i] = state{status: cached, entry: f.entry}
			if !r.nodes[i].unrepeatable() {
				picked = append(picked, r.nodes[i])
			}
		}
	}
	shuffle(picked, seed)
	var out []Verified
	for _, n := range picked[:min(max(n, 0), len(picked))] {
		st := r.of(n)
		v := Verified{TaskInfo: n.info(), Made: st.entry.Made, Was: st.entry.Blob}
		result, err := r.call(&Context{ctx: ctx, node: n, results: r})
		if err == nil {
			var blob []byte
			blob, err = n.encode(result)
			v.Is = cache.DigestOf(blob)
		}
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			v.Is, v.Err = cache.Digest{}, fmt.Errorf("%s: %w", n.label(), err)
		}
		out = append(out, v)
	}
	return out, nil
}

// shuffle puts nodes into an order that depends on their keys and a seed only.
func shuffle(nodes []*node, seed uint64) {
	rank := func(n *node) uint64 {
		d := cache.DigestOf(binary.LittleEndian.AppendUint64(n.key[:], seed))
		return binary.LittleEndian.Uint64(d[:])
	}
	slices.SortFunc(nodes, func(a, b *node) int { return cmp.Compare(rank(a), rank(b)) })
}
