package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lossxfer-report/command"
)

// With --json every command prints JSON and nothing else, or refuses it in a line.
func TestJSONOfEveryCommand(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("LOSSXFER_CACHE", filepath.Join(dir, "cache"))
	t.Setenv("LOSSXFER_DATA", filepath.Join(dir, "data"))
	in := func(name string) string { return filepath.Join(dir, name) }
	out := in("out")
	if err := writePictures(in("pictures")); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (stdout, stderr string, code int) {
		var o, e bytes.Buffer
		code = command.Run(args, assets(), &o, &e)
		return o.String(), e.String(), code
	}
	commands := []struct {
		path string // of the command, as help lists it
		args []string
		code int
	}{
		{"", []string{"--version"}, command.ExitOK},
		{"", nil, command.ExitUsage},
		// An item that needs no task: the page is drawn in a moment.
		{"build", []string{"--preset", "smoke", "--only", "table-a2", "--out", out}, command.ExitOK},
		{"build", []string{"--preset", "smoke", "-n"}, command.ExitOK},
		{"build", []string{"--preset", "smoke", "-n", "--executor", "slurm"}, command.ExitOK},
		{"claims", []string{filepath.Join(out, "report.json")}, command.ExitOK},
		{"list", nil, command.ExitOK},
		{"list", []string{"--cost", "--preset", "smoke"}, command.ExitOK},
		{"list", []string{"--times", out}, command.ExitOK},
		{"status", []string{"--preset", "smoke"}, command.ExitOK},
		{"explain", []string{"table-3", "--preset", "smoke"}, command.ExitOK},
		{"graph", []string{"--preset", "smoke"}, command.ExitOK},
		{"diff", []string{out, out}, command.ExitOK},
		{"verify", []string{filepath.Join(out, "report.html")}, command.ExitOK},
		{"data", nil, command.ExitUsage},
		{"data list", nil, command.ExitOK},
		{"data show", []string{"greek", "--out", in("greek.png")}, command.ExitOK},
		{"data add", []string{"birds", "--dir", in("pictures")}, command.ExitOK},
		{"data fetch", []string{"birds"}, command.ExitUsage}, // what it fetches is in the scripts
		{"cache", nil, command.ExitUsage},
		{"cache check", nil, command.ExitOK},
		{"cache verify", []string{"--preset", "smoke"}, command.ExitIncomplete},
		{"cache du", nil, command.ExitOK},
		{"cache gc", []string{"--keep", "smoke"}, command.ExitOK},
		{"cache export", []string{in("smoke.tar"), "--preset", "smoke"}, command.ExitOK},
		{"cache import", []string{in("smoke.tar")}, command.ExitOK},
		{"search", []string{"--preset", "smoke", "-n"}, command.ExitOK},
		{"export", []string{"--preset", "smoke", "--to", in("networks"), "--only", "nothing"}, command.ExitUsage}, // it would train
		{"work", []string{in("none"), "--element", "0"}, command.ExitUsage},
		{"licenses", nil, command.ExitOK},
		{"completion bash", nil, command.ExitUsage},
		{"completion fish", nil, command.ExitUsage},
		{"completion powershell", nil, command.ExitUsage},
		{"completion zsh", nil, command.ExitUsage},
	}
	tried := map[string]bool{
		"serve":      true, // below: it does not end by itself
		"completion": true, // without a shell it is its help
	}
	for _, c := range commands {
		tried[c.path] = true
		t.Run(fmt.Sprint(c.path, " ", strings.Join(c.args, " ")), func(t *testing.T) {
			args := append(strings.Fields(c.path), append(c.args, "--json")...)
			stdout, stderr, code := run(args...)
			if code != c.code {
				t.Fatalf("exit code %d, not %d: %s", code, c.code, stderr)
			}
			if code == command.ExitUsage {
				if stdout != "" || strings.Count(stderr, "\n") != 1 {
					t.Errorf("refused with %q and, on standard error, %q", stdout, stderr)
				}
				return
			}
			decoder := json.NewDecoder(strings.NewReader(stdout))
			var v any
			if err := decoder.Decode(&v); err != nil {
				t.Fatalf("%v: %.300s", err, stdout)
			}
			if _, err := decoder.Token(); err != io.EOF {
				t.Errorf("after the JSON: %v", err)
			}
		})
	}
	for _, path := range commandsOf(t, run, "") {
		if !tried[path] {
			t.Errorf("%q is not in the table", path)
		}
	}
}

// commandsOf are the commands below one, as its help lists them.
func commandsOf(t *testing.T, run func(...string) (string, string, int), path string) []string {
	t.Helper()
	help, _, code := run(append(strings.Fields(path), "--help")...)
	if code != command.ExitOK {
		t.Fatalf("help of %q: exit code %d", path, code)
	}
	_, list, ok := strings.Cut(help, "Available Commands:\n")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, "\n\n")
	var all []string
	for line := range strings.Lines(list) {
		name := strings.TrimSpace(path + " " + strings.Fields(line)[0])
		if name == "help" {
			continue
		}
		all = append(append(all, name), commandsOf(t, run, name)...)
	}
	return all
}

// serve prints where the page is, and goes on.
func TestJSONOfServe(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// testscript runs the test binary as the program under the program's name.
	program := filepath.Join(t.TempDir(), "lossxfer-report")
	if err := os.Symlink(exe, program); err != nil {
		t.Skip(err)
	}
	cmd := exec.CommandContext(ctx, program, "serve", "--json", "--preset", "smoke", "--only", "table-a2", "--addr", "127.0.0.1:0", "--cache", t.TempDir())
	cmd.Dir = t.TempDir()
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { stop(); cmd.Wait() }()
	var v struct{ URL string }
	if err := json.NewDecoder(stdout).Decode(&v); err != nil || !strings.HasPrefix(v.URL, "http://127.0.0.1:") {
		t.Errorf("%q, %v", v.URL, err)
	}
}
