package report

import "strings"

// presetFacts are the few numbers that a reader wants before anything else.
func presetFacts(r *Report) []factView {
	facts := []factView{{"Preset", presetName(r.Preset)}}
	if r.Preset.Seeds > 0 {
		facts = append(facts, factView{"Seeds per objective", thousands(int64(r.Preset.Seeds))})
	}
	return append(facts,
		factView{"Tasks", thousands(int64(r.Cost.Tasks))},
		factView{"Training", thousands(r.Cost.ImageSteps) + " image-steps"},
	)
}

func presetName(p Preset) string {
	if p.Label == "" || strings.EqualFold(p.Label, p.ID) {
		return p.ID
	}
	return p.ID + " (" + p.Label + ")"
}

// viewObjectives adds the hyper-parameters of this build to each objective.
func viewObjectives(r *Report) []objectiveView {
	var out []objectiveView
	for _, o := range r.Objectives {
		v := objectiveView{Objective: o, HereText: "none"}
		var parts []string
		for _, f := range flatten(o.Here[r.Preset.ID]) {
			parts = append(parts, f.Name+" = "+f.Value)
		}
		if len(parts) > 0 {
			v.HereText = strings.Join(parts, ", ")
		}
		out = append(out, v)
	}
	return out
}
