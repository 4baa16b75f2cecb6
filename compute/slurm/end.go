package slurm

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lossxfer-report/cache"
)

// stop ends a run in which a task was given up: what waits is cancelled, what runs goes on.
func (d *drive) stop(ctx context.Context) error {
	if err := d.Queue.Cancel(ctx, d.underWay(true), true); err != nil {
		d.note(err.Error())
	}
	return nil
}

// interrupted ends a run whose context has ended.
func (d *drive) interrupted() error {
	ids := d.underWay(false)
	if len(ids) == 0 {
		return nil
	}
	if !d.Cancel {
		d.leave()
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := d.Queue.Cancel(ctx, ids, false); err != nil {
		d.note(err.Error())
		return nil
	}
	d.note(fmt.Sprintf("cancelled jobs %s", strings.Join(ids, ", ")))
	return nil
}

// leave says what goes on without this build.
func (d *drive) leave() {
	if ids := d.underWay(false); len(ids) > 0 {
		d.note(fmt.Sprintf("jobs %s go on; the same command attaches to them, scancel %s ends them", strings.Join(ids, ", "), strings.Join(ids, " ")))
	}
}

// underWay are the numbers of the arrays that compute tasks of this plan.
func (d *drive) underWay(ours bool) []string {
	var ids []string
	for _, w := range d.arrays {
		if w.ID != "" && (w.ours || !ours) && d.running(w) > 0 {
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// wanted says whether a task is open in this plan.
func (d *drive) wanted(k cache.Key) bool {
	t, ok := d.run.Task(k)
	return ok && d.run.IsOpen(t.Index)
}
