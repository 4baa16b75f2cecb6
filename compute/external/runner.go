package external

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Runner is where and how trainers are run. None of it enters a key.
type Runner struct {
	dir         string
	environment []string // variables that are passed on; "CUDA_*" is all that begin so
	timeout     time.Duration
	grace       time.Duration // from being asked to stop to being killed
	slots       chan struct{}
}

// NewRunner makes a runner of at most atOnce trainings at a time in a folder (empty:
// the current one). The environment names variables that trainers see beside those
// that every program needs; "CUDA_*" is all that begin so. A training that takes longer
// than the timeout is stopped; 0 lets it take its time.
func NewRunner(dir string, environment []string, timeout time.Duration, atOnce int) *Runner {
	return &Runner{
		dir: dir, environment: environment, timeout: timeout, grace: 5 * time.Second, slots: make(chan struct{}, max(atOnce, 1)),
	}
}

// acquire waits until another training may start.
func (r *Runner) acquire(ctx context.Context) (release func(), err error) {
	select {
	case r.slots <- struct{}{}:
		return func() { <-r.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// folderVariable names the folder of a training in the environment of the command.
const folderVariable = "LOSSXFER_TRAINING"

// ordinary are the variables that every trainer sees.
var ordinary = []string{
	"PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ",
	"SYSTEMROOT", "SYSTEMDRIVE", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATHEXT", // of Windows
}

// variables is the environment of a training: what is passed on, the training's
// folder, and a folder inside it for temporary files, which so go with it.
func (r *Runner) variables(folder, temporary string) []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if passes(ordinary, name) || passes(r.environment, name) {
			env = append(env, v)
		}
	}
	env = append(env, folderVariable+"="+folder)
	for _, name := range []string{"TMPDIR", "TEMP", "TMP"} {
		env = append(env, name+"="+temporary)
	}
	return env
}

func passes(list []string, name string) bool {
	for _, pattern := range list {
		prefix, all := strings.CutSuffix(pattern, "*")
		if pattern == name || all && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// job is one run of the command.
type job struct {
	folder   string
	most     int64 // bytes that the output may have
	progress func(done, total int)
}

// The reasons to stop a trainer that is not at fault of the caller's context.
var errTimeout = errors.New("timeout")

// run runs the command on a folder and waits for its end, and for that of everything
// it has started. The error says how it failed, with the end of what it wrote.
func (r *Runner) run(ctx context.Context, t Trainer, j job) error {
	temporary := filepath.Join(j.folder, "tmp")
	if err := os.Mkdir(temporary, 0o777); err != nil {
		return err
	}
	cmd := exec.Command(t.Command[0], append(append([]string(nil), t.Command[1:]...), j.folder)...)
	cmd.Dir, cmd.Env = r.dir, r.variables(j.folder, temporary)
	ownGroup(cmd)
	said := new(listener)
	said.progress = j.progress
	pipes, err := said.attach(cmd)
	if err != nil {
		return err
	}
	defer pipes.close()
	// On Linux the trainer is to die with us, which means with the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the trainer cannot be started: %w; correct its command", startFailure(err))
	}
	pipes.started()
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if r.timeout > 0 {
		defer time.AfterFunc(r.timeout, func() { stop(errTimeout) }).Stop()
	}
	ended := make(chan struct{})
	guarded := make(chan struct{})
	go func() {
		defer close(guarded)
		r.guard(running, stop, cmd, j, ended)
	}()
	err = cmd.Wait()
	close(ended)
	<-guarded
	killGroup(cmd) // what the command has left behind
	pipes.drain()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if why := context.Cause(running); why != nil {
		if why == errTimeout {
			why = fmt.Errorf("took longer than %v and was stopped; give it more time (timeout_seconds) or the preset less to train", r.timeout)
		}
		return said.failure(t, why)
	}
	if err != nil {
		return said.failure(t, endOf(err))
	}
	return nil
}

// guard stops the command when the context is done, and when its output has grown
// beyond all measure.
func (r *Runner) guard(ctx context.Context, stop context.CancelCauseFunc, cmd *exec.Cmd, j job, ended <-chan struct{}) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-ended:
			return
		case <-ctx.Done():
		case <-tick.C:
			if err := tooLarge(j); err != nil {
				stop(err)
			}
		}
	}
	askGroup(cmd)
	select {
	case <-ended:
	case <-time.After(r.grace):
		killGroup(cmd)
	}
}

// tooLarge says that the output is larger than any that could be right.
func tooLarge(j job) error {
	info, err := os.Lstat(filepath.Join(j.folder, outputFile))
	if err != nil || info.Size() <= j.most {
		return nil
	}
	return fmt.Errorf("wrote %d bytes to %s, where %d are the most that the specification can mean", info.Size(), outputFile, j.most)
}

// startFailure says why a program could not be started.
func startFailure(err error) error {
	var notFound *exec.Error
	if errors.As(err, &notFound) {
		return fmt.Errorf("%q: %w", notFound.Name, notFound.Err)
	}
	var p *os.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%q: %w", p.Path, p.Err)
	}
	return err
}

// endOf says how a program ended.
func endOf(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	if name, killed := signalOf(exit.ProcessState); killed {
		return fmt.Errorf("was ended by the signal %q; the system ends programs so when memory runs out", name)
	}
	return fmt.Errorf("ended with exit code %d", exit.ExitCode())
}
