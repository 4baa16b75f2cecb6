package command

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"lossxfer-report/compute"
)

// bars is the progress display on a terminal: one bar for the plan with the time
// left, and a line per running task.
type bars struct {
	pool *mpb.Progress
	plan *mpb.Bar
	left *estimate

	mu      sync.Mutex
	running map[int]*mpb.Bar
}

func newBars(f *os.File) *bars {
	return &bars{
		pool: mpb.New(mpb.WithOutput(f), mpb.WithWidth(40), mpb.WithRefreshRate(200*time.Millisecond)),
		left: newEstimate(), running: map[int]*mpb.Bar{},
	}
}

func (b *bars) begin(k compute.Known) {
	b.left.begin(k)
	if k.Total == k.Cached {
		return
	}
	b.plan = b.pool.AddBar(int64(k.Total-k.Cached), mpb.BarPriority(-1),
		mpb.PrependDecorators(decor.CountersNoUnit("%d / %d tasks ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
			b.mu.Lock()
			defer b.mu.Unlock()
			return strings.TrimPrefix(b.left.String(), ", ")
		})))
}

func (b *bars) started(t compute.TaskInfo) {
	bar := b.pool.AddBar(100, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Percentage(decor.WC{W: 5})),
		mpb.AppendDecorators(decor.Name(" "+t.Label)))
	b.mu.Lock()
	b.left.started(t)
	b.running[t.Index] = bar
	b.mu.Unlock()
}

func (b *bars) step(t compute.TaskInfo, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bar := b.running[t.Index]; bar != nil && total > 0 {
		// The last per cent is kept for finished, which removes the line.
		bar.SetCurrent(int64(min(99, 100*done/total)))
	}
}

func (b *bars) finished(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	b.mu.Lock()
	bar := b.running[t.Index]
	delete(b.running, t.Index)
	b.left.finished(t, o, wall)
	b.mu.Unlock()
	if bar != nil {
		bar.Abort(true)
	}
	if err != nil && o == compute.Failed {
		fmt.Fprintf(b.pool, "failed: %s: %v\n", t.Label, err)
	}
	if b.plan != nil {
		b.plan.Increment()
	}
}

// note stands above the bars. Before and after the run there are none.
func (b *bars) note(s string) { fmt.Fprintln(b.pool, s) }

// close leaves the plan's bar as it stands.
func (b *bars) close() {
	if b.plan != nil && !b.plan.Completed() {
		b.plan.Abort(false)
	}
	b.pool.Wait()
}
