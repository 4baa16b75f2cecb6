package train

import (
	"slices"

	"lossxfer-report/compute/kernel"
)

// watcher is what looks at a run between its passes: it keeps the network after
// some of them and tries it on validation images. It changes nothing of the run.
type watcher struct {
	keep    []int    // passes after which the network is kept, from 1
	monitor *monitor // nil: the run is not monitored
	// average is the average of the weights so far; without one in the schedule it
	// is not used.
	average Checkpoint
}

// watch makes the run keep its network after the given passes, and try it on
// validation images after every pass if there is a monitor. It comes before the
// first step.
func (f *fitting) watch(keep []int, m *monitor) {
	if len(keep) == 0 && m == nil {
		return
	}
	f.watcher = &watcher{keep: keep, monitor: m}
	if f.schedule.EMA > 0 {
		f.watcher.average = f.now(0).clone()
	}
}

// now is the run's weights as they are, in the run's memory.
func (f *fitting) now(pass int) Checkpoint {
	return Checkpoint{Pass: pass, Theta: f.θ.value, Stats: f.stats, W: f.w.value, B: f.b.value}
}

// averaged is the run's averages as they are, in the run's memory.
func (f *fitting) averaged(pass int) Checkpoint {
	return Checkpoint{Pass: pass, Theta: f.θ.average, Stats: f.statsMean, W: f.w.average, B: f.b.average}
}

// clone is the checkpoint in memory of its own.
func (c Checkpoint) clone() Checkpoint {
	return Checkpoint{c.Pass, slices.Clone(c.Theta), slices.Clone(c.Stats), slices.Clone(c.W), slices.Clone(c.B)}
}

// towards moves an average towards weights.
func (c Checkpoint) towards(d *kernel.Descent, weights Checkpoint, momentum float64) {
	updateAverage(d, c.Theta, weights.Theta, momentum)
	updateAverage(d, c.Stats, weights.Stats, momentum)
	updateAverage(d, c.W, weights.W, momentum)
	updateAverage(d, c.B, weights.B, momentum)
}

// result is the network at the end of the run.
func (f *fitting) result() Checkpoint {
	if f.schedule.EMA > 0 {
		return f.averaged(f.schedule.Passes)
	}
	return f.now(f.schedule.Passes)
}

// network is the network after a pass: its result after the last, and before that
// the average that stands for the training so far, see Schedule.MomentumSoFar.
func (f *fitting) network(pass int) Checkpoint {
	if pass == f.schedule.Passes || f.schedule.EMA == 0 {
		c := f.result()
		c.Pass = pass
		return c
	}
	c := f.watcher.average
	c.Pass = pass
	return c
}

// look is what happens after a pass: the network as it is now is kept and tried on
// the validation images, if the run was asked to.
func (f *fitting) look(w *Weights, e *Epoch, pass int) error {
	if f.watcher == nil {
		return nil
	}
	c := f.network(pass)
	if slices.Contains(f.watcher.keep, pass) {
		w.Checkpoints = append(w.Checkpoints, c.clone())
	}
	m := f.watcher.monitor
	if m == nil {
		return nil
	}
	var err error
	e.Validated = m.set.Len()
	e.ValidationTop1, err = m.top1(f.net, c)
	return err
}
