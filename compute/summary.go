package compute

import (
	"slices"
	"time"
)

// Summary counts what came of the stored tasks of a run.
type Summary struct {
	Total   int // what the run was about: the sum of the rest
	Cached  int
	Ran     int
	Failed  int
	Blocked int // a dependency failed
	NotRun  int // not started, or cancelled
}

// Summary counts what has come of the run so far.
func (r *Results) Summary() Summary {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var s Summary
	for i, n := range r.nodes {
		status := r.state[i].status
		switch {
		case !n.keeps:
			continue
		case status == unneeded && r.state[i].entry.Key != n.key:
			continue // gone from the cache, and nobody misses it
		}
		s.Total++
		switch status {
		case cached, unneeded:
			s.Cached++
		case ran:
			s.Ran++
		case failed:
			s.Failed++
		case blocked:
			s.Blocked++
		default:
			s.NotRun++
		}
	}
	return s
}

// finish returns the error of the run.
func (s *scheduler) finish() error {
	sum := s.Summary()
	if err := s.ctx.Err(); err != nil && sum.NotRun > 0 {
		return err
	}
	if len(s.fails) == 0 {
		return nil
	}
	slices.SortFunc(s.fails, func(a, b *TaskError) int { return s.place(a) - s.place(b) })
	return &Failures{Tasks: s.fails, Blocked: sum.Blocked, NotRun: sum.NotRun}
}

func (s *scheduler) place(e *TaskError) int {
	return slices.IndexFunc(s.nodes, func(n *node) bool { return n.key == e.Key })
}

// now is the time for provenance, which never reaches a result.
func now() time.Time { return time.Now() }
