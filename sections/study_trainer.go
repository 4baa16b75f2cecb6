package sections

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lossxfer-report/compute"
	"lossxfer-report/compute/external"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/predict"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// Trainer is the external command that trains the study's networks, or nil where the
// program does itself. It is that of the manifest, which runs in the folder dir, if the
// manifest has it train this preset. A command given here takes its place for any preset
// and runs in the current folder; the rest of [trainer] but for version and files, which
// belong to the manifest's command, is as written.
func (s *Study) Trainer(dir string, command []string) (*external.Setup, error) {
	spec := s.Manifest.Trainer
	if command != nil {
		dir, spec.Command, spec.Version, spec.Files = "", command, "", nil
	} else if !spec.Trains(s.Preset.ID) {
		return nil, nil
	}
	known := append(net.Names(), train.AutoAugment, external.Mixup)
	for _, l := range spec.Leaves {
		if !slices.Contains(known, l) {
			return nil, fmt.Errorf("[trainer]: leaves has %q; known are %s", l, strings.Join(known, ", "))
		}
	}
	t, err := external.Describe(dir, spec.Command, spec.Version, spec.Files)
	if err != nil {
		return nil, fmt.Errorf("[trainer]: %w", err)
	}
	return &external.Setup{
		Trainer: t,
		Runner:  external.NewRunner(dir, spec.Environment, time.Duration(spec.TimeoutSeconds)*time.Second, spec.AtATime),
		Curve:   spec.Has(report.GivesCurve), Checkpoints: spec.Has(report.GivesCheckpoints),
		Leaves: spec.Leaves,
	}, nil
}

// SubstituteTrainer has a trainer do the training runs of a plan.
func SubstituteTrainer(p *compute.Plan, t external.Setup) {
	t.Substitute(p)
	if t.Curve {
		return
	}
	compute.Substitute(p, func(c predict.Curve) (compute.Task[predict.CurveResult], error) {
		if t.Trains(c.Model) {
			return nil, &compute.Unavailable{Reason: "the external trainer gives no training curve"}
		}
		return nil, nil
	})
}
