package slurm_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lossxfer-report/compute/slurm/cluster"
)

// trial is the whole program on a cluster, with a folder of results of its own.
type trial struct {
	*testing.T
	on      *cluster.Cluster
	program string
	dir     string
}

// compile builds the whole program.
func compile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lossxfer-report")
	if out, err := exec.Command("go", "build", "-o", path, "lossxfer-report").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// onCluster makes the executor impatient.
var onCluster = []string{"--executor", "slurm", "--slurm", "poll=1s", "--slurm", "settle=2s"}

// command builds a report into a folder of the trial.
func (r trial) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(r.program, append([]string{"build", "--preset", "smoke", "--out", r.dir + "/out", "--cache", r.dir + "/cache"}, args...)...)
	cmd.Env = append(os.Environ(), r.on.Env()...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	return cmd, &said
}

// build builds and returns report.json.
func (r trial) build(args ...string) []byte {
	r.Helper()
	cmd, said := r.command(args...)
	if err := cmd.Run(); err != nil {
		r.Fatalf("%v\n%s", err, said)
	}
	return r.report()
}

func (r trial) report() []byte {
	r.Helper()
	report, err := os.ReadFile(r.dir + "/out/report.json")
	if err != nil {
		r.Fatal(err)
	}
	return report
}

// completions says how often elements have computed each task to its end.
func (r trial) completions() map[string]int {
	r.Helper()
	ran := map[string]int{}
	journals, _ := filepath.Glob(r.dir + "/cache/slurm/arrays/*/journal/*")
	for _, path := range journals {
		text, err := os.ReadFile(path)
		if err != nil {
			r.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			var l struct {
				Key, What string
				Seconds   float64
			}
			if err := json.Unmarshal(line, &l); err != nil {
				r.Fatal(err)
			}
			if l.What == "done" && l.Seconds > 0 {
				ran[l.Key]++
			}
		}
	}
	return ran
}

