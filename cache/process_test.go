//go:build unix

package cache

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// The test binary runs itself as another process that puts one result: with
// childDir set to the folder, childBlob to the result and childKill to the number
// of the step before which it is killed.
const (
	childDir  = "CACHE_TEST_DIR"
	childBlob = "CACHE_TEST_BLOB"
	childKill = "CACHE_TEST_KILL"
)

// With childReader set, it reads that folder as somebody who may not write to it.
const childReader = "CACHE_TEST_READER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	if dir := os.Getenv(childReader); dir != "" {
		os.Exit(readerOnly(dir))
	}
	os.Exit(m.Run())
}

func child(dir string) int {
	s, err := Open(dir)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	if kill, err := strconv.Atoi(os.Getenv(childKill)); err == nil {
		step := 0
		s.disk = &faulty{s.disk, func(string) error {
			if step++; step == kill {
				syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // until it arrives
			}
			return nil
		}}
	}
	e, err := s.Put(entry("a"), []byte(os.Getenv(childBlob)))
	if err == nil {
		_, err = s.Read(e)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(e.Blob)
	return 0
}

func childOf(t *testing.T, dir, blob string, kill int) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), childDir+"="+dir, childBlob+"="+blob)
	if kill > 0 {
		c.Env = append(c.Env, childKill+"="+strconv.Itoa(kill))
	}
	return c
}

// Fifty processes with fifty different results for one key: all come away with
// the same one.
func TestFiftyProcessesOnOneKey(t *testing.T) {
	s := openTest(t)
	stood := make([]string, 50)
	var wg sync.WaitGroup
	for i := range stood {
		wg.Go(func() {
			out, err := childOf(t, s.dir, fmt.Sprint("result ", i), 0).Output()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			stood[i] = string(bytes.TrimSpace(out))
		})
	}
	wg.Wait()
	e, err := s.Get(entry("a").Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, blob := range stood {
		if blob != e.Blob.String() {
			t.Errorf("a process came away with %s, the folder has %s", blob, e.Blob)
		}
	}
	if c, err := s.Check(); err != nil || c.Entries != 1 || len(c.Bad) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

// A process killed before any of its steps leaves the whole result or none, and
// nothing in the way of the next.
func TestKilledAtEveryStep(t *testing.T) {
	for kill := 1; ; kill++ {
		s := openTest(t)
		err := childOf(t, s.dir, "result", kill).Run()
		if err == nil {
			if kill < 15 {
				t.Errorf("there were only %d steps", kill)
			}
			break
		}
		if !strings.Contains(err.Error(), "killed") {
			t.Fatalf("step %d: %v", kill, err)
		}
		if _, err := s.Get(entry("a").Key); err == nil {
			wantStored(t, s, entry("a").Key, "result")
		} else {
			wantMiss(t, err, entry("a").Key, Absent)
		}
		put(t, s, entry("a"), "result")
		wantStored(t, s, entry("a").Key, "result")
		u, err := s.Usage()
		if err != nil || u.Quarantined.Files > 0 {
			t.Errorf("step %d: %+v, %v", kill, u, err)
		}
		// What it left behind goes with the next collection, and nothing else.
		age(t, s, 2*writing)
		if _, err := s.GC(all, 0, false); err != nil {
			t.Fatal(err)
		}
		if u, err := s.Usage(); err != nil || u.Temporary.Files > 0 {
			t.Errorf("step %d: after gc %+v, %v", kill, u, err)
		}
		wantStored(t, s, entry("a").Key, "result")
	}
}
