package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"lossxfer-report/command"
	"lossxfer-report/compute/kernel"
)

// TestMain lets the scripts run the program itself as the command lossxfer-report.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"lossxfer-report": func() {
			os.Exit(command.Run(os.Args[1:], assets(), os.Stdout, os.Stderr))
		},
		"interrupted": func() { os.Exit(interrupted(os.Args[1:])) },
	})
}

// TestScript runs the whole program as testdata/script tells.
func TestScript(t *testing.T) {
	repo, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// The repository, for scripts that change its manifest.
			e.Setenv("REPO", repo)
			e.Setenv("LOSSXFER_CACHE", e.WorkDir+"/cache")
			e.Setenv("LOSSXFER_DATA", e.WorkDir+"/data")
			e.Setenv("PYTHON", python())
			return goEnv(e)
		},
		Condition: func(name string) (bool, error) {
			if name == "torch" {
				return python() != "", nil
			}
			level, ok := strings.CutPrefix(name, "cpu:")
			if !ok {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return slices.ContainsFunc(kernel.Levels(), func(l kernel.Instructions) bool { return l.String() == level }), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "samenumbers": sameNumbers, "publish": publish, "synthetic": synthetic,
			"forge": forge, "examples": examples, "pictures": pictures, "poison": poison,
		},
	})
}

// goEnv lets scripts run the go command: it looks for its folders under $HOME, which
// scripts do not have.
func goEnv(e *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return fmt.Errorf("go env %s: %w", name, err)
		}
		e.Setenv(name, strings.TrimSpace(string(out)))
	}
	return nil
}

// python is one that can run the example of networks trained elsewhere, if there is any.
var python = sync.OnceValue(func() string {
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import torch, numpy, sklearn").Run() == nil {
			return p
		}
	}
	return ""
})

// publish DIR serves the files of a folder until the script ends, at $URL.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: publish DIR")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL)
}

// status CODE COMMAND ARG... runs a command that has to end with the exit code.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE COMMAND [ARG ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// interrupted runs lossxfer-report, presses Ctrl-C once ten tasks are done, and returns its exit code.
func interrupted(args []string) int {
	cmd := exec.Command("lossxfer-report", args...)
	cmd.Stdout = os.Stdout
	stderr, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		fmt.Fprintln(os.Stderr, lines.Text())
		if strings.HasPrefix(lines.Text(), "[10/") {
			cmd.Process.Signal(os.Interrupt)
		}
	}
	cmd.Wait()
	return cmd.ProcessState.ExitCode()
}
