package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// commands prints the wall times of the program itself: how long it takes to start, to
// find that a build has nothing to do, and to answer, with a preset in the cache. That is
// LOSSXFER_CACHE's if it is set; what it lacks is computed first.
func commands(w io.Writer, rounds int, only []string, preset string) error {
	if len(only) > 0 && !slices.Contains(only, "commands") {
		return nil
	}
	dir, err := os.MkdirTemp("", "lossxfer-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, out, other := filepath.Join(dir, "lossxfer-report"), filepath.Join(dir, "out"), filepath.Join(dir, "other")
	store := os.Getenv("LOSSXFER_CACHE")
	if store == "" {
		store = filepath.Join(dir, "cache")
	}
	if text, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, text)
	}
	run := func(args ...string) (float64, error) {
		c := exec.Command(program, append([]string{"--cache", store}, args...)...)
		start := time.Now()
		text, err := c.CombinedOutput()
		took := 1000 * time.Since(start).Seconds()
		if err != nil {
			return took, fmt.Errorf("%v: %w: %.2000s", args, err, text)
		}
		return took, nil
	}
	build := []string{"-q", "build", "--preset", preset, "--out", out}
	if _, err := run(build...); err != nil {
		return err
	}
	drawn := filepath.Join(out, ".uptodate.json")
	for _, c := range []struct {
		what   string
		args   []string
		before func() error
	}{
		{"start-up (help)", []string{"--help"}, nil},
		{"build, nothing to do", build, nil},
		{"build, nothing to run, planned and looked up again", build, func() error { return os.Remove(drawn) }},
		{"build into an empty folder, drawings in the cache", []string{"-q", "build", "--preset", preset, "--out", other}, func() error { return os.RemoveAll(other) }},
		{"status", []string{"status", "--preset", preset}, nil},
		{"explain table-1", []string{"explain", "table-1", "--preset", preset}, nil},
		{"list --cost", []string{"list", "--cost", "--preset", preset}, nil},
		{"diff of a report with itself", []string{"diff", out, out}, nil},
		{"verify report.json", []string{"verify", filepath.Join(out, "report.json")}, nil},
		{"verify report.html", []string{"verify", filepath.Join(out, "report.html")}, nil},
		{"cache check", []string{"cache", "check"}, nil},
	} {
		var took []float64
		for range rounds {
			if c.before != nil {
				if err := c.before(); err != nil {
					return err
				}
			}
			ms, err := run(c.args...)
			if err != nil {
				return err
			}
			took = append(took, ms)
		}
		fmt.Fprintf(w, "%s\t%.0f ms\t\t\t%.0f … %.0f ms\t\n", c.what, median(took), slices.Min(took), slices.Max(took))
	}
	return nil
}
