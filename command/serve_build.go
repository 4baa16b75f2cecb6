package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// buildLive runs the plan and shows the page as it fills, until there is nothing left to
// do or the context ends. Errors go onto the page.
func (a *App) buildLive(ctx context.Context, live *live) {
	p, err := a.plan()
	if err != nil {
		live.fail(err)
		return
	}
	store, err := a.store()
	if err != nil {
		live.fail(err)
		return
	}
	shelf, err := newShelf(store, a.assets.Drawing)
	if err != nil {
		live.fail(err)
		return
	}
	pages := newPages(p, store, livePause, func(r *report.Report) error {
		live.showInterim(r)
		return nil
	})
	watch := &watcher{follower: follower{&liveProgress{live: live, left: newEstimate()}}, pages: pages}
	results, err := compute.Pool{Jobs: a.jobs, KeepGoing: true}.Run(ctx, p.run, store, watch)
	pages.stop()
	if ctx.Err() != nil {
		return // somebody who stopped us shows what comes next
	}
	if results == nil {
		live.fail(err)
		return
	}
	live.say("")
	if rep, problem := p.assemble(results, store); problem != nil {
		live.fail(problem)
	} else {
		live.showInterim(rep) // static drawings may take seconds, and nobody waits for them
		live.showFrom(shelf, rep)
		shelf.put()
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		live.fail(err)
	}
}

// liveProgress tells the page what the run does.
type liveProgress struct {
	live        *live
	left        *estimate
	done, total int
}

func (l *liveProgress) begin(k compute.Known) {
	l.total = k.Total - k.Cached
	l.left.begin(k)
}

func (l *liveProgress) started(t compute.TaskInfo) {
	l.left.started(t)
	l.live.say(fmt.Sprintf("%d of %d tasks%s\n%s", l.done, l.total, l.left, t.Label))
}

func (l *liveProgress) step(compute.TaskInfo, int, int) {}

func (l *liveProgress) finished(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	l.done++
	l.left.finished(t, o, wall)
	if err != nil && o == compute.Failed {
		l.live.fail(fmt.Errorf("%s: %w", t.Label, err))
	}
}

func (l *liveProgress) note(s string) { l.live.say(s) }

func (l *liveProgress) close() {}
