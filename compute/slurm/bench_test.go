package slurm

import (
	"testing"
	"time"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// widePlan has n tasks at two depths.
func widePlan(n int) *compute.Plan {
	p := compute.NewPlan(compute.FixedCode("1"))
	for i := range n / 2 {
		compute.Need(p, summand{N: i, Parts: []summand{{N: n + i}}})
	}
	return p
}

// BenchmarkTenThousand is a plan of 10,000 tasks on a cluster in this process: how long
// until all are handed in, what one look at the queue costs here, and how often Slurm was
// asked a second.
func BenchmarkTenThousand(b *testing.B) {
	const tasks = 10_000
	var handing, whole time.Duration
	var looks, arrays, elements int
	for b.Loop() {
		plan := widePlan(tasks)
		f := &fake{plan: plan, store: cache.NewMemory(), max: 1001, ran: map[cache.Key]int{}}
		e := Executor{
			Options: Options{Element: 10 * time.Second, Poll: 50 * time.Millisecond, Settle: time.Second, Program: "/bin/lossxfer-report"},
			Folder:  b.TempDir(), Queue: f,
		}
		start := time.Now()
		f.looking = func() error { // the first look comes when everything has been handed in
			if handing == 0 {
				handing = time.Since(start)
			}
			return nil
		}
		if _, err := e.Run(b.Context(), plan, f.store, nil); err != nil {
			b.Fatal(err)
		}
		whole = time.Since(start)
		looks, arrays, elements = f.looks, len(f.jobs), 0
		for _, j := range f.jobs {
			elements += j.n
		}
	}
	b.ReportMetric(float64(handing.Milliseconds()), "ms-submission")
	b.ReportMetric(float64(looks), "squeue-calls")
	b.ReportMetric(whole.Seconds()/float64(max(looks, 1)), "s/squeue-call")
	b.ReportMetric(float64(arrays), "arrays")
	b.ReportMetric(float64(elements), "elements")
}
