package compute

import (
	"context"

	"lossxfer-report/cache"
)

// Look returns what a store has of a plan's results and runs nothing: what is not
// there is a *NotRun. What is there counts even if something under it is gone: unlike a
// run, nothing is about to put other bytes in its place.
func Look(p *Plan, store cache.Store) (*Results, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := newResults(ctx, p, store, DefaultMemory)
	for i, f := range resolve(r.nodes, store) {
		switch {
		case f.have:
			r.state[i] = state{status: cached, entry: f.entry}
		case !f.needed:
			r.state[i].status = unneeded
		}
	}
	return r, nil
}
