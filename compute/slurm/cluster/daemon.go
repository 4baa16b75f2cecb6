package cluster

import (
	"bytes"
	"os"
	"os/exec"
)

// daemon is a program of the cluster's that runs in the foreground.
type daemon struct {
	name string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how it has ended
}

// start starts a program of the cluster's. What it says is appended to its log.
func (c *Cluster) start(name string, cmd *exec.Cmd) *daemon {
	c.t.Helper()
	log, err := os.OpenFile(c.path(name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		c.t.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if cmd.Dir == "" {
		cmd.Dir = c.dir // by which the warden knows it
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatalf("%s: %v", name, err)
	}
	d := &daemon{name: name, cmd: cmd, done: make(chan struct{})}
	go func() {
		d.err = cmd.Wait()
		close(d.done)
	}()
	return d
}

// hasEnded says whether the program has ended.
func (d *daemon) hasEnded() bool {
	select {
	case <-d.done:
		return true
	default:
		return false
	}
}

// signal sends a signal to the program and waits until it has ended.
func (d *daemon) signal(s os.Signal) {
	d.cmd.Process.Signal(s)
	<-d.done
}

// showLogs logs the end of what each program has said.
func (c *Cluster) showLogs() {
	for _, name := range append([]string{"munged", "slurmctld"}, Nodes...) {
		text, err := os.ReadFile(c.path(name + ".log"))
		if err != nil {
			continue
		}
		lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
		lines = lines[max(len(lines)-20, 0):]
		c.t.Logf("%s said at the end:\n%s", name, bytes.Join(lines, []byte("\n")))
	}
}
