package slurm

import (
	"time"

	"lossxfer-report/cache"
)

// watched is an array that has tasks of the plan: this build's, an earlier one's or one of
// somebody who builds the same at the same time.
type watched struct {
	*array
	ours     bool // handed in by this build
	elements []*element
}

// element is what is known of an element of an array.
type element struct {
	keys    []cache.Key
	tail    tail
	running bool      // Slurm said so the last time
	over    time.Time // since when Slurm does not run it any more; zero while it may
	how     string    // Slurm's word for how it ended
	settled bool      // nothing more is expected of it
	excused bool      // it was over before this build looked
	said    map[cache.Key]line
}

func watch(a *array) *watched {
	w := &watched{array: a}
	for i := range a.Elements {
		w.elements = append(w.elements, &element{keys: a.parsed(i), tail: tail{path: a.journal(i)}, said: map[cache.Key]line{}})
	}
	return w
}

// alive says whether something is still expected of the array.
func (w *watched) alive() bool {
	for _, e := range w.elements {
		if !e.settled {
			return true
		}
	}
	return false
}

// see takes in what Slurm says of an element, nil if it does not know it (any more).
func (e *element) see(x *Element, now time.Time) {
	switch {
	case x != nil && !x.Ended():
		e.over, e.how = time.Time{}, "" // it may have been requeued
		e.running = x.State != "PENDING"
		return
	case e.over.IsZero():
		e.over = now
	}
	e.running = false
	if x != nil {
		e.how = x.State
		if x.Why != "" && x.Why != "None" {
			e.how += " (" + x.Why + ")"
		}
	}
}

// ending is how the element ended, for people.
func (e *element) ending() string {
	if e.how == "" {
		return "is no longer in the queue"
	}
	return "ended " + e.how
}
