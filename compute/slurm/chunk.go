package slurm

import (
	"cmp"
	"slices"
	"time"

	"lossxfer-report/compute"
)

// estimate is how long a task may take. It decides only which tasks share an element.
func estimate(t compute.TaskInfo) time.Duration {
	return time.Duration(float64(t.Load().Work()) / compute.Speed * float64(time.Second))
}

// depths groups tasks: one that reads none of the others' results is at depth 0, the
// others are one deeper than what they read. Tasks come dependencies first.
func depths(jobs []compute.Job) [][]compute.Job {
	depth := make(map[int]int, len(jobs)) // by place; only of these tasks
	var out [][]compute.Job
	for _, j := range jobs {
		deep := 0
		for _, r := range j.Reads {
			if under, ok := depth[r]; ok {
				deep = max(deep, under+1)
			}
		}
		depth[j.Index] = deep
		if deep == len(out) {
			out = append(out, nil)
		}
		out[deep] = append(out[deep], j)
	}
	return out
}

// elements cuts the tasks of one depth into pieces of about the work of one element. Tasks
// that read the same network stay together, since an element loads its features once; of
// seeds the first come first.
func elements(jobs []compute.Job, work time.Duration) [][]compute.Job {
	jobs = slices.Clone(jobs)
	first := func(j compute.Job) int {
		if len(j.Reads) == 0 {
			return -1
		}
		return j.Reads[0]
	}
	slices.SortStableFunc(jobs, func(a, b compute.Job) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(first(a), first(b)), cmp.Compare(a.Index, b.Index))
	})
	var out [][]compute.Job
	var sum time.Duration
	for _, j := range jobs {
		d := estimate(j.TaskInfo)
		if len(out) == 0 || sum+d > work {
			out = append(out, nil)
			sum = 0
		}
		sum += d
		out[len(out)-1] = append(out[len(out)-1], j)
	}
	return out
}
