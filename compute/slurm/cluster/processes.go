package cluster

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// JobProcesses are the processes that run for jobs, without Slurm's own, in ascending
// order. With variables ("SLURM_ARRAY_TASK_ID=3", "SLURMD_NODENAME=n1") they are those
// that have all of them in their environment.
func (c *Cluster) JobProcesses(variables ...string) []int {
	return processes(func(p process) bool {
		if !p.has(c.Env()[0]) || !p.has("SLURM_JOB_ID=") {
			return false
		}
		return !slices.ContainsFunc(variables, func(v string) bool { return !p.has(v) })
	})
}

// nodeProcesses are those of a node, slurmd's and those of its jobs. What watches over
// a job overwrites its own variables, but stays where slurmd was started.
func (c *Cluster) nodeProcesses(name string) []int {
	return processes(func(p process) bool {
		return p.in(c.path(name)) || p.has(c.Env()[0]) && p.has("SLURMD_NODENAME="+name)
	})
}

// process is a folder in /proc.
type process struct{ folder string }

// has says whether the process was started with a variable; one that ends in "=" may
// have any value. A process that has ended has none.
func (p process) has(variable string) bool {
	environ, _ := os.ReadFile(filepath.Join(p.folder, "environ"))
	return slices.ContainsFunc(bytes.Split(environ, []byte{0}), func(v []byte) bool {
		return string(v) == variable || strings.HasSuffix(variable, "=") && bytes.HasPrefix(v, []byte(variable))
	})
}

// in says whether the process works in a folder.
func (p process) in(folder string) bool {
	cwd, err := os.Readlink(filepath.Join(p.folder, "cwd"))
	return err == nil && cwd == folder
}

// processes are those with a property, but for this one.
func processes(wanted func(p process) bool) []int {
	folders, _ := filepath.Glob("/proc/[0-9]*")
	var pids []int
	for _, folder := range folders {
		pid, err := strconv.Atoi(filepath.Base(folder))
		if err == nil && pid != os.Getpid() && wanted(process{folder}) {
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return pids
}

// kill kills a process, if it is still there.
func kill(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		p.Kill()
	}
}
