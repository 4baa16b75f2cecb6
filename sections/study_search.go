package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// SearchRun is the accuracy of an objective with some hyper-parameters on the
// validation images of the pretraining classes. Test images have no part in a search.
func (s *Study) SearchRun(o report.Objective, h report.Hyper, seed int) train.Evaluate {
	return train.Evaluate{Model: s.Model(s.with(o, h), seed), Data: s.Pretraining(data.Validation)}
}

// with is an objective that has other hyper-parameters at the study's preset.
func (s *Study) with(o report.Objective, h report.Hyper) report.Objective {
	o.Here = map[string]report.Hyper{s.Preset.ID: h}
	return o
}

// CheckSearch reports the first setting of the search that its objective does not
// take, before anything is trained.
func (s *Study) CheckSearch() error {
	for _, space := range s.Manifest.Search.Objectives {
		o, _ := s.Manifest.Objective(space.ID)
		for _, h := range space.Grid.Settings() {
			for _, h := range append([]report.Hyper{h}, space.Extension(h)...) {
				if err := s.Spec(s.with(o, h)).Validate(); err != nil {
					return fmt.Errorf("search of %s: %w", o.ID, err)
				}
			}
		}
	}
	return nil
}
