// Package slurm runs a plan on a cluster: tasks go to Slurm as job arrays, one for each
// depth of the graph, each element of an array runs "lossxfer-report work", and all share
// the folder of results. It schedules nothing itself.
//
// A task is done when its key is in the store, whatever Slurm says of the job. Arrays are
// written down in the shared folder before they are submitted, under names that nobody else
// has, so that a build that was killed, or a second one, finds what is under way:
//
//	slurm/lock                 held while somebody decides what to submit
//	slurm/arrays/NAME/array.json   the keys of each element, and the job's number
//	slurm/arrays/NAME/script.sh    what was submitted
//	slurm/arrays/NAME/journal/I    what element I says it has begun and ended
//	slurm/arrays/NAME/log/I        what element I printed
//	slurm/programs/DIGEST          the program, where nodes cannot be relied on to have it
//	slurm/files/DIGEST             the manifest as it was then, if it is not the program's own
//
// Nothing of Slurm's accounting is needed: an element that is no longer in the queue has
// ended, and the store says what came of it.
package slurm

import (
	"context"
	"path/filepath"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// Executor runs plans on a Slurm cluster. It implements compute.Executor.
type Executor struct {
	Options
	// Folder is shared by this machine and the nodes: that of the results.
	Folder string
	// Words follow the program's path on the command line of an element: "work" and what
	// makes it plan the same tasks. The array's folder comes last.
	Words []string
	// Files are what the nodes read besides, by path below FilesDir.
	Files map[string][]byte
	// KeepGoing goes on with whatever does not need a task that was given up.
	KeepGoing bool
	// Note tells a person what concerns no single task; nil tells nobody.
	Note func(string)
	// Queue is the cluster; nil is the one of Slurm's own commands.
	Queue Queue
}

// Run implements compute.Executor: it returns when every task is in the store or has been
// given up, or the context has ended. Tasks that are given up are *compute.Failures with the
// end of their logs. What is under way when the context ends goes on, unless Options.Cancel.
func (e Executor) Run(ctx context.Context, plan *compute.Plan, store cache.Store, o compute.Observer) (*compute.Results, error) {
	run, err := compute.NewOutside(ctx, plan, store, o)
	if err != nil {
		return nil, err
	}
	d := e.drive(run, store)
	stopped := d.loop(ctx)
	results, err := run.Finish()
	if stopped != nil {
		err = stopped
	}
	return results, err
}

func (e Executor) dir() string { return filepath.Join(e.Folder, "slurm") }
