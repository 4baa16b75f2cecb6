package command

import (
	"testing"
	"testing/synctest"
	"time"

	"lossxfer-report/compute"
)

// Two workers train four networks for a minute each, then probe each ten times for a
// second: 2 minutes and 20 seconds in all. Small tasks weigh as much as a tenth of a
// training by their work, so only their own times can tell.
func TestEstimateLearnsHowLongEachKindTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEstimate()
		train := compute.TaskInfo{Kind: "train", Steps: 9 * compute.SmallTask}
		probe := compute.TaskInfo{Kind: "probe"}
		e.begin(compute.Known{ToRun: map[string]compute.Load{"train": {Tasks: 4, Steps: 4 * train.Steps}, "probe": {Tasks: 40}}})
		if s := e.String(); s != "" {
			t.Errorf("before anything ran: %q", s)
		}
		pair := func(like compute.TaskInfo, wall time.Duration) {
			a, b := like, like
			a.Index, b.Index = 1, 2
			e.started(a)
			e.started(b)
			time.Sleep(wall)
			e.finished(a, compute.Ran, wall)
			e.finished(b, compute.Ran, wall)
		}
		pair(train, time.Minute)
		// One minute of training, and probes that may take a tenth of a training each.
		if d, ok := e.remaining(); !ok || d != time.Minute+40*6*time.Second/2 {
			t.Errorf("after two networks: %v, %v", d, ok)
		}
		pair(probe, time.Second)
		if d, _ := e.remaining(); d != time.Minute+19*time.Second {
			t.Errorf("after two probes: %v", d)
		}
		e.started(train)
		time.Sleep(30 * time.Second)
		e.finished(train, compute.Cached, 0)
		if d, _ := e.remaining(); d < 40*time.Second || d > 80*time.Second {
			t.Errorf("after a network that was in the cache after all: %v", d)
		}
		for range 19 {
			pair(probe, time.Second)
		}
		e.finished(train, compute.Ran, time.Minute)
		if d, ok := e.remaining(); !ok || d != 0 {
			t.Errorf("at the end: %v, %v", d, ok)
		}
	})
}
