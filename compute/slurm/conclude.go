package slurm

import (
	"fmt"
	"strings"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// seen is the event of a result that was found in the store.
const seen event = "seen"

// conclude finds out what came of elements that are over. Their results may take a while
// to be seen, where the folder is on a network.
func (d *drive) conclude(now time.Time) {
	for _, w := range d.arrays {
		for i, e := range w.elements {
			if e.settled || e.over.IsZero() {
				continue
			}
			var open []compute.TaskInfo
			hopeless := true // of everything that is open it is known why
			for _, k := range e.keys {
				t, ok := d.run.Task(k)
				if !ok || d.run.Look(t.Index, e.said[k].wall()) || !d.run.IsOpen(t.Index) {
					continue
				}
				open = append(open, t)
				hopeless = hopeless && (e.said[k].What == failed || e.said[k].What == waiting || e.excused && e.said[k].What != done)
			}
			if len(open) > 0 && !hopeless && w.ID != "" && now.Sub(e.over) < d.Settle {
				continue
			}
			e.settled = true
			for _, t := range open {
				d.blame(w, i, t)
			}
		}
	}
}

// blame says what to do with a task that its element has left without a result: it is
// tried again, until it has been tried often enough.
func (d *drive) blame(w *watched, index int, t compute.TaskInfo) {
	e := w.elements[index]
	d.run.Again(t.Index)
	if w.ID == "" || e.excused || !e.tried(t.Key, d.run.OpenReads(t.Index)) {
		return
	}
	d.tries[t.Index]++
	if d.tries[t.Index] < d.Attempts {
		return
	}
	d.failed = true
	var why string
	if said := e.said[t.Key]; said.What == failed {
		why = said.Why
	} else {
		why = fmt.Sprintf("element %d of job %s %s and left no result", index, w.ID, e.ending())
	}
	log := strings.TrimSpace(endOf(w.log(index)))
	d.run.Fail(t.Index, fmt.Errorf("tried %d times on the cluster: %s\nthe end of %s:\n%s", d.tries[t.Index], why, w.log(index), log))
}

// tried says whether a task had its chance. One that others before it left no time for has
// not, nor has one that still waits for another result.
func (e *element) tried(k cache.Key, openReads int) bool {
	switch e.said[k].What {
	case waiting:
		return openReads == 0 // then the folder is not shared
	case "":
		for _, l := range e.said {
			if l.What == done || l.What == seen || l.What == waiting {
				return false
			}
		}
	}
	return true
}
