package report

import "fmt"

// New starts a report from what the manifest says. Items are added in the
// manifest's order, each with its entry as ItemSpec, drawn or not; then Finish.
func New(m *Manifest, preset Preset) *Report {
	r := &Report{
		SchemaVersion:  SchemaVersion,
		Paper:          m.Paper,
		Preset:         preset,
		ManifestDigest: m.Digest,
		Deviations:     append([]string(nil), m.Paper.Deviations...),
		Objectives:     m.Objectives,
		Downstream:     m.Downstream,
		Temperatures:   m.Temperatures,
		Families:       m.Families,
		Published:      m.Published,
		Tasks:          []TaskRef{},
	}
	for _, d := range m.Discussions {
		if contains(d.Presets, preset.ID) {
			r.Discussions = append(r.Discussions, d)
		}
	}
	return r
}

// Finish summarises the tables of the drawn items and judges the manifest's
// claims on them. Its error names the first value that no report may hold.
func (r *Report) Finish(m *Manifest) error {
	roundFigures(r.Items)
	Summarise(r.Items)
	r.Claims = Evaluate(m.Claims, m.Families, r.Preset, r.Items, m.Published, r.labels())
	if err := r.discuss(); err != nil {
		return fmt.Errorf("%s: %w", m.file, err)
	}
	r.Robustness = m.Robustness.judge(m.Claims, m.Families, r.Preset, r.Items, r.labels())
	return r.check()
}
