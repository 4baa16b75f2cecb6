package external

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/tasktest"
	"lossxfer-report/compute/train"
)

// small is a run of two passes over 40 images of ten letters.
func small() train.Model {
	return train.Model{
		Arch:      net.Arch{Name: "glyphnet", Height: 28, Width: 28, Channels: 1},
		Data:      data.Source{Name: "latin10", Split: data.Train, PerClass: 4},
		Objective: objective.Spec{Name: "softmax"}, Seed: 3,
		Schedule: train.Schedule{Passes: 2, Batch: 8, LearningRate: 0.1, Momentum: 0.9, Decay: train.Cosine, EMA: 0.2, Shift: 1},
	}
}

// run has a trainer train a model and checks that nothing of it is left.
func run(t *testing.T, ctx context.Context, m Model) (train.Weights, error) {
	t.Helper()
	here := t.TempDir()
	t.Setenv("TMPDIR", here)
	if m.Runner == nil {
		m.Runner = NewRunner(t.TempDir(), nil, time.Minute, 1)
	}
	p := tasktest.Plan()
	ref := compute.Need(p, m)
	r, err := compute.Pool{Jobs: 1}.Run(ctx, p, cache.NewMemory(), nil)
	if left, _ := filepath.Glob(filepath.Join(here, "*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if err != nil {
		return train.Weights{}, err
	}
	return tasktest.Value(t, r, ref), nil
}

func with(t *testing.T, words ...string) Model {
	return Model{Model: small(), Trainer: Trainer{Command: command(t, words...)}, Curve: true}
}

// The weights arrive where they belong: given back as they are, the initial values are
// those of a run of this program that has hardly moved them.
func TestInitialValuesAreThoseOfTrain(t *testing.T) {
	for _, name := range net.Names() {
		m := with(t, "good")
		m.Model.Arch.Name = name
		m.Model.Objective = objective.Spec{Name: "sigmoid"}
		w, err := run(t, t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		still := m.Model
		still.Schedule.LearningRate, still.Schedule.EMA, still.Schedule.Passes = 1e-30, 0, 1
		want := tasktest.Result(t, cache.NewMemory(), still)
		near := func(a, b []float32) bool {
			return slices.EqualFunc(a, b, func(x, y float32) bool { return x-y < 1e-20 && y-x < 1e-20 })
		}
		if !near(w.Theta, want.Theta) || !near(w.W, want.W) || !near(w.B, want.B) || len(w.Stats) != len(want.Stats) {
			t.Errorf("%s: other initial values", name)
		}
		if len(w.Epochs) != 2 || w.Epochs[1].Loss != 1 || w.Epochs[1].Top1 != 0.75 {
			t.Errorf("%s: curve %+v", name, w.Epochs)
		}
	}
}

// Every failure is one error that says what was wrong, and nothing is left behind.
func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		words []string
		want  string
	}{
		"exit code":            {[]string{"fails"}, "ended with exit code 3; it said last:\nTraceback:\n  [31mValueError[0m: no GPU"},
		"exit without a word":  {[]string{"fails quietly"}, "ended with exit code 1; it said nothing"},
		"says it on stdout":    {[]string{"fails on output"}, "ended with exit code 1; it said last:\nit went wrong here"},
		"killed half way":      {[]string{"dies half way"}, `ended by the signal "killed"`},
		"no output":            {[]string{"nothing"}, "there is no trained.safetensors"},
		"half an output":       {[]string{"half"}, "it is cut off"},
		"pickle":               {[]string{"garbage"}, "trained.safetensors: is neither safetensors"},
		"link to a device":     {[]string{"link"}, "is no regular file"},
		"pipe":                 {[]string{"pipe"}, "is no regular file"},
		"huge output":          {[]string{"huge"}, "are the most that the specification can mean"},
		"huge output at once":  {[]string{"huge at once"}, "are the most that the specification can mean"},
		"missing":              {[]string{"edit", "drop stem.weight", "drop head.mean"}, "trained.safetensors lacks stem.weight, head.mean"},
		"extra":                {[]string{"edit", "add stem.bias"}, "has stem.bias, which the specification does not name"},
		"missing and extra":    {[]string{"edit", "drop final.bias", "add bias"}, "lacks final.bias, and has bias, which"},
		"almost all missing":   {[]string{"edit", "only stem.weight"}, "lacks stem.gamma, stem.beta, block1.conv1.weight, block1.conv1.gamma, block1.conv1.beta, block1.conv2.weight and "},
		"without a curve":      {[]string{"edit", "drop curve.top1"}, "lacks curve.top1"},
		"wrong shape":          {[]string{"edit", "reshape head.weight"}, `array "head.weight" has shape [24576], its place in the network has [1 1 96 256]`},
		"NaN":                  {[]string{"edit", "nan block2.conv1.weight"}, `array "block2.conv1.weight": element [2 2 15 31] is not finite`},
		"integers":             {[]string{"edit", "ints stem.gamma"}, `array "stem.gamma"`},
		"negative variance":    {[]string{"edit", "negative stem.variance"}, "a variance is not negative"},
		"accuracy in per cent": {[]string{"edit", "set curve.top1 20 75"}, "element [0] is 20; write accuracies as fractions from 0 to 1"},
		"short curve":          {[]string{"edit", "set curve.loss 1"}, `array "curve.loss" has shape [1]`},
		"wrong logits' shape":  {[]string{"edit", "set check.logits 1"}, `array "check.logits" has shape [1], its place in the network has [32 10]`},
		"curve too long":       {[]string{"edit", "diverged NaN", "set curve.loss 1 2 3"}, "at most 2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := run(t, t.Context(), with(t, c.words...))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
			if err != nil && len(err.Error()) > 3000 {
				t.Errorf("a message of %d bytes", len(err.Error()))
			}
		})
	}
	for command, want := range map[string]string{"no-such-trainer": `"no-such-trainer": executable file not found`, "./nowhere": "no such file"} {
		_, err := run(t, t.Context(), Model{Model: small(), Trainer: Trainer{Command: []string{command}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", command, err)
		}
	}
}

func TestDivergedIsAResult(t *testing.T) {
	w, err := run(t, t.Context(), with(t, "edit", "only stem.weight", "set curve.loss 2.5", "set curve.top1 0.5", "diverged  loss is\x1b[31m NaN at step 7\n"))
	if err != nil || w.Diverged != "loss is[31m NaN at step 7" || len(w.Theta) != 0 || len(w.Epochs) != 1 || w.Epochs[0].Loss != 2.5 {
		t.Errorf("%v %+v", err, w)
	}
	w, err = run(t, t.Context(), with(t, "edit", "only none", "drop none", "diverged "+strings.Repeat("é", 2000)))
	if err != nil || len(w.Diverged) != mostReason || len(w.Epochs) != 0 {
		t.Errorf("%v, %d bytes", err, len(w.Diverged))
	}
}

func TestCheckpointsAndCurve(t *testing.T) {
	m := with(t, "edit", "copy", "set curve.validation_top1 0.5 0.6")
	m.Model.Checkpoints, m.Model.Monitor = 1, 3
	w, err := run(t, t.Context(), m)
	if err != nil || len(w.Checkpoints) != 1 || w.Checkpoints[0].Pass != 1 || !slices.Equal(w.Checkpoints[0].W, w.W) {
		t.Fatalf("%v: %d checkpoints", err, len(w.Checkpoints))
	}
	if w.Epochs[0].ValidationTop1 != 0.5 || w.Epochs[1].Validated != 30 {
		t.Errorf("%+v", w.Epochs)
	}
	m.Trainer.Command = command(t, "good")
	if _, err = run(t, t.Context(), m); err == nil || !strings.Contains(err.Error(), "lacks checkpoint.1/stem.weight") {
		t.Error(err)
	}
	m.Model.Checkpoints = 0
	if _, err = run(t, t.Context(), m); err == nil || !strings.Contains(err.Error(), "lacks curve.validation_top1") {
		t.Error(err)
	}
	// A trainer that gives no curve need not write one.
	m = with(t, "edit", "drop curve.loss", "drop curve.top1")
	m.Curve = false
	if w, err = run(t, t.Context(), m); err != nil || w.Epochs != nil {
		t.Errorf("%v %+v", err, w.Epochs)
	}
}

// Whatever a command starts has ended when the task has, also what ignores being asked.
func TestNothingRunsOn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("whether a process is there is read from /proc, which is on Linux only")
	}
	for name, c := range map[string]struct {
		words []string
		want  string // of the error; empty: it succeeds
		limit time.Duration
		stop  bool
	}{
		"success":        {words: []string{"ends"}},
		"timeout":        {limit: 300 * time.Millisecond, want: "took longer than 300ms and was stopped"},
		"Ctrl-C":         {stop: true, want: context.Canceled.Error()},
		"timeout, alone": {words: nil, limit: 300 * time.Millisecond, want: "timeout_seconds"},
	} {
		t.Run(name, func(t *testing.T) {
			pid := filepath.Join(t.TempDir(), "pid")
			how := "children"
			if name == "timeout, alone" {
				how = "slow"
			}
			m := with(t, append([]string{how, pid}, c.words...)...)
			m.Runner = NewRunner("", nil, c.limit, 1)
			m.Runner.grace = 100 * time.Millisecond
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.stop {
				go func() {
					waitFor(t, pid)
					cancel()
				}()
			}
			start := time.Now()
			_, err := run(t, ctx, m)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if state := processState(t, pid); state != "" && state != "Z" { // an orphan's parent is not ours to choose
				t.Errorf("process is there still: %s", state)
			}
			var status syscall.WaitStatus
			if n, _ := syscall.Wait4(-1, &status, syscall.WNOHANG, nil); n > 0 {
				t.Errorf("zombie %d", n)
			}
		})
	}
}

