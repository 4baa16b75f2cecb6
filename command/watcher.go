package command

import (
	"time"

	"lossxfer-report/compute"
)

// watcher passes what happens in a run to the progress display and the pages, and
// keeps what run.json tells. The executor calls it from one goroutine at a time.
type watcher struct {
	progress progress
	pages    *pages
	walls    []taskTime
	steps    int64 // image-steps trained in this run
}

func (w *watcher) PlanKnown(k compute.Known) {
	w.pages.begin(k.Results)
	w.progress.begin(k)
	if k.Cached > 0 {
		w.pages.note()
	}
}

func (w *watcher) TaskStarted(t compute.TaskInfo) { w.progress.started(t) }

func (w *watcher) TaskProgress(t compute.TaskInfo, done, total int) { w.progress.step(t, done, total) }

func (w *watcher) TaskDone(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	if o == compute.Ran {
		w.walls = append(w.walls, taskTime{t.Key.String(), t.Kind, t.Label, wall.Seconds()})
		w.steps += t.Steps
		w.pages.note()
	}
	w.progress.finished(t, o, wall, err)
}
