package command

import (
	"sync"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
)

// pages writes the page again while a build runs, so that a reader has the first
// items early. Drawing takes a core, so it happens at most every few seconds, with
// a growing pause.
type pages struct {
	plan    *plan
	store   cache.Store
	write   func(*report.Report) error
	changed chan struct{}
	quit    chan struct{}
	done    sync.WaitGroup

	mu      sync.Mutex
	results *compute.Results
}

// firstPage is how long after the first result the first page is drawn; each
// further pause is twice as long, up to lastPage.
const (
	firstPage = 5 * time.Second
	lastPage  = 80 * time.Second
)

func newPages(p *plan, store cache.Store, write func(*report.Report) error) *pages {
	w := &pages{plan: p, store: store, write: write, changed: make(chan struct{}, 1), quit: make(chan struct{})}
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
	pause := firstPage
	for {
		select {
		case <-w.quit:
			return
		case <-w.changed:
		}
		select {
		case <-w.quit:
			return
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPage)
		w.mu.Lock()
		r := w.results
		w.mu.Unlock()
		if r == nil {
			continue
		}
		// An error here will come again at the end of the build, where it is reported.
		if rep, err := w.plan.assemble(r, w.store); err == nil {
			_ = w.write(rep)
		}
	}
}
