package compute

import (
	"context"

	"lossxfer-report/cache"
)

// Look returns what a store has of a plan's results and runs nothing: what is not
// there is a *NotRun.
func Look(p *Plan, store cache.Store) (*Results, error) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := Pool{Jobs: 1}.Run(ctx, p, store, nil)
	if r == nil {
		return nil, err
	}
	return r, nil
}
