package command

import (
	"time"

	"lossxfer-report/compute"
)

// watcher passes what happens in a run to the progress display and the pages, and
// keeps what run.json tells. The executor calls it from one goroutine at a time.
type watcher struct {
	follower
	pages *pages
	walls []taskTime
	steps int64 // image-steps trained in this run
}

func (w *watcher) PlanKnown(k compute.Known) {
	w.pages.begin(k.Results)
	w.follower.PlanKnown(k)
	if k.Cached > 0 {
		w.pages.note()
	}
}

func (w *watcher) TaskDone(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	if o == compute.Ran {
		w.walls = append(w.walls, taskTime{t.Key.String(), t.Kind, t.Label, wall.Seconds()})
		w.steps += t.Steps
		w.pages.note()
	}
	w.follower.TaskDone(t, o, wall, err)
}
