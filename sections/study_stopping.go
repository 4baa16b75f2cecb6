package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/elementary"
	"lossxfer-report/compute/train"
	"lossxfer-report/report"
)

// Stopping is the training run of an objective on which the pass to stop at is
// chosen: under the paper's exponential decay, tried on validation images after every
// pass.
func (s *Study) Stopping(o report.Objective, seed int) train.Model {
	p := s.Preset.Stopping
	m := s.Model(o, seed)
	m.Data.PerClass, m.Monitor = p.TrainPerClass, p.PerClass
	m.Schedule.Passes, m.Schedule.Decay, m.Schedule.DecayPerPass = p.Passes+1, train.Exponential, p.DecayPerPass
	return m
}

// paperDecay is the paper's factor on the learning rate per epoch (A.1).
const paperDecay = 0.975

// epochsPerPass is how many of the paper's epochs one of these passes stands for: in
// as many its learning rate falls by as much.
func epochsPerPass(p report.Stopping) float64 {
	return elementary.Log(p.DecayPerPass) / elementary.Log(paperDecay)
}

// stoppingNotes say what the runs are.
func (s *Study) stoppingNotes() []string {
	p := s.Preset.Stopping
	classes := s.classes(s.Pretraining(data.Train))
	runs := "one run"
	if p.Seeds > 1 {
		runs = fmt.Sprintf("%d runs", p.Seeds)
	}
	return []string{
		fmt.Sprintf("The best pass is that of the highest mean top-1 accuracy on %d validation images of the pretraining classes, of equals the first, in %s for each objective that nothing else uses: %d passes over %d images. After the warm-up every pass multiplies the learning rate by %v, so that one stands for %.1f of the paper's epochs, each of which multiplies it by %v. Where the last pass is the best, stopping earlier gains nothing in so short a run.",
			p.PerClass*classes, runs, p.Passes, p.TrainPerClass*classes, p.DecayPerPass, epochsPerPass(p), paperDecay),
		"After each pass the averaged weights are tried. The average reaches back over the same fraction of the steps so far as the paper's does of all.",
		fmt.Sprintf("The networks of the other tables are not stopped: they follow a cosine to zero over %d passes, under which the last pass is trivially the best.", s.Preset.Schedule.Passes),
	}
}
