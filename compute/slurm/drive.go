package slurm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// drive is one run of the executor.
type drive struct {
	Executor
	run   *compute.Outside
	store cache.Store

	arrays   []*watched
	names    map[string]bool // of all arrays that were taken up, those that are over too
	tries    map[int]int     // how often a task was tried in vain, by place in the plan
	failed   bool            // a task was given up
	max      int             // elements of an array
	asked    time.Time       // when Slurm was last asked
	lastNote string
	counts   [2]int // elements running and waiting, when a person was last told
	counted  time.Time
}

// glance is how often journals are read: they are files, Slurm need not be asked.
const glance = time.Second

func (e Executor) drive(run *compute.Outside, store cache.Store) *drive {
	e.Options = e.withDefaults()
	if e.Queue == nil {
		e.Queue = Commands{}
	}
	return &drive{Executor: e, run: run, store: store, names: map[string]bool{}, tries: map[int]int{}}
}

// loop returns when nothing is open or the context has ended. An error means that the run
// cannot go on: the cluster refuses what it is given.
func (d *drive) loop(ctx context.Context) error {
	for {
		d.read()
		d.conclude(time.Now())
		if len(d.run.Open()) == 0 {
			return nil
		}
		if d.failed && !d.KeepGoing {
			return d.stop(ctx)
		}
		if d.due() {
			err := d.turn(ctx)
			if ctx.Err() != nil {
				return d.interrupted()
			}
			if err != nil {
				d.leave()
				return err
			}
		}
		select {
		case <-ctx.Done():
			return d.interrupted()
		case <-time.After(min(glance, d.Poll)):
		}
	}
}

// due says whether Slurm may be asked again.
func (d *drive) due() bool { return time.Since(d.asked) >= d.Poll }

// turn asks Slurm what has become of the elements, and hands in what nobody computes.
func (d *drive) turn(ctx context.Context) error {
	d.asked = time.Now()
	err := d.poll(ctx)
	if err == nil {
		d.read()
		d.conclude(time.Now())
		err = d.submit(ctx)
	}
	switch {
	case errors.Is(err, ErrAway), errors.Is(err, ErrFull):
		d.say(err.Error() + "; waiting")
		return nil
	case err == nil:
		d.lastNote = ""
	}
	return err
}

// poll asks for all arrays that something is expected of, in one call.
func (d *drive) poll(ctx context.Context) error {
	var names []string
	for _, w := range d.arrays {
		if w.alive() {
			names = append(names, w.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	list, err := d.Queue.Look(ctx, names)
	if err != nil {
		return err
	}
	type place struct {
		array string
		index int
	}
	there := make(map[place]*Element, len(list))
	ids := map[string]string{}
	for i, x := range list {
		ids[x.Array] = x.ID
		at := place{x.Array, x.Index}
		// A name may stand there twice, requeued: what is not over counts.
		if had := there[at]; had == nil || had.Ended() {
			there[at] = &list[i]
		}
	}
	now := time.Now()
	running, queued := 0, 0
	for _, w := range d.arrays {
		if id := ids[w.Name]; id != "" && w.ID == "" {
			// Whoever handed it in did not live to write its number down.
			w.ID = id
			_ = w.save() // the next build asks again
		}
		for i, e := range w.elements {
			if !e.settled {
				x := there[place{w.Name, i}]
				e.see(x, now)
				switch {
				case e.running:
					running++
				case e.over.IsZero():
					queued++
				}
				if x != nil && strings.Contains(x.Why, "held") {
					d.say(fmt.Sprintf("job %s: Slurm holds it: %s", x.ID, x.Why))
				}
			}
		}
	}
	if counts := [2]int{running, queued}; counts != d.counts && now.Sub(d.counted) >= seldom {
		d.counts, d.counted = counts, now
		d.note(fmt.Sprintf("cluster: %d elements running, %d waiting", running, queued))
	}
	return nil
}

// seldom is how much time lies between two lines about the queue.
const seldom = 30 * time.Second

// read takes in what elements say of their tasks.
func (d *drive) read() {
	for _, w := range d.arrays {
		for _, e := range w.elements {
			if e.settled || !e.running && e.over.IsZero() {
				continue // nothing new to expect
			}
			for _, l := range e.tail.next() {
				k, err := cache.ParseKey(l.Key)
				if err != nil {
					continue
				}
				e.said[k] = l
				if t, ok := d.run.Task(k); ok && l.What == began {
					d.run.Started(t.Index)
				}
			}
			for k, l := range e.said {
				if t, ok := d.run.Task(k); ok && l.What == done && d.run.Look(t.Index, l.wall()) {
					e.said[k] = line{What: seen}
				}
			}
		}
	}
}

// say tells a person something once.
func (d *drive) say(s string) {
	if s != d.lastNote {
		d.lastNote = s
		d.note(s)
	}
}
