package command

import (
	"time"

	"lossxfer-report/compute"
)

// estimate predicts the time that is left. Training dominates, so work is counted
// in image-steps.
type estimate struct {
	start       time.Time
	total, done int64
}

// coreHours estimates what some tasks take.
func coreHours(tasks int, steps int64, speed float64) float64 {
	return float64(compute.Work(tasks, steps)) / speed / 3600
}

func newEstimate() *estimate { return &estimate{start: time.Now()} }

func (e *estimate) begin(k compute.Known) {
	e.start = time.Now()
	e.total = k.Work()
}

func (e *estimate) finished(t compute.TaskInfo) { e.done += t.Work() }

// remaining is the time left, once enough is done to tell.
func (e *estimate) remaining() (time.Duration, bool) {
	elapsed := time.Since(e.start)
	if e.done == 0 || elapsed < 2*time.Second {
		return 0, false
	}
	rest := max(e.total-e.done, 0)
	return time.Duration(float64(elapsed) * float64(rest) / float64(e.done)).Round(time.Second), true
}

// String is ", 3m20s left", or empty while nothing can be said.
func (e *estimate) String() string {
	d, ok := e.remaining()
	if !ok {
		return ""
	}
	return ", " + d.String() + " left"
}
