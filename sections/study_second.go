package sections

import (
	"fmt"

	"lossxfer-report/report"
)

// Second is the study with its second network: its objectives, images and tasks are
// those of the first, so that a section which asks it draws the same thing of the
// other network.
func (s *Study) Second() *Study {
	second, p := *s, s.Preset.Second
	second.arch = p.Arch
	second.Preset.Seeds = p.Seeds
	second.Preset.Schedule.Passes = p.Passes
	second.Preset.Probe.Regularisers = p.Regularisers
	second.Preset.Curves = report.Curves{} // nothing follows its networks through training
	return &second
}

// networkNote says what the second networks are, beside the first.
func (a *Ask) networkNote() string {
	return fmt.Sprintf("Networks: %s, trained for %s; those of Table 1 for %s.",
		a.Second().arch, passes(a.Second().Preset.Schedule.Passes), passes(a.Preset.Schedule.Passes))
}

// probeNote says how coarse their probes are.
func (a *Ask) probeNote() string {
	return fmt.Sprintf("Linear probes choose among %d regularisers, those of Table 1 among %d.", a.Second().Preset.Probe.Regularisers, a.Preset.Probe.Regularisers)
}

// passes counts passes over the training images.
func passes(n int) string {
	if n == 1 {
		return "one pass"
	}
	return fmt.Sprintf("%d passes", n)
}
