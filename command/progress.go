package command

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"lossxfer-report/compute"
)

// progress shows a run to a person.
type progress interface {
	begin(compute.Known)
	started(compute.TaskInfo)
	step(t compute.TaskInfo, done, total int)
	finished(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error)
	note(string) // what concerns no single task
	close()
}

// newProgress shows bars on a terminal, lines elsewhere, and nothing where it was
// asked to be quiet.
func (a *App) newProgress() progress {
	if a.quiet || a.json {
		return silent{}
	}
	if f, ok := a.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return newBars(f)
	}
	return &lines{w: a.stderr, left: newEstimate()}
}

// follower shows the progress of a run that writes no pages.
type follower struct{ progress }

func (f follower) PlanKnown(k compute.Known)                        { f.begin(k) }
func (f follower) TaskStarted(t compute.TaskInfo)                   { f.started(t) }
func (f follower) TaskProgress(t compute.TaskInfo, done, total int) { f.step(t, done, total) }
func (f follower) TaskDone(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	f.finished(t, o, wall, err)
}

type silent struct{}

func (silent) begin(compute.Known)                                              {}
func (silent) started(compute.TaskInfo)                                         {}
func (silent) step(compute.TaskInfo, int, int)                                  {}
func (silent) finished(compute.TaskInfo, compute.Outcome, time.Duration, error) {}
func (silent) note(string)                                                      {}
func (silent) close()                                                           {}

// lines is the progress display for logs. A plan has hundreds of tasks that take a
// moment each, so those share a line.
type lines struct {
	w           io.Writer
	left        *estimate
	done, total int
	quiet       int // tasks since the last line
}

// A task gets a line of its own if it took longWhile; otherwise every fewTasks.
const (
	longWhile = 2 * time.Second
	fewTasks  = 10
)

func (l *lines) begin(k compute.Known) {
	l.total = k.Total - k.Cached
	l.left.begin(k)
	fmt.Fprintf(l.w, "%d tasks: %d in the cache, %d to run\n", k.Total, k.Cached, l.total)
}

func (l *lines) started(t compute.TaskInfo)      { l.left.started(t) }
func (l *lines) step(compute.TaskInfo, int, int) {}
func (l *lines) close()                          {}
func (l *lines) note(s string)                   { fmt.Fprintln(l.w, s) }

func (l *lines) finished(t compute.TaskInfo, o compute.Outcome, wall time.Duration, err error) {
	l.done++
	l.left.finished(t, o, wall)
	switch {
	case err != nil:
		fmt.Fprintf(l.w, "[%d/%d] %s: %s: %v\n", l.done, l.total, o, t.Label, err)
	case wall < longWhile && l.quiet+1 < fewTasks && l.done < l.total:
		l.quiet++
		return
	default:
		fmt.Fprintf(l.w, "[%d/%d] %s, %.1f s%s\n", l.done, l.total, t.Label, wall.Seconds(), l.left)
	}
	l.quiet = 0
}
