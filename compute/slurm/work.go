package slurm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// Waiting is the error of an element that had to leave tasks alone, since they need
// results that are not there.
type Waiting struct{ Tasks int }

func (w *Waiting) Error() string {
	return fmt.Sprintf("%d tasks were left alone: results that they need are not in the folder", w.Tasks)
}

// Work computes the tasks of one element of an array: those whose dependencies are in the
// store, and no others, since other elements compute those. What is in the store already
// costs nothing, so an element may run again.
func Work(ctx context.Context, plan *compute.Plan, store cache.Store, folder string, index, jobs int, o compute.Observer) error {
	a, err := readArray(folder)
	if err != nil {
		return err
	}
	if index < 0 || index >= len(a.Elements) {
		return fmt.Errorf("slurm: element %d of an array of %d", index, len(a.Elements))
	}
	j, err := openJournal(a.journal(index))
	if err != nil {
		return err
	}
	defer j.f.Close()
	keys := a.parsed(index)
	ready, wait := plan.Ready(keys, store)
	if unknown := len(keys) - len(ready) - len(wait); unknown > 0 {
		return fmt.Errorf("slurm: this program does not plan %d of its %d tasks: it is not the program that submitted them, or the manifest has changed", unknown, len(keys))
	}
	for _, k := range wait {
		j.write(line{Key: k.String(), What: waiting})
	}
	asked := make(map[cache.Key]bool, len(ready))
	for _, k := range ready {
		asked[k] = true
	}
	_, err = compute.Pool{Jobs: jobs, KeepGoing: true}.Run(ctx, plan.Restrict(asked), store, &recorder{Observer: o, to: j})
	if len(wait) > 0 {
		err = errors.Join(err, &Waiting{len(wait)})
	}
	return err
}

// recorder keeps the journal of an element.
type recorder struct {
	compute.Observer
	to *journal
}

func (r *recorder) TaskStarted(t compute.TaskInfo) {
	r.to.write(line{Key: t.Key.String(), What: began})
	r.Observer.TaskStarted(t)
}

func (r *recorder) TaskDone(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	switch o {
	case compute.Ran, compute.Cached:
		r.to.write(line{Key: t.Key.String(), What: done, Seconds: wall.Seconds()})
	case compute.Failed:
		r.to.write(line{Key: t.Key.String(), What: failed, Why: err.Error()})
	case compute.Blocked:
		r.to.write(line{Key: t.Key.String(), What: waiting})
	}
	r.Observer.TaskDone(t, o, wall, err)
}
