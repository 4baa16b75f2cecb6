package slurm

import (
	"context"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
)

// Preview is what a build would hand in: a script, and what its array does.
type Preview struct {
	Script   string   `json:"script"`
	Name     string   `json:"name"`
	After    []string `json:"after"` // names of the arrays that it waits for
	Elements int      `json:"elements"`
	Tasks    int      `json:"tasks"`
}

// Preview lists the arrays that Run would hand in if nothing were under way. It submits
// and writes nothing; where there is no cluster, arrays are as long as Slurm's usual limit.
func (e Executor) Preview(ctx context.Context, plan *compute.Plan, store cache.Store) ([]Preview, error) {
	run, err := compute.NewOutside(ctx, plan, keeping{store}, nil)
	if err != nil {
		return nil, err
	}
	d := e.drive(run, store)
	program, _, err := d.program()
	if err != nil {
		return nil, err
	}
	if d.max, err = d.Queue.MaxArray(ctx); err != nil {
		d.max = usualMaxArray
	}
	var all []Preview
	for _, a := range d.cut(run.Open()) {
		script, err := d.script(a, program)
		if err != nil {
			return nil, err
		}
		p := Preview{Script: script, Name: a.Name, After: a.After, Elements: len(a.Elements)}
		for _, keys := range a.Elements {
			p.Tasks += len(keys)
		}
		all = append(all, p)
	}
	return all, nil
}

// keeping is a store of which nothing is rejected.
type keeping struct{ cache.Store }

func (keeping) Reject(cache.Entry) {}
