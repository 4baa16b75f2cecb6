package cluster

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
)

// warden is a shell that outlives the test and kills whatever belongs to the cluster. The
// programs of Slurm leave their parents, and a test binary that runs into its timeout
// does no cleaning up, so neither parents nor cleanups can be relied on.
type warden struct {
	cmd    *exec.Cmd
	life   io.Closer // of the test: the warden acts when it is closed, as it is when the test binary dies
	errors bytes.Buffer
}

// everyProcess ends when no process is left that works in the folder $1 or below, or has
// the variable $2, and neither is the folder. Some of Slurm's programs overwrite their
// variables. Ctrl-C is for the test alone.
const everyProcess = `
trap '' INT TERM HUP
read -r life
while
	found=$(
		find /proc/[0-9]* -maxdepth 1 -name cwd \( -lname "$1" -o -lname "$1/*" \) 2>/dev/null
		grep -lsazxF -e "$2" /proc/[0-9]*/environ
	)
	test -n "$found"
do
	for file in $found; do
		pid=${file#/proc/}
		kill -KILL "${pid%/*}" 2>/dev/null
	done
	sleep 0.05
done
rm -rf -- "$1"
`

// newWarden starts the warden of the processes that work in a folder or have a variable
// in their environment.
func newWarden(folder, variable string) (*warden, error) {
	w := &warden{cmd: exec.Command("sh", "-c", everyProcess, "warden", folder, variable)}
	life, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	w.life = life
	w.cmd.Stderr = &w.errors
	return w, w.cmd.Start()
}

// close waits until all are killed and the folder is gone.
func (w *warden) close() error {
	w.life.Close()
	err := w.cmd.Wait()
	if exit := new(exec.ExitError); errors.As(err, &exit) || w.errors.Len() > 0 {
		return fmt.Errorf("a cluster cannot be cleared away: %v: %s", err, w.errors.Bytes())
	}
	return err
}
