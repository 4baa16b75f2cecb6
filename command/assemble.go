package command

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/report"
	"lossxfer-report/sections"
)

// assemble draws every item from the results there are and judges the claims. It is
// called on partial results too.
func (p *plan) assemble(r *compute.Results) (*report.Report, error) {
	m := p.study.Manifest
	out := report.New(m, p.study.Preset)
	out.CodeDigest = p.tasks.CodeDigest()
	behind := map[string]compute.Behind{}
	for _, item := range p.items {
		one, tasks := drawItem(item, r)
		for _, t := range tasks {
			behind[t.Key.String()] = t
		}
		out.Items = append(out.Items, one)
	}
	for _, t := range behind {
		out.Cost.Tasks++
		out.Cost.ImageSteps += t.Steps
	}
	if err := out.Finish(m); err != nil {
		return nil, err
	}
	return out, nil
}

// drawItem draws one item and says how far it got.
func drawItem(planned sections.Planned, r *compute.Results) (report.Item, []compute.Behind) {
	item := report.Item{ItemSpec: planned.Item}
	if planned.Draw == nil {
		item.Status = report.NotBuilt
		if sections.Built(planned.Item.ID) {
			item.Status, item.Reason = report.Incomplete, notAsked
		}
		return item, nil
	}
	tasks := r.Behind(planned.Asked)
	open, failed := 0, 0
	for _, t := range tasks {
		item.Cost.Tasks++
		item.Cost.ImageSteps += t.Steps
		ref := report.TaskRef{Key: t.Key.String(), Kind: t.Kind, Spec: t.Spec, ImageSteps: t.Steps}
		if t.Done {
			ref.Digest = t.Digest.String()
		} else if t.Failed {
			failed++
		} else {
			open++
		}
		item.Tasks = append(item.Tasks, ref)
	}
	drawing, err := planned.Draw(r)
	switch {
	case err != nil:
		item.Status, item.Reason = report.Failed, err.Error()
	case failed > 0:
		item.Status, item.Reason = report.Failed, fmt.Sprintf("%d of %d tasks failed", failed, len(tasks))
	case open > 0:
		item.Status, item.Reason = report.Incomplete, fmt.Sprintf("%d of %d tasks have not run yet", open, len(tasks))
	default:
		item.Status = report.Computed
	}
	item.Artifacts, item.Values = drawing.Artifacts, drawing.Values
	return item, tasks
}

// notAsked is the reason of an item that --only left out.
const notAsked = "not asked for in this build"
