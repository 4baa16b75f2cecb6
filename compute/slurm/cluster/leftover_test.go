package cluster

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// leavers is a job that does what it can to be left behind: a process of a session of
// its own that nobody waits for.
const leavers = "setsid sleep 1000 & sleep 1000"

// TestNothingIsLeftBehind looks for processes of a cluster after a test of it.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	var dir string
	ran := t.Run("cluster", func(t *testing.T) {
		c := Start(t, Options{})
		dir = c.dir
		submit(t, c, leavers, "--array=0-3")
		c.until("processes of two elements", func() bool { return len(c.JobProcesses()) >= 6 })
	})
	if ran && dir != "" {
		nothingOf(t, dir)
	}
}

// TestNothingIsLeftBehindByTheKilled has a test binary be killed that runs a cluster, as
// it is where a test takes too long.
func TestNothingIsLeftBehindByTheKilled(t *testing.T) {
	t.Parallel()
	if why := missing(); why != "" {
		t.Skip(why) // the other tests fail where they have to
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestIsKilled$")
	cmd.Env = append(os.Environ(), killedVariable+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	dir, err := bufio.NewReader(out).ReadString('\n')
	cmd.Process.Kill()
	cmd.Wait()
	if err != nil || !filepath.IsAbs(dir) {
		t.Fatalf("%v, %q", err, dir)
	}
	dir = strings.TrimSpace(dir)
	for start := time.Now(); len(processesOf(dir)) > 0 && time.Since(start) < patience; {
		time.Sleep(50 * time.Millisecond)
	}
	nothingOf(t, dir)
}

const killedVariable = "LOSSXFER_CLUSTER_KILLED"

// TestIsKilled is the test of the killed binary. It says what its scratch folder is.
func TestIsKilled(t *testing.T) {
	if os.Getenv(killedVariable) == "" {
		t.Skip("only has a part in another test")
	}
	c := Start(t, Options{})
	submit(t, c, leavers)
	c.until("processes", func() bool { return len(c.JobProcesses()) >= 3 })
	os.Stdout.WriteString(c.dir + "\n")
	select {}
}

// nothingOf says what is left of a cluster.
func nothingOf(t *testing.T, dir string) {
	t.Helper()
	for _, pid := range processesOf(dir) {
		t.Errorf("process %d of the cluster in %s is left", pid, dir)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Errorf("%s is left", dir)
	}
}

// processesOf are those whose command line, folder or variables name a folder.
func processesOf(dir string) []int {
	return processes(func(p process) bool {
		for _, file := range []string{"cmdline", "environ"} {
			text, _ := os.ReadFile(filepath.Join(p.folder, file))
			if strings.Contains(string(text), dir+"/") {
				return true
			}
		}
		cwd, _ := os.Readlink(filepath.Join(p.folder, "cwd"))
		return strings.HasPrefix(cwd, dir)
	})
}
