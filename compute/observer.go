package compute

import (
	"sync"
	"time"

	"lossxfer-report/cache"
)

// Observer watches a run. Its methods are called one at a time, from many
// goroutines, and should return soon. Nothing it sees reaches a result.
type Observer interface {
	// PlanKnown comes first, once it is clear what has to run.
	PlanKnown(k Known)
	// TaskStarted says that a task began to run.
	TaskStarted(t TaskInfo)
	// TaskProgress says that a running task has done some of its steps.
	TaskProgress(t TaskInfo, done, total int)
	// TaskDone says what came of a task that was not in Known.Cached. wall is
	// zero unless it ran; err is nil unless it failed or could not run.
	TaskDone(t TaskInfo, o Outcome, wall time.Duration, err error)
}

// Known is what is known before the first task runs.
type Known struct {
	Total   int             // stored tasks of the plan that this run is about
	Cached  int             // those of them that are in the cache already
	ToRun   map[string]Load // by kind: those that are not
	Results *Results        // to be read while the run goes on
}

// TaskInfo describes a task for people.
type TaskInfo struct {
	Index    int // place in the plan
	Kind     string
	Label    string
	Key      cache.Key
	Priority int
	Steps    int64 // cost in image-steps, 0 if it does not say
}

// Outcome is what came of a task.
type Outcome string

// The outcomes of a task.
const (
	Ran       Outcome = "ran"
	Cached    Outcome = "cached"    // the cache had it after all, once its dependencies had run
	Failed    Outcome = "failed"    // Run returned an error or panicked, or the result could not be stored
	Blocked   Outcome = "blocked"   // a dependency failed
	Cancelled Outcome = "cancelled" // it was running when the context ended; nothing of it is stored
)

func (n *node) info() TaskInfo {
	return TaskInfo{Index: n.index, Kind: n.kind, Label: n.label(), Key: n.key, Priority: n.priority, Steps: n.steps()}
}

// events passes events to an observer one at a time, and none after the run.
type events struct {
	mu  sync.Mutex
	obs Observer // nil: nobody is watching
}

func (e *events) send(f func(Observer)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.obs != nil {
		f(e.obs)
	}
}

func (e *events) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.obs = nil
}
