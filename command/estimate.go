package command

import (
	"maps"
	"time"

	"lossxfer-report/compute"
)

// estimate predicts the time that is left, from how long the tasks that ran took. Kinds
// of which none has run yet are taken to be as fast, by their work, as all that ran.
type estimate struct {
	start   time.Time
	left    map[string]compute.Load // by kind: tasks that have not ended
	took    map[string]spent        // by kind: tasks that ran
	running map[int]time.Time       // when a task began, by its place in the plan
}

// spent is what tasks took.
type spent struct {
	work int64 // as Load.Work estimates it
	wall time.Duration
}

func (s spent) and(t compute.TaskInfo, wall time.Duration) spent {
	return spent{s.work + t.Load().Work(), s.wall + wall}
}

// of is how long so much work takes at the same speed, in nanoseconds.
func (s spent) of(work int64) float64 {
	return float64(float64(s.wall) / float64(s.work) * float64(work))
}

// coreHours estimates what some tasks take.
func coreHours(l compute.Load, speed float64) float64 {
	return float64(l.Work()) / speed / 3600
}

func newEstimate() *estimate {
	return &estimate{start: time.Now(), took: map[string]spent{}, running: map[int]time.Time{}}
}

func (e *estimate) begin(k compute.Known) {
	e.start = time.Now()
	e.left = maps.Clone(k.ToRun)
}

func (e *estimate) started(t compute.TaskInfo) { e.running[t.Index] = time.Now() }

func (e *estimate) finished(t compute.TaskInfo, o compute.Outcome, wall time.Duration) {
	delete(e.running, t.Index)
	if l := e.left[t.Kind]; l.Tasks > 0 {
		e.left[t.Kind] = compute.Load{Tasks: l.Tasks - 1, Steps: max(l.Steps-t.Steps, 0)}
	}
	if o == compute.Ran {
		e.took[t.Kind] = e.took[t.Kind].and(t, wall)
	}
}

// remaining is the time left, once enough is done to tell.
func (e *estimate) remaining() (time.Duration, bool) {
	elapsed := time.Since(e.start)
	var all spent
	for _, s := range e.took {
		all = spent{all.work + s.work, all.wall + s.wall}
	}
	if all.wall <= 0 || elapsed < 2*time.Second {
		return 0, false
	}
	var under time.Duration // way, of the tasks that run
	for _, at := range e.running {
		under += time.Since(at)
	}
	rest := 0.0
	for kind, l := range e.left {
		like, ok := e.took[kind]
		if !ok {
			like = all
		}
		rest += like.of(l.Work())
	}
	atOnce := float64(all.wall+under) / float64(elapsed)
	return time.Duration(max(rest-float64(under), 0) / atOnce).Round(time.Second), true
}

// String is ", 3m20s left", or empty while nothing can be said.
func (e *estimate) String() string {
	d, ok := e.remaining()
	if !ok {
		return ""
	}
	return ", " + d.String() + " left"
}
