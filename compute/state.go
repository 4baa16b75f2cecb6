package compute

import (
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"

	"lossxfer-report/cache"
)

// StoredKeys are the keys of the tasks whose results are stored, dependencies first.
func (p *Plan) StoredKeys() []cache.Key {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var keys []cache.Key
	for _, n := range p.nodes {
		if n.keeps {
			keys = append(keys, n.key)
		}
	}
	return keys
}

// StoreState is a digest of what a store has under the keys: of each whether there is an entry
// with a result of its length, which result, and from which it was made. A plan with these
// keys does the same, and comes to the same results, wherever the state is the same and
// the results have the bytes they were stored with, which are not read.
func StoreState(keys []cache.Key, store cache.Store) cache.Digest {
	sums := make([][sha256.Size]byte, len(keys))
	each(len(keys), func(i int) {
		e, err := store.Get(keys[i])
		if err != nil {
			return // zero: there is none
		}
		h := sha256.New()
		h.Write(keys[i][:])
		h.Write(e.Blob[:])
		for _, d := range e.Deps {
			h.Write(d.Key[:])
			h.Write(d.Digest[:])
		}
		h.Sum(sums[i][:0])
	})
	h := sha256.New()
	for i := range sums {
		h.Write(keys[i][:])
		h.Write(sums[i][:])
	}
	return cache.Digest(h.Sum(nil))
}

// each calls f for 0 … n−1, as many at once as there are cores, at most eight.
func each(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 8) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
