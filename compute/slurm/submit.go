package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"lossxfer-report/compute"
)

// submit hands in what is open and nobody computes, one array or more for each depth.
func (d *drive) submit(ctx context.Context) error {
	if len(d.idle()) == 0 {
		return nil
	}
	unlock, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := d.attach(ctx); err != nil {
		return err
	}
	idle := d.idle()
	if len(idle) == 0 {
		return nil
	}
	if d.max == 0 {
		if d.max, err = d.Queue.MaxArray(ctx); err != nil {
			return err
		}
	}
	program, err := d.copyProgram()
	if err != nil {
		return err
	}
	if err := d.copyFiles(); err != nil {
		return err
	}
	for _, a := range d.cut(idle) {
		if err := d.hand(ctx, a, program); err != nil {
			return err
		}
	}
	return nil
}

// attach takes up arrays that others have written down: earlier builds, or one that runs
// beside this. The lock is held, so that nobody is about to hand in one without a number.
func (d *drive) attach(ctx context.Context) error {
	all, err := readArrays(d.dir())
	if err != nil {
		d.say(err.Error())
	}
	first := len(d.names) == 0
	if first {
		prune(d.dir(), d.store)
	}
	var found []*watched
	for _, a := range all {
		if d.names[a.Name] {
			continue
		}
		w := watch(a)
		if d.running(w) == 0 {
			continue // of another plan, or over
		}
		d.names[a.Name] = true
		d.arrays = append(d.arrays, w)
		found = append(found, w)
	}
	if first && len(found) > 0 {
		// Later ones are taken to be under way until Slurm is asked the next time.
		if err := d.poll(ctx); err != nil {
			d.arrays, d.names = nil, map[string]bool{} // to be taken up again
			return err
		}
		for _, w := range found {
			for _, e := range w.elements {
				e.excused = !e.over.IsZero() // what failed before this build is no try of its
			}
		}
		d.read()
		d.conclude(d.asked)
	}
	arrays, elements := 0, 0
	for _, w := range found {
		if n := d.running(w); n > 0 {
			arrays++
			elements += n
		}
	}
	if arrays > 0 {
		d.note(fmt.Sprintf("attached to %d elements of %d job arrays that are under way", elements, arrays))
	}
	return nil
}

// running counts the elements of an array that compute tasks of this plan.
func (d *drive) running(w *watched) int {
	n := 0
	for _, e := range w.elements {
		if !e.settled && slices.ContainsFunc(e.keys, d.wanted) {
			n++
		}
	}
	return n
}

// idle lists the open tasks that no element is expected to compute.
func (d *drive) idle() []compute.Job {
	busy := map[int]bool{}
	for _, w := range d.arrays {
		for _, e := range w.elements {
			if e.settled {
				continue
			}
			for _, k := range e.keys {
				if t, ok := d.run.Task(k); ok {
					busy[t.Index] = true
				}
			}
		}
	}
	return slices.DeleteFunc(d.run.Open(), func(j compute.Job) bool { return busy[j.Index] })
}

// cut makes arrays of tasks: for each depth as many as the cluster's limit takes, each
// after those whose results it reads.
func (d *drive) cut(jobs []compute.Job) []*array {
	holder := map[int]string{} // of each task's place, the array that computes it
	for _, w := range d.arrays {
		for _, e := range w.elements {
			for _, k := range e.keys {
				if t, ok := d.run.Task(k); ok && !e.settled {
					holder[t.Index] = w.Name
				}
			}
		}
	}
	var out []*array
	for _, jobs := range depths(jobs) {
		made := map[int]string{}
		for part := range slices.Chunk(elements(jobs, d.Element*time.Duration(d.CPUs)), max(d.max, 1)) {
			a := &array{Name: newName()}
			a.folder = filepath.Join(d.dir(), arraysDir, a.Name)
			after := map[string]bool{}
			for _, e := range part {
				var keys []string
				for _, j := range e {
					keys = append(keys, j.Key.String())
					made[j.Index] = a.Name
					for _, r := range j.Reads {
						if name := holder[r]; name != "" && !after[name] {
							after[name] = true
							a.After = append(a.After, name)
						}
					}
				}
				a.Elements = append(a.Elements, keys)
			}
			out = append(out, a)
		}
		for place, name := range made {
			holder[place] = name
		}
	}
	return out
}

// hand writes an array down and submits it.
func (d *drive) hand(ctx context.Context, a *array, program string) error {
	script, err := d.script(a, program)
	if err != nil {
		return err
	}
	if err := a.create(script); err != nil {
		return err
	}
	var after []string
	for _, w := range d.arrays {
		if slices.Contains(a.After, w.Name) && w.ID != "" {
			after = append(after, w.ID)
		}
	}
	id, err := d.Queue.Submit(ctx, a.script(), after)
	unknown := errors.Is(err, ErrAway) || ctx.Err() != nil
	if err != nil && !unknown {
		_ = os.RemoveAll(a.folder) // nobody has it
		return err
	}
	d.names[a.Name] = true
	w := watch(a)
	w.ours = true
	d.arrays = append(d.arrays, w)
	if err != nil {
		return err // its name tells, once Slurm answers, whether it was handed in
	}
	a.ID = id
	return a.save()
}
