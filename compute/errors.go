package compute

import (
	"fmt"

	"lossxfer-report/cache"
)

// TaskError is why a task has no result: it failed, or something it depends on
// did (Err is then the dependency's *TaskError).
type TaskError struct {
	Kind, Label string
	Key         cache.Key
	Err         error
}

func (e *TaskError) Error() string { return fmt.Sprintf("%s: %v", e.Label, e.Err) }

// Unwrap returns the cause.
func (e *TaskError) Unwrap() error { return e.Err }

// NotRun is why a task has no result yet: nobody has run it.
type NotRun struct {
	Label  string
	Reason string // "not run yet", "stopped", …
}

func (e *NotRun) Error() string { return fmt.Sprintf("%s: %s", e.Label, e.Reason) }

// Failures is the error of a run in which tasks failed.
type Failures struct {
	Tasks   []*TaskError // those that failed themselves, in the order of the plan
	Blocked int          // how many had to be left out because of them
	NotRun  int          // how many were not started because the run stopped
}

func (e *Failures) Error() string {
	s := fmt.Sprintf("%d task(s) failed", len(e.Tasks))
	if e.Blocked > 0 {
		s += fmt.Sprintf(", %d need them", e.Blocked)
	}
	if e.NotRun > 0 {
		s += fmt.Sprintf(", %d not started", e.NotRun)
	}
	if len(e.Tasks) > 0 {
		s += ": " + e.Tasks[0].Error()
	}
	return s
}

// Unwrap returns the failed tasks' errors.
func (e *Failures) Unwrap() []error {
	out := make([]error, len(e.Tasks))
	for i, t := range e.Tasks {
		out[i] = t
	}
	return out
}

func (n *node) fail(err error) *TaskError {
	return &TaskError{Kind: n.kind, Label: n.label(), Key: n.key, Err: err}
}
