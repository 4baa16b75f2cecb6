package cluster

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// submit has sbatch queue a script that runs a command, and returns the job's number.
func submit(t *testing.T, c *Cluster, command string, options ...string) string {
	t.Helper()
	args := append([]string{"--parsable", "--output=" + filepath.Join(t.TempDir(), "%j.log"), "--wrap", command}, options...)
	out, err := c.Command("sbatch", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("sbatch %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// states are what squeue shows of a job: "RUNNING", or "0 RUNNING, 1 PENDING" for the
// elements of an array.
func states(t *testing.T, c *Cluster, job string) string {
	t.Helper()
	out, err := c.Command("squeue", "-h", "-r", "-t", "all", "-j", job, "-o", "%K %T").CombinedOutput()
	if err != nil {
		t.Fatalf("squeue: %v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	return strings.ReplaceAll(strings.Join(lines, ", "), "N/A ", "")
}

// reaches waits until a job is shown so.
func reaches(t *testing.T, c *Cluster, job, want string) {
	t.Helper()
	c.until(want+" of job "+job, func() bool { return states(t, c, job) == want })
}

func TestArrayRunsOnBothNodes(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{})
	out := t.TempDir()
	job := submit(t, c, "sleep 0.5; echo $SLURMD_NODENAME >"+out+"/$SLURM_ARRAY_TASK_ID", "--array=0-3")
	reaches(t, c, job, "0 COMPLETED, 1 COMPLETED, 2 COMPLETED, 3 COMPLETED")
	used := map[string]int{}
	for _, element := range []string{"0", "1", "2", "3"} {
		node, err := os.ReadFile(filepath.Join(out, element))
		if err != nil {
			t.Fatal(err)
		}
		used[strings.TrimSpace(string(node))]++
	}
	if used["n1"] == 0 || used["n2"] == 0 || len(used) != 2 {
		t.Errorf("elements on each node: %v", used)
	}
}

// A machine has more to do where a node is said to have more CPUs.
func TestCPUs(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{CPUs: 3})
	job := submit(t, c, "sleep 100", "--array=0-2", "--nodelist=n1")
	reaches(t, c, job, "0 RUNNING, 1 RUNNING, 2 RUNNING")
}

func TestElementIsKilled(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{})
	job := submit(t, c, "exec sleep 100", "--array=0-1")
	var pids []int
	c.until("one process of element 1", func() bool {
		pids = c.JobProcesses("SLURM_ARRAY_TASK_ID=1")
		return len(pids) == 1 && len(c.JobProcesses()) == 2
	})
	kill(pids[0])
	reaches(t, c, job, "0 RUNNING, 1 FAILED")
}

func TestLimits(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{MaxArraySize: 4, MaxJobCount: 6})
	array := func(elements string) *exec.Cmd {
		return c.Command("sbatch", "--hold", "--output=/dev/null", "--array="+elements, "--wrap", "true")
	}
	out, err := array("0-4").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Invalid job array specification") {
		t.Errorf("index beyond the limit: %v, %s", err, out)
	}
	if out, err := array("0-3").CombinedOutput(); err != nil {
		t.Errorf("index within the limit: %v, %s", err, out)
	}
	// sbatch tries for two minutes to submit what is one job too many.
	tooMany := array("0-2")
	stderr, err := tooMany.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := tooMany.Start(); err != nil {
		t.Fatal(err)
	}
	said, _ := bufio.NewReader(stderr).ReadString('\n')
	if !strings.Contains(said, "Slurm temporarily unable to accept job") {
		t.Errorf("one job too many: %s", said)
	}
	tooMany.Process.Kill()
	tooMany.Wait()
}

func TestDependencyWaits(t *testing.T) {
	t.Parallel()
	c := Start(t, Options{})
	first := submit(t, c, "exit 1", "--hold", "--array=0-1")
	second := submit(t, c, "true", "--dependency=afterany:"+first)
	third := submit(t, c, "true")
	reaches(t, c, third, "COMPLETED")
	if got := states(t, c, second); got != "PENDING" {
		t.Errorf("before what it depends on, the job is %s", got)
	}
	if out, err := c.Command("scontrol", "release", first).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reaches(t, c, second, "COMPLETED")
	if got := states(t, c, first); got != "0 FAILED, 1 FAILED" {
		t.Errorf("what it depends on is %s", got)
	}
}
