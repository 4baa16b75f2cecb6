package slurm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// sumOfTree is what the root of planOf comes to.
const sumOfTree = 1000 + 0 + 100 + 200 + 1 + 2 + 3 + 4 + 5 + 6

// finished runs a plan and checks its result and that no task ran twice.
func finished(t *testing.T, f *fake, e Executor, ref compute.Ref[int]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r, err := e.Run(ctx, f.plan, f.store, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := compute.Value(r, ref); err != nil || v != sumOfTree {
		t.Errorf("%d, %v; want %d", v, err, sumOfTree)
	}
	for k, n := range f.ran {
		if n != 1 {
			t.Errorf("task %.8s ran %d times", k, n)
		}
	}
	if len(f.ran) != 10 {
		t.Errorf("%d tasks ran, not 10", len(f.ran))
	}
}

func TestArraysByDepth(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	finished(t, f, e, ref)
	var sizes []int
	for _, j := range f.jobs {
		sizes = append(sizes, j.n)
	}
	if len(sizes) != 3 || sizes[0] != 6 || sizes[1] != 3 || sizes[2] != 1 {
		t.Errorf("arrays of %v elements, not 6, 3 and 1", sizes)
	}
	if got := f.jobs[2].after; len(got) != 1 || got[0] != "2" {
		t.Errorf("the last array begins after %v", got)
	}
	// Nothing is left to do.
	r, err := e.Run(t.Context(), p, f.store, nil)
	if err != nil || len(f.jobs) != 3 {
		t.Errorf("a second build: %v, %d arrays", err, len(f.jobs))
	}
	if s := r.Summary(); s.Cached != 10 {
		t.Errorf("%+v", s)
	}
}

func TestLimitOfArrays(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	f.max = 4
	finished(t, f, e, ref)
	if len(f.jobs) != 4 || f.jobs[0].n != 4 || f.jobs[1].n != 2 {
		t.Errorf("%d arrays, the first of %d and %d elements; want 4, 4 and 2", len(f.jobs), f.jobs[0].n, f.jobs[1].n)
	}
	if got := f.jobs[2].after; len(got) != 2 {
		t.Errorf("the second depth begins after %v, not after both arrays of the first", got)
	}
}

// Whatever Slurm makes of an element, what it left undone is done by another.
func TestLostElements(t *testing.T) {
	for _, end := range []string{"TIMEOUT", "NODE_FAIL", "FAILED", "OUT_OF_MEMORY", "COMPLETED", "gone"} {
		t.Run(end, func(t *testing.T) {
			p, ref := planOf()
			f, e := newFake(t, p, cache.NewMemory())
			tries := 0
			f.fate = func(j *fakeJob, i int) string {
				if j.id == "1" && i < 2 || j.id == "2" && i == 0 {
					tries++
					return end
				}
				return ""
			}
			finished(t, f, e, ref)
			if tries == 0 {
				t.Error("nothing was lost")
			}
		})
	}
}

func TestTasksAreGivenUp(t *testing.T) {
	p := compute.NewPlan(compute.FixedCode("1"))
	bad := summand{N: 5, Bad: true}
	good := compute.Need(p, summand{N: 7})
	compute.Need(p, summand{N: 1, Parts: []summand{bad, {N: 2}}})
	f, e := newFake(t, p, cache.NewMemory())
	e.KeepGoing = true
	r, err := e.Run(t.Context(), p, f.store, nil)
	var failures *compute.Failures
	if !errors.As(err, &failures) || len(failures.Tasks) != 1 || failures.Blocked != 1 {
		t.Fatalf("%v", err)
	}
	for _, want := range []string{"number 5 is bad", "tried 3 times", filepath.Join("log", "")} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	if v, err := compute.Value(r, good); v != 7 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
	for k, n := range f.ran {
		if n != 1 && n != DefaultAttempts {
			t.Errorf("%.8s ran %d times", k, n)
		}
	}
}

// A folder that the nodes do not share is found out, not waited for.
func TestFolderThatIsNotShared(t *testing.T) {
	p, _ := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	f.store = cache.NewMemory()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	_, err := e.Run(ctx, p, cache.NewMemory(), nil)
	var failures *compute.Failures
	if !errors.As(err, &failures) {
		t.Fatalf("%v", err)
	}
}

func TestControllerAway(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	away := 0
	f.looking = func() error {
		if away++; away%2 == 0 {
			return ErrAway
		}
		return nil
	}
	finished(t, f, e, ref)
}

// Of a submission that was cut short nobody knows whether it arrived, until the queue
// tells by the array's name.
func TestSubmissionCutShort(t *testing.T) {
	for _, arrived := range []bool{true, false} {
		p, ref := planOf()
		f, e := newFake(t, p, cache.NewMemory())
		f.submits, f.lost = []error{nil, ErrAway}, arrived
		finished(t, f, e, ref)
		if want := map[bool]int{true: 3, false: 3}[arrived]; len(f.jobs) != want {
			t.Errorf("arrived %v: %d arrays, not %d", arrived, len(f.jobs), want)
		}
	}
}

func TestClusterThatIsFull(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	f.submits = []error{ErrFull, nil, ErrFull, ErrFull}
	finished(t, f, e, ref)
	folders, err := os.ReadDir(filepath.Join(e.dir(), arraysDir))
	if err != nil || len(folders) != len(f.jobs) {
		t.Errorf("%d folders of %d arrays, %v", len(folders), len(f.jobs), err)
	}
}

// What the cluster refuses for good ends the build with its words.
func TestRefusedSubmission(t *testing.T) {
	p, _ := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	refused := errors.New("invalid partition specified: mian")
	f.submits = []error{refused}
	r, err := e.Run(t.Context(), p, f.store, nil)
	if !errors.Is(err, refused) || r == nil {
		t.Errorf("%v, %v", r, err)
	}
}

// A build that was stopped has left its jobs; the next one takes them up.
func TestAttach(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	ctx, cancel := context.WithCancel(t.Context())
	f.fate = func(*fakeJob, int) string { // before anything runs
		cancel()
		return ""
	}
	hold := true
	f.looking = func() error {
		if hold && len(f.jobs) == 3 {
			cancel()
			return ErrAway
		}
		return nil
	}
	if _, err := e.Run(ctx, p, f.store, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	hold, f.fate = false, nil
	var notes []string
	e.Note = func(s string) { notes = append(notes, s) }
	finished(t, f, e, ref)
	if len(f.jobs) != 3 {
		t.Errorf("%d arrays: the second build submitted again", len(f.jobs))
	}
	if !strings.Contains(strings.Join(notes, "\n"), "attached to 10 elements of 3 job arrays") {
		t.Errorf("notes: %q", notes)
	}
}

// What earlier builds tried in vain does not count against the next one.
func TestEarlierFailures(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	f.fate = func(*fakeJob, int) string { return "FAILED" }
	for range 2 {
		var failures *compute.Failures
		if _, err := e.Run(t.Context(), p, f.store, nil); !errors.As(err, &failures) {
			t.Fatal(err)
		}
	}
	f.fate = nil
	finished(t, f, e, ref)
}

// Two builds of the same at the same time submit each task once.
func TestTwoBuildsAtOnce(t *testing.T) {
	p, ref := planOf()
	f, e := newFake(t, p, cache.NewMemory())
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() {
			other, _ := planOf()
			_, err := e.Run(t.Context(), other, f.store, nil)
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	finished(t, f, e, ref)
}

func TestInterruptedBuildCancels(t *testing.T) {
	for _, cancels := range []bool{true, false} {
		p, _ := planOf()
		f, e := newFake(t, p, cache.NewMemory())
		e.Cancel = cancels
		ctx, cancel := context.WithCancel(t.Context())
		f.looking = func() error {
			cancel()
			return ErrAway
		}
		if _, err := e.Run(ctx, p, f.store, nil); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if got := f.jobs[0].state[0] == "CANCELLED"; got != cancels {
			t.Errorf("asked to cancel: %v; cancelled: %v", cancels, got)
		}
	}
}
