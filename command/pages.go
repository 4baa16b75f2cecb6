package command

import (
	"sync"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// pages writes the page again while a build runs, so that a reader has the first
// items early. Drawing takes a core, so there is a pause before each page.
type pages struct {
	plan    *plan
	store   cache.Store
	pause   pause
	write   func(*report.Report) error
	changed chan struct{}
	quit    chan struct{}
	done    sync.WaitGroup

	mu      sync.Mutex
	results *compute.Results
}

// pause is how long to rest before drawing page number n, counted from 0, if the last
// one took so long to draw.
type pause func(n int, took time.Duration) time.Duration

// buildPause is five seconds after the first result; each further pause is twice as
// long, up to 80 seconds. Nobody may be looking.
func buildPause(n int, _ time.Duration) time.Duration { return 5 * time.Second << min(n, 4) }

// livePause is four times as long as drawing took: somebody is looking, but drawing must
// not take the cores from what it waits for.
func livePause(n int, took time.Duration) time.Duration {
	if n == 0 {
		return 0
	}
	return max(time.Second, 4*took)
}

func newPages(p *plan, store cache.Store, pause pause, write func(*report.Report) error) *pages {
	w := &pages{plan: p, store: store, pause: pause, write: write, changed: make(chan struct{}, 1), quit: make(chan struct{})}
	w.done.Add(1)
	go w.loop()
	return w
}

// begin tells where to read results.
func (w *pages) begin(r *compute.Results) {
	w.mu.Lock()
	w.results = r
	w.mu.Unlock()
}

// note says that there is a new result.
func (w *pages) note() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// stop waits for a page that is being drawn and draws no more.
func (w *pages) stop() {
	close(w.quit)
	w.done.Wait()
}

func (w *pages) loop() {
	defer w.done.Done()
	var took time.Duration
	for n := 0; ; n++ {
		select {
		case <-w.quit:
			return
		case <-w.changed:
		}
		select {
		case <-w.quit:
			return
		case <-time.After(w.pause(n, took)):
		}
		w.mu.Lock()
		r := w.results
		w.mu.Unlock()
		if r == nil {
			continue
		}
		start := time.Now()
		// An error here will come again at the end of the build, where it is reported.
		if rep, err := w.plan.assemble(r, w.store); err == nil {
			_ = w.write(rep)
		}
		took = time.Since(start)
	}
}
