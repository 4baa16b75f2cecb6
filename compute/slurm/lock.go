package slurm

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"lossxfer-report/cache"
)

// lock holds the shared folder while somebody decides what to submit, so that two builds
// do not submit the same tasks. It ends with the process that has it. On a filesystem
// without locks there is none: at worst some tasks are computed twice, to the same bits.
func (e Executor) lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Join(e.dir(), arraysDir), 0o777); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(e.dir(), "lock"), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	unlock = func() { f.Close() }
	for {
		free, err := cache.TryLock(f)
		if free {
			return unlock, nil
		}
		if err != nil {
			e.note("the folder of results has no locks (" + err.Error() + "): do not run two builds of the same at a time")
			return unlock, nil
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (e Executor) note(s string) {
	if e.Note != nil {
		e.Note(s)
	}
}
