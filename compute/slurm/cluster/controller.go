package cluster

import (
	"fmt"
	"net"
	"os"
	"syscall"
)

// StartController starts slurmctld, from the state it has saved, and waits until it
// answers.
func (c *Cluster) StartController() {
	c.t.Helper()
	if err := os.MkdirAll(c.path("state"), 0o755); err != nil {
		c.t.Fatal(err)
	}
	c.controller = c.start("slurmctld", c.Command("slurmctld", "-D"))
	// Slurm's own commands would wait for seconds where nobody listens yet.
	c.until("answer of slurmctld", func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", c.port))
		if err != nil {
			return false
		}
		conn.Close()
		return c.Command("squeue", "-h").Run() == nil
	})
}

// StopController has slurmctld save its state and end.
func (c *Cluster) StopController() { c.endController(syscall.SIGTERM) }

// RestartController kills slurmctld and starts it again. It saves its state some seconds
// after a change, so that it now may not know jobs that sbatch has announced, nor that
// others run. StopController and StartController lose nothing.
func (c *Cluster) RestartController() {
	c.t.Helper()
	c.endController(syscall.SIGKILL)
	c.StartController()
}

func (c *Cluster) endController(s os.Signal) {
	d := c.controller
	c.controller = nil
	d.signal(s)
}
