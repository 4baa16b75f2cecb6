//go:build linux

// Scale measures the analyses of features at any size, beside NumPy, SciPy and
// scikit-learn on the same arrays: processor time, peak memory, and the value that
// both compute.
//
//	go run ./compute/bench/scale [-sizes 5000x512x100,…] [-only separation,…] [-threads 1,2]
//
// A size is examples × features × classes. The first is the one with which the others
// are compared; ImageNet's validation set under a ResNet-50 is 50000x2048x1000. Every
// analysis runs in a process of its own, which reads float32 features from .npy files;
// its time begins when they are read, its peak memory includes them. Ours use one core; of
// peers with two threads the elapsed time says what the second brings.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// size is a set of features to analyse.
type size struct{ N, D, K int }

func (s size) String() string { return fmt.Sprintf("%d×%d×%d", s.N, s.D, s.K) }

// outcome is what one process prints as its last line.
type outcome struct {
	Seconds float64 `json:"seconds"` // of processor time, of all threads
	Elapsed float64 `json:"elapsed"` // seconds, the waiting of a busy machine included
	Value   float64 `json:"value"`   // what the analysis found
	Peak    float64 `json:"peak"`    // memory of the process at its largest, in MiB
	Note    string  `json:"note"`    // what else a reader should know
}

func main() {
	sizes := flag.String("sizes", "5000x512x100,10000x512x100,5000x1024x100,5000x512x200", "examples × features × classes, separated by commas")
	only := flag.String("only", "", "analyses to run, separated by commas (default all)")
	threads := flag.String("threads", "1", "threads of the peers, separated by commas; empty leaves the peers out")
	python := flag.String("python", "/usr/bin/python3", "interpreter that has the peers")
	gradient := flag.Float64("gradient", 1e-5, "gradient of the probe, beside that at zero, at which it is fitted")
	child := flag.String("child", "", "the analysis to run in this process (used by the program itself)")
	dir := flag.String("dir", "", "folder of the arrays (used by the program itself)")
	flag.Parse()
	err := error(nil)
	if *child != "" {
		err = runChild(*child, *dir, *gradient)
	} else {
		err = run(*sizes, words(*only), words(*threads), *python, *gradient)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

func run(list string, only, threads []string, python string, gradient float64) error {
	var sizes []size
	for _, word := range words(list) {
		s, err := parseSize(word)
		if err != nil {
			return err
		}
		sizes = append(sizes, s)
	}
	for _, name := range only {
		if !slices.ContainsFunc(analyses, func(a analysis) bool { return a.name == name }) {
			return fmt.Errorf("no analysis %q", name)
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	const line = "%-10s  %-15s  %-34s  %10s  %7s  %9s  %8s  %7s  %s\n"
	fmt.Printf(line, "analysis", "n×D×K", "who", "CPU time", "× first", "elapsed", "peak MiB", "× first", "value")
	first, tolerance := map[string]outcome{}, strconv.FormatFloat(gradient, 'g', -1, 64)
	for _, s := range sizes {
		dir, err := os.MkdirTemp("", "scale")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := s.write(dir); err != nil {
			return err
		}
		for _, a := range analyses {
			if len(only) > 0 && !slices.Contains(only, a.name) {
				continue
			}
			show := func(who string, o outcome) {
				base, ok := first[a.name+who]
				if !ok {
					base, first[a.name+who] = o, o
				}
				fmt.Printf(line, a.name, s, who, fmt.Sprintf("%.3g s", o.Seconds), fmt.Sprintf("%.2f", o.Seconds/base.Seconds), fmt.Sprintf("%.3g s", o.Elapsed),
					fmt.Sprintf("%.0f", o.Peak), fmt.Sprintf("%.2f", o.Peak/base.Peak), fmt.Sprintf("%.8g %s", o.Value, o.Note))
			}
			o, err := measure(exec.Command(self, "-child", a.name, "-dir", dir, "-gradient", tolerance))
			if err != nil {
				return fmt.Errorf("%s of %v: %w", a.name, s, err)
			}
			show("ours", o)
			for _, n := range threads {
				cmd := exec.Command(python, filepath.Join("compute", "bench", "scale", "testdata", "peer_scale.py"), a.name, dir, tolerance)
				// A library must choose its own kernels for this CPU.
				for _, v := range os.Environ() {
					if !strings.HasPrefix(v, "OPENBLAS_") {
						cmd.Env = append(cmd.Env, v)
					}
				}
				cmd.Env = append(cmd.Env, "OPENBLAS_NUM_THREADS="+n, "OMP_NUM_THREADS="+n)
				o, err := measure(cmd)
				if err != nil {
					return fmt.Errorf("%s of %v by the peer: %w", a.name, s, err)
				}
				show(a.peer+", threads "+n, o)
			}
		}
		os.RemoveAll(dir)
	}
	return nil
}

func parseSize(word string) (size, error) {
	var v [3]int
	parts := strings.Split(word, "x")
	for i := range v {
		if len(parts) != len(v) {
			return size{}, fmt.Errorf("size %q: give examples x features x classes, such as 5000x512x100", word)
		}
		n, err := strconv.Atoi(parts[i])
		if err != nil || n < 2 {
			return size{}, fmt.Errorf("size %q: %q is no number of 2 or more", word, parts[i])
		}
		v[i] = n
	}
	s := size{v[0], v[1], v[2]}
	// Every class needs an example among those that are learned from.
	if s.learned() < s.K || s.learned() < minibatch {
		return size{}, fmt.Errorf("size %q: of %d examples %d are learned from, fewer than %d", word, s.N, s.learned(), max(s.K, minibatch))
	}
	return s, nil
}

// measure runs a process and reads what it prints.
func measure(cmd *exec.Cmd) (outcome, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return outcome{}, err
	}
	var o outcome
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &o); err != nil {
		return outcome{}, fmt.Errorf("%q: %w", lines[len(lines)-1], err)
	}
	return o, nil
}
