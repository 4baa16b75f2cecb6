// Package tasktest is what the tests of tasks share: running a few in a plan, reading
// their results, and holding digests. Only tests import it, so that it is behind no
// result and in no key.
package tasktest

import (
	"context"
	"testing"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// Plan returns an empty plan whose tasks' code has a fixed hash.
func Plan() *compute.Plan { return compute.NewPlan(compute.FixedCode("test")) }

// Run asks a plan for tasks and runs them, jobs at a time. Results that the store has
// are not made again.
func Run(t testing.TB, jobs int, store cache.Store, need func(p *compute.Plan)) *compute.Results {
	t.Helper()
	p := Plan()
	need(p)
	return RunPlan(t, jobs, store, p)
}

// RunPlan runs the tasks of a plan, jobs at a time.
func RunPlan(t testing.TB, jobs int, store cache.Store, p *compute.Plan) *compute.Results {
	t.Helper()
	r, err := compute.Pool{Jobs: jobs}.Run(context.Background(), p, store, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Value returns the result of a task that has been run.
func Value[T any](t testing.TB, r *compute.Results, ref compute.Ref[T]) T {
	t.Helper()
	v, err := compute.Value(r, ref)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Result runs one task, with everything under it, and returns its result.
func Result[T any](t testing.TB, store cache.Store, task compute.Task[T]) T {
	t.Helper()
	var ref compute.Ref[T]
	r := Run(t, 1, store, func(p *compute.Plan) { ref = compute.Need(p, task) })
	return Value(t, r, ref)
}
