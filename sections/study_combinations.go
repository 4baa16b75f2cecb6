package sections

import (
	"math"

	"lossxfer-report/compute/objective"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// strength is the hyper-parameters of what a row of Table C.4 adds.
func (s *Study) strength(row report.Combination) report.Hyper {
	o, _ := s.Manifest.Objective(row.Adds)
	h := o.Here[s.Preset.ID]
	if row.Times == 1 {
		return h // to the bit: these are networks of Table 1
	}
	// Twelve digits, so that 1 − 0.5 × (1 − 0.7) is 0.85 in labels too.
	short := func(v float64) float64 { return math.Round(v*1e12) / 1e12 }
	switch o.Uses[0] {
	case "keep":
		h.Keep = short(1 - float64(row.Times*(1-h.Keep)))
	case "beta":
		h.Beta = short(h.Beta * row.Times)
	case "tau":
		h.Tau = short(h.Tau * row.Times)
	}
	return h
}

// combined is the objective of a cell of Table C.4: that of the column with what the
// row adds, or alone in the row of the baselines (nil). To softmax, the first column,
// adding makes the objective of the row. Cosine normalisation of cosine softmax is
// cosine softmax at the row's temperature.
func (s *Study) combined(column string, row *report.Combination) objective.Spec {
	o, _ := s.Manifest.Objective(column)
	spec := s.Spec(o)
	if row == nil {
		return spec
	}
	h := s.strength(*row)
	if column == s.Manifest.Combinations.Columns[0] || column == row.Adds {
		return objective.Spec{Name: row.Adds, Keep: h.Keep, Beta: h.Beta, Tau: h.Tau}
	}
	spec.With, spec.Keep, spec.Beta = row.Adds, h.Keep, h.Beta
	if spec.Tau != 0 {
		spec.WithTau = h.Tau
	} else {
		spec.Tau = h.Tau
	}
	return spec
}

// combination is the training run of a cell; own says that Table 1 has it.
func (s *Study) combination(column string, row *report.Combination, seed int) (m train.Model, own bool) {
	o, _ := s.Manifest.Objective(column)
	clip := s.clip(o)
	if row != nil {
		added, _ := s.Manifest.Objective(row.Adds)
		clip = max(clip, s.clip(added))
	}
	return s.variant(s.combined(column, row), clip, seed)
}
