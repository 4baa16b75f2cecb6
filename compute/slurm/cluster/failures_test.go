package cluster

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A job is queued again when its node dies, unless it says otherwise.
func TestNodeDiesAndComesBack(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{CPUs: 2})
	started := filepath.Join(t.TempDir(), "started")
	again := submit(t, c, "echo again >>"+started+"; sleep 100", "--nodelist=n1")
	once := submit(t, c, "sleep 100", "--nodelist=n1", "--no-requeue")
	other := submit(t, c, "sleep 100", "--nodelist=n2")
	for _, job := range []string{again, once, other} {
		reaches(t, c, job, "RUNNING")
	}
	c.until("processes", func() bool { return len(c.JobProcesses()) >= 3 })
	c.KillNode("n1")
	if left := c.nodeProcesses("n1"); len(left) != 0 {
		t.Errorf("processes %v of the dead node run", left)
	}
	if len(c.nodeProcesses("n2")) == 0 {
		t.Error("the other node is dead, too")
	}
	reaches(t, c, once, "NODE_FAIL")
	reaches(t, c, again, "PENDING")
	c.StartNode("n1")
	reaches(t, c, again, "RUNNING")
	c.until("second start", func() bool {
		text, _ := os.ReadFile(started)
		return string(text) == "again\nagain\n"
	})
	reaches(t, c, other, "RUNNING")
}

func TestControllerIsRestarted(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{})
	running := submit(t, c, "sleep 100", "--array=0-1")
	reaches(t, c, running, "0 RUNNING, 1 RUNNING")
	waiting := submit(t, c, "sleep 100", "--array=0-2", "--job-name=waiting")
	c.until("saved state", func() bool {
		state, _ := os.ReadFile(c.path("state/job_state"))
		return bytes.Contains(state, []byte("waiting"))
	})
	c.RestartController()
	if got := states(t, c, waiting); got != "0 PENDING, 1 PENDING, 2 PENDING" {
		t.Errorf("what was queued is now %s", got)
	}
	c.StopController()
	if out, err := c.Command("squeue").CombinedOutput(); err == nil {
		t.Errorf("a stopped controller answers %s", out)
	}
	c.StartController()
	if got := states(t, c, running); got != "0 RUNNING, 1 RUNNING" {
		t.Errorf("what ran is now %s", got)
	}
	if out, err := c.Command("scancel", running, waiting).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reaches(t, c, running, "0 CANCELLED, 1 CANCELLED")
	c.Wait()
}
