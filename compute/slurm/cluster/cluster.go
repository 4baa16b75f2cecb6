// Package cluster runs a real Slurm for tests: munged, slurmctld and two nodes on one
// host, without systemd, cgroups or accounting. Everything it writes is in a scratch
// folder and its ports listen on 127.0.0.1 alone, so a Slurm of the system's own is not
// disturbed. Only tests import it.
package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Nodes are the names of a cluster's nodes.
var Nodes = []string{"n1", "n2"}

// patience is how long anything of Slurm may take, on a machine that is busy with other
// tests too.
const patience = 60 * time.Second

// Options are what tests want to have otherwise. The zero value of each is Slurm's
// default, but for CPUs.
type Options struct {
	CPUs         int      // of each node, whatever the host has; 1 if it is 0
	MaxArraySize int      // indices of elements are below it
	MaxJobCount  int      // that the controller remembers, each element of an array being one
	MinJobAge    int      // seconds for which squeue shows a job that has ended
	Conf         []string // more lines of slurm.conf; of a parameter given twice, the last counts
}

// Cluster is a running Slurm.
type Cluster struct {
	t          testing.TB
	dir        string // of all that it writes
	port       int    // of the controller
	warden     *warden
	munge      *daemon
	controller *daemon
	nodes      map[string]*daemon
}

// Start starts a cluster and waits until its nodes are idle. Where Slurm is not
// installed, or the test does not run as root, the test is skipped, or fails if the
// variable LOSSXFER_SLURM is "require". When the test ends, however it does, the cluster
// ends with everything that runs in it or has the variables of Env.
func Start(t testing.TB, o Options) *Cluster {
	t.Helper()
	if why := missing(); why != "" {
		if os.Getenv("LOSSXFER_SLURM") == "require" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	// Not where TMPDIR says: slurm.conf takes no spaces, and Unix sockets no long paths.
	dir, err := os.MkdirTemp("/tmp", "slurm")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{t: t, dir: dir, nodes: map[string]*daemon{}}
	c.warden, err = newWarden(dir, c.Env()[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.stop)
	if err := c.configure(o); err != nil {
		t.Fatal(err)
	}
	c.startMunge()
	c.StartController()
	for _, name := range Nodes {
		c.StartNode(name)
	}
	c.Wait()
	return c
}

// missing says what the host lacks to run a cluster.
func missing() string {
	for _, program := range []string{"munged", "slurmctld", "slurmd", "sbatch"} {
		if _, err := exec.LookPath(program); err != nil {
			return "no Slurm, " + program + " is missing: install slurm-wlm and munge (make test-slurm does, where apt-get can) to test against a real one"
		}
	}
	if os.Geteuid() != 0 {
		return "a Slurm for tests has to run as root"
	}
	return ""
}

// Env is what Slurm's commands need in their environment to find the cluster.
func (c *Cluster) Env() []string {
	return []string{"SLURM_CONF=" + filepath.Join(c.dir, "slurm.conf")}
}

// Command is a command of Slurm's, such as squeue, on the cluster.
func (c *Cluster) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), c.Env()...)
	return cmd
}

// Wait waits until every node that has not been killed is idle.
func (c *Cluster) Wait() {
	c.t.Helper()
	c.until("idle nodes", func() bool {
		out, err := c.Command("sinfo", "-h", "-N", "-o", "%N %T").Output()
		if err != nil {
			return false
		}
		states := strings.Split(string(out), "\n")
		idle := 0
		for _, s := range states {
			name, state, _ := strings.Cut(s, " ")
			if c.nodes[name] != nil && state == "idle" {
				idle++
			}
		}
		return idle == len(c.nodes)
	})
}

// until waits for something, and fails the test when that takes too long or a program
// of the cluster has ended on its own account.
func (c *Cluster) until(what string, ok func() bool) {
	c.t.Helper()
	for start := time.Now(); !ok(); time.Sleep(50 * time.Millisecond) {
		if err := c.ended(); err != nil {
			c.t.Fatalf("waiting for %s: %v", what, err)
		}
		if time.Since(start) > patience {
			c.t.Fatalf("no %s after %v", what, patience)
		}
	}
}

// ended says which program of the cluster has ended though nobody asked it to.
func (c *Cluster) ended() error {
	daemons := []*daemon{c.munge, c.controller}
	for _, name := range Nodes {
		daemons = append(daemons, c.nodes[name])
	}
	for _, d := range daemons {
		if d != nil && d.hasEnded() {
			return fmt.Errorf("%s has ended: %v", d.name, d.err)
		}
	}
	return nil
}

// stop ends every process of the cluster and removes its folder.
func (c *Cluster) stop() {
	if c.t.Failed() {
		c.showLogs()
	}
	if err := c.warden.close(); err != nil {
		c.t.Error(err)
	}
}
