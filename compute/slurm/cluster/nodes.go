package cluster

import "os"

// StartNode starts slurmd on a node. Wait waits until it is idle.
func (c *Cluster) StartNode(name string) {
	c.t.Helper()
	if err := os.MkdirAll(c.path(name), 0o755); err != nil {
		c.t.Fatal(err)
	}
	cmd := c.Command("slurmd", "-D", "-N", name)
	cmd.Dir = c.path(name) // of what it starts, too
	c.nodes[name] = c.start(name, cmd)
}

// KillNode kills slurmd on a node and every process of its jobs, as when a machine loses
// its power: nobody is left to tell the controller, who finds out after some ten seconds,
// or when the node is started again.
func (c *Cluster) KillNode(name string) {
	c.t.Helper()
	d := c.nodes[name]
	delete(c.nodes, name)
	c.until("end of "+name, func() bool {
		// Slurm's own processes have to die first. They would report the end of the others.
		all := c.nodeProcesses(name)
		job := map[int]bool{}
		for _, pid := range c.JobProcesses() {
			job[pid] = true
		}
		for _, jobs := range []bool{false, true} {
			for _, pid := range all {
				if job[pid] == jobs {
					kill(pid)
				}
			}
		}
		return len(all) == 0
	})
	<-d.done
}