// started waits until elements of the trial run on a node, or on any.
func (r trial) started(where ...string) []int {
	r.Helper()
	for range 600 {
		var pids []int
		for _, pid := range r.on.JobProcesses(where...) {
			if line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline")); err == nil && strings.Contains(string(line), r.dir) && strings.Contains(string(line), "work") {
				pids = append(pids, pid)
			}
		}
		if len(pids) > 0 && len(r.completions()) > 3 {
			return pids
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.Fatal("no element of a job array was seen to run")
	return nil
}

// TestSmoke: what a cluster computes is byte for byte what one machine does. It takes two
// whole builds, so it runs where Slurm is asked for; TestFailures compares some items always.
func TestSmoke(t *testing.T) {
	if os.Getenv("LOSSXFER_SLURM") != "require" {
		t.Skip("two whole builds: make test-slurm runs it")
	}
	r := trial{T: t, on: cluster.Start(t, cluster.Options{}), program: compile(t)}
	r.dir = t.TempDir()
	start := time.Now()
	there := r.build(append(onCluster, "--slurm", "element=10s")...)
	took := time.Since(start)
	ran := r.completions()
	for k, n := range ran {
		if n != 1 {
			t.Errorf("task %.8s was computed %d times", k, n)
		}
	}
	r.dir = t.TempDir()
	start = time.Now()
	here := r.build()
	t.Logf("%d tasks: %.1f s on the cluster, %.1f s on this machine: %.0f ms more for each task", len(ran), took.Seconds(), time.Since(start).Seconds(),
		1000*(took-time.Since(start)).Seconds()/float64(max(len(ran), 1)))
	if !bytes.Equal(here, there) {
		t.Error("report.json differs")
	}
}

// TestFailures: whatever dies while a cluster computes, the report is the same, and no
// task that was complete is computed again.
func TestFailures(t *testing.T) {
	c, lossxfer := cluster.Start(t, cluster.Options{}), compile(t)
	items := []string{"--only", "table-3,figure-6"}
	few := append(append(onCluster, items...), "--slurm", "element=1s")
	alone := trial{T: t, on: c, program: lossxfer, dir: t.TempDir()}
	want := alone.build(items...)

	// whole is what has to be true in the end.
	whole := func(r trial, err error, said *bytes.Buffer) {
		r.Helper()
		if err != nil {
			r.Fatalf("%v\n%s", err, said)
		}
		if !bytes.Equal(r.report(), want) {
			r.Error("report.json differs from what one machine makes")
		}
		ran, twice := r.completions(), 0
		for _, n := range ran {
			if n > 1 {
				twice++
			}
		}
		r.Logf("%d tasks computed, %d of them more than once", len(ran), twice)
		if twice > 0 {
			r.Error("a task that was complete was computed again")
		}
		if r.Failed() {
			r.Logf("%s", said)
		}
	}
	try := func(name string, test func(r trial)) {
		t.Run(name, func(t *testing.T) {
			c.Wait()
			test(trial{T: t, on: c, program: lossxfer, dir: t.TempDir()})
		})
	}
	// during builds while something happens.
	during := func(happens func(r trial), args ...string) func(r trial) {
		return func(r trial) {
			cmd, said := r.command(append(few, args...)...)
			if err := cmd.Start(); err != nil {
				r.Fatal(err)
			}
			defer cmd.Process.Kill()
			happens(r)
			whole(r, cmd.Wait(), said)
		}
	}

	try("node", during(func(r trial) {
		r.started("SLURMD_NODENAME=n1")
		c.KillNode("n1")
		time.Sleep(2 * time.Second)
		c.StartNode("n1")
	}, "--slurm", "options=--no-requeue")) // Slurm itself waits for two minutes before it runs an element again
	try("element", during(func(r trial) {
		for range 3 {
			for _, pid := range r.started() {
				syscall.Kill(pid, syscall.SIGKILL)
			}
			time.Sleep(500 * time.Millisecond)
		}
	}))
	// Not by SIGKILL: a controller that has forgotten what runs starts it again, and Slurm may
	// drain the nodes for it, which only an administrator undoes.
	try("controller", during(func(r trial) {
		r.started()
		c.StopController()
		c.StartController()
	}))
	try("controller away", during(func(r trial) {
		r.started()
		c.StopController()
		time.Sleep(4 * time.Second)
		c.StartController()
	}))
	try("build", func(r trial) {
		for range 2 {
			cmd, said := r.command(few...)
			if err := cmd.Start(); err != nil {
				r.Fatal(err)
			}
			r.started()
			cmd.Process.Kill()
			if cmd.Wait() == nil {
				r.Fatalf("the build had ended before it was killed\n%s", said)
			}
		}
		cmd, said := r.command(few...)
		err := cmd.Run()
		whole(r, err, said)
		if !strings.Contains(said.String(), "attached to") {
			r.Errorf("the second build did not attach:\n%s", said)
		}
	})
	try("interrupted", func(r trial) {
		cmd, said := r.command(append(few, "--slurm", "on_interrupt=cancel")...)
		if err := cmd.Start(); err != nil {
			r.Fatal(err)
		}
		r.started()
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 130 || !strings.Contains(said.String(), "cancelled jobs") {
			r.Errorf("exit code %d\n%s", code, said)
		}
		c.Wait()
		if out, err := c.Command("squeue", "--noheader", "--states=PENDING,RUNNING").CombinedOutput(); err != nil || len(out) > 0 {
			r.Errorf("jobs are left: %s, %v", out, err)
		}
		cmd, said = r.command(few...)
		err := cmd.Run()
		whole(r, err, said)
	})
}

// TestRefused: what the cluster refuses is said in its words, at once.
func TestRefused(t *testing.T) {
	r := trial{T: t, on: cluster.Start(t, cluster.Options{}), program: compile(t), dir: t.TempDir()}
	cmd, said := r.command(append(onCluster, "--only", "table-3", "--slurm", "partition=mian")...)
	cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(said.String(), "mian") && !strings.Contains(said.String(), "partition") {
		t.Errorf("exit code %d\n%s", code, said)
	}
}
