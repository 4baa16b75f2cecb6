package command

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
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
	w := &liveWatcher{live: live, left: newEstimate(), news: make(chan struct{}, 1)}
	drawing, stop := context.WithCancel(ctx)
	var drawn sync.WaitGroup
	drawn.Go(func() { w.draw(drawing, p, store) })
	pool := compute.Pool{Jobs: a.jobs, KeepGoing: true}
	results, err := pool.Run(ctx, p.run, store, w)
	stop()
	drawn.Wait()
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
		live.show(rep)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		live.fail(err)
	}
}

// liveWatcher tells the page what the run does.
type liveWatcher struct {
	live *live
	left *estimate
	news chan struct{}

	mu          sync.Mutex
	results     *compute.Results
	done, total int
}

func (w *liveWatcher) PlanKnown(k compute.Known) {
	w.mu.Lock()
	w.results, w.total = k.Results, k.Total-k.Cached
	w.mu.Unlock()
	w.left.begin(k)
	w.note()
}

func (w *liveWatcher) TaskStarted(t compute.TaskInfo)          { w.say(t.Label) }
func (w *liveWatcher) TaskProgress(compute.TaskInfo, int, int) {}

func (w *liveWatcher) TaskDone(t compute.TaskInfo, o compute.Outcome, _ time.Duration, err error) {
	w.mu.Lock()
	w.done++
	w.mu.Unlock()
	w.left.finished(t)
	if err != nil && o == compute.Failed {
		w.live.fail(fmt.Errorf("%s: %w", t.Label, err))
	}
	w.note()
}

func (w *liveWatcher) say(label string) {
	w.mu.Lock()
	text := fmt.Sprintf("%d of %d tasks%s\n%s", w.done, w.total, w.left, label)
	w.mu.Unlock()
	w.live.say(text)
}

func (w *liveWatcher) note() {
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// draw draws the page whenever there is something new, and rests four times as long as
// that took: it must not take the cores from what it waits for.
func (w *liveWatcher) draw(ctx context.Context, p *plan, store cache.Store) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.news:
		}
		start := time.Now()
		w.mu.Lock()
		results := w.results
		w.mu.Unlock()
		rep, err := p.assemble(results, store)
		if err != nil {
			w.live.fail(err)
		} else {
			w.live.show(rep)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(time.Second, 4*time.Since(start))):
		}
	}
}
