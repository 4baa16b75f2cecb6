package command

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lossxfer-report/cache"
	"lossxfer-report/compute"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// assemble draws every item from the results there are and judges the claims. It is
// called while the run goes on too. r is of p.run; items that were not asked for are
// drawn from the cache.
func (p *plan) assemble(r *compute.Results, store cache.Store) (*report.Report, error) {
	if p.run != p.tasks {
		var err error
		if r, err = compute.Look(p.tasks, store); err != nil {
			return nil, err
		}
	}
	m := p.study.Manifest
	out := report.New(m, p.study.Preset)
	out.CodeDigest = p.tasks.CodeDigest()
	drawings := make([]drawing, len(p.items))
	for i, item := range p.items {
		if item.Draw != nil && item.Without == "" {
			drawings[i] = draw(item, r)
		}
	}
	// Drawing reads results, and one that turns out to be unusable does not count as done.
	behind := make([][]compute.Behind, len(p.items))
	for i, item := range p.items {
		if item.Draw != nil {
			behind[i] = r.Behind(item.Asked)
		}
	}
	place := addTasks(out, behind)
	for i, item := range p.items {
		out.Items = append(out.Items, p.item(item, drawings[i], behind[i], place))
	}
	credit(p.trainer, out)
	if err := out.Finish(m); err != nil {
		return nil, err
	}
	return out, nil
}

// addTasks lists the tasks behind all items, each once, sums up their cost and
// returns the place of each in the list.
func addTasks(out *report.Report, behind [][]compute.Behind) map[cache.Key]int {
	all := map[cache.Key]compute.Behind{}
	for _, tasks := range behind {
		for _, t := range tasks {
			all[t.Key] = t
		}
	}
	list := slices.SortedFunc(maps.Values(all), func(a, b compute.Behind) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key.String(), b.Key.String()))
	})
	place := make(map[cache.Key]int, len(list))
	out.Tasks = make([]report.TaskRef, len(list))
	for i, t := range list {
		place[t.Key] = i
		out.Tasks[i] = report.TaskRef{Key: t.Key.String(), Kind: t.Kind, Spec: t.Spec, ImageSteps: t.Steps}
		if t.Done {
			out.Tasks[i].Digest = t.Digest.String()[:report.DigestDigits]
		}
		out.Cost.Tasks++
		out.Cost.ImageSteps += t.Steps
	}
	return place
}

// item is one item as it was drawn, and how far it got.
func (p *plan) item(planned sections.Planned, drawn drawing, tasks []compute.Behind, place map[cache.Key]int) report.Item {
	item := report.Item{ItemSpec: planned.Item, Input: p.inputs[planned.Item.ID]}
	if planned.Without != "" {
		item.Status, item.Reason = report.NotHere, planned.Without
		return item
	}
	if planned.Draw == nil {
		item.Status = report.NotBuilt
		return item
	}
	open, failed := 0, 0
	for _, t := range tasks {
		item.Cost.Tasks++
		item.Cost.ImageSteps += t.Steps
		item.Tasks = append(item.Tasks, place[t.Key])
		switch {
		case t.Failed:
			failed++
		case !t.Done:
			open++
		}
	}
	drawing, err := drawn.Drawing, drawn.err
	unavailable := nowhere(planned.Asked)
	switch {
	case err == nil && unavailable != nil && drawing.Empty():
		item.Status, item.Reason = report.NotHere, unavailable.Reason
		return item
	case err != nil:
		item.Status, item.Reason = report.Failed, err.Error()
	case failed > 0:
		item.Status, item.Reason = report.Failed, fmt.Sprintf("%d of %d tasks failed", failed, len(tasks))
	case open > 0 && !p.asked(item.ID):
		item.Status, item.Reason = report.Incomplete, notAsked
	case open > 0:
		item.Status, item.Reason = report.Incomplete, fmt.Sprintf("%d of %d tasks have not run yet", open, len(tasks))
	default:
		item.Status = report.Computed
	}
	item.Artifacts, item.Notes, item.Values, item.Absent = drawing.Artifacts, drawing.Notes, drawing.Values, drawing.Absent
	return item
}

// drawing is what a section made of an item, or why it could not.
type drawing struct {
	sections.Drawing
	err error
}

// draw draws an item. A store may hold a result that is whole and not what its task
// gives, from an import for instance: a section that trips over it, or draws what no
// report may hold, fails this item alone.
func draw(planned sections.Planned, r *compute.Results) (d drawing) {
	defer func() {
		if p := recover(); p != nil {
			first, _, _ := strings.Cut(fmt.Sprint(p), "\n")
			d = drawing{err: fmt.Errorf("its results are not what its tasks give: %s", first)}
		}
	}()
	if d.Drawing, d.err = planned.Draw(r); d.err != nil {
		return d
	}
	item := report.Item{Artifacts: d.Artifacts, Values: d.Values}
	if err := item.Sound(); err != nil {
		return drawing{err: fmt.Errorf("its results are not what its tasks give: %w", err)}
	}
	return d
}

// nowhere is why none of what was asked for can be had, nil if some can.
func nowhere(asked []compute.Asked) *compute.Unavailable {
	for _, a := range asked {
		if a.Unavailable() == nil {
			return nil
		}
	}
	if len(asked) == 0 {
		return nil
	}
	return asked[0].Unavailable()
}

// notAsked is the reason of an item that --only left out.
const notAsked = "not asked for in this build"