func waitFor(t *testing.T, file string) {
	for range 1000 {
		if b, err := os.ReadFile(file); err == nil && len(b) > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the trainer did not start")
}

// processState is that of the process whose number is in a file, empty if it is gone.
func processState(t *testing.T, pidFile string) string {
	pid, err := os.ReadFile(pidFile)
	if err != nil {
		t.Fatal(err)
	}
	state := ""
	for range 100 { // a killed process is there for a moment
		b, err := os.ReadFile("/proc/" + string(pid) + "/stat")
		if err != nil {
			return ""
		}
		_, rest, _ := strings.Cut(string(b), ") ")
		if state = rest[:1]; state == "Z" {
			return state
		}
		time.Sleep(10 * time.Millisecond)
	}
	return state
}

// A trainer that ends when it is asked to has the time for it.
func TestAsksBeforeItKills(t *testing.T) {
	file := filepath.Join(t.TempDir(), "said")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		waitFor(t, file)
		cancel()
	}()
	m := with(t, "polite", file)
	if _, err := run(t, ctx, m); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if b, _ := os.ReadFile(file); string(b) != "ended when asked" {
		t.Errorf("%q", b)
	}
}

func TestEnvironmentIsAllowed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "environment")
	t.Setenv("SECRET_TOKEN", "1")
	t.Setenv("CUDA_VISIBLE_DEVICES", "0")
	t.Setenv("OMP_NUM_THREADS", "4")
	m := with(t, "environment", file)
	m.Runner = NewRunner("", []string{"CUDA_*", "OMP_NUM_THREADS"}, 0, 1)
	if _, err := run(t, t.Context(), m); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	env := "\n" + string(b)
	for _, name := range []string{"PATH", "CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", folderVariable, "TMPDIR"} {
		if !strings.Contains(env, "\n"+name+"=") {
			t.Errorf("no %s", name)
		}
	}
	if strings.Contains(env, "SECRET_TOKEN") {
		t.Error("a variable that nobody allowed is passed on")
	}
}

func TestAsManyAtATimeAsAllowed(t *testing.T) {
	for _, most := range []int{1, 2} {
		t.Setenv("TMPDIR", t.TempDir())
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "running"), 0o777); err != nil {
			t.Fatal(err)
		}
		runner := NewRunner("", nil, 0, most)
		tasktest.Run(t, 3, cache.NewMemory(), func(p *compute.Plan) {
			for seed := 1; seed <= 5; seed++ {
				m := with(t, "counts", dir)
				m.Model.Seed, m.Runner = seed, runner
				compute.Need(p, m)
			}
		})
		_, one := os.Stat(filepath.Join(dir, "1 at once"))
		_, two := os.Stat(filepath.Join(dir, "2 at once"))
		_, three := os.Stat(filepath.Join(dir, "3 at once"))
		if one != nil || (two == nil) != (most == 2) || three == nil {
			t.Errorf("%d at a time: ran alone %v, two %v, three %v", most, one == nil, two == nil, three == nil)
		}
	}
}
