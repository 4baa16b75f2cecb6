package sections

import (
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/finetune"
	"lossxfer-report/compute/finetune/change"
	"lossxfer-report/compute/represent"
)

// fineTuningMomentum is the paper's (Appendix A.3).
const fineTuningMomentum = 0.9

// FineTuningTask is a downstream task with as many images as networks are fine-tuned
// on: the first of those that the linear probe has, of each split.
func (s *Study) FineTuningTask(t data.Task) data.Task {
	f := s.Preset.FineTuning
	p := s.Preset.Transfer
	p.Train, p.Test = f.Train, f.Test
	n := transferSize(p)
	t.Train, t.Validation, t.Test = firstImages(t.Train, n.Train), firstImages(t.Validation, n.Validation), firstImages(t.Test, n.Test)
	return t
}

// firstImages is the first images of a source, at least n, in whole rounds of one per
// class; all of them if there are fewer.
func firstImages(s data.Source, n int) data.Source {
	classes := s.Classes()
	if classes == 0 {
		return s // images that only a file of features knows
	}
	s.PerClass = min(s.PerClass, (n+classes-1)/classes)
	return s
}

// FineTuningGrid is the learning rates and weight decays to choose from.
func (s *Study) FineTuningGrid() finetune.Grid {
	f := s.Preset.FineTuning
	return finetune.Grid{
		Rates: f.Rates, RateLow: f.RateLow, RateHigh: f.RateHigh,
		Decays: f.Decays, DecayLow: f.DecayLow, DecayHigh: f.DecayHigh,
	}
}

// Choice is the choice of learning rate and weight decay for an objective, by its
// networks of the first seeds, on a task.
func (s *Study) Choice(m models, t data.Task) finetune.Choice {
	f := s.Preset.FineTuning
	c := finetune.Choice{
		Learn: finetune.LearnOf(s.FineTuningTask(t)), Grid: s.FineTuningGrid(),
		Training: finetune.Training{Passes: f.Passes, Batch: f.Batch, Momentum: fineTuningMomentum, Shift: s.Preset.Schedule.Shift, Flip: s.Preset.Schedule.Flip},
	}
	for seed := 1; seed <= f.ChosenOn; seed++ {
		c.Models = append(c.Models, m(seed))
	}
	return c
}

// FineTuned is the network of a seed, fine-tuned on a task.
func (s *Study) FineTuned(m models, seed int, t data.Task) finetune.Retrained {
	return finetune.Retrained{Model: m(seed), Choice: s.Choice(m, t)}
}

// Tested is the accuracy of a network fine-tuned on a task.
func (s *Study) Tested(m models, seed int, t data.Task) finetune.Tested {
	return finetune.Tested{Network: s.FineTuned(m, seed, t), Test: s.FineTuningTask(t).Test}
}

// Change compares a network's layers before and after fine-tuning, on test images of
// the task.
func (s *Study) Change(m models, seed int, t data.Task) change.Similarity {
	f := s.Preset.FineTuning
	return change.Similarity{
		Network: s.FineTuned(m, seed, t),
		Images:  represent.Images{Data: s.FineTuningTask(t).Test, Count: f.SimilarityImages, Minibatch: f.Minibatch},
	}
}

// fineTuningNotes says how networks are fine-tuned at the preset, beside the paper's
// numbers.
func (s *Study) fineTuningNotes() ([]string, error) {
	rates, err := s.FineTuningGrid().LearningRates()
	if err != nil {
		return nil, err
	}
	decays, err := s.FineTuningGrid().WeightDecays()
	if err != nil {
		return nil, err
	}
	f, p := s.Preset.FineTuning, s.Preset.Transfer
	p.Train = f.Train
	n := transferSize(p)
	const paper = "8 learning rates, for each of them 8 weight decays and none, and 3 networks"
	decay := "without weight decay"
	if len(decays) > 1 {
		decay = "weight decay " + listed(decays) + ", divided by the learning rate as in the paper"
	}
	choice := fmt.Sprintf("Tried for each objective and task: learning rate %s, %s. Taken is what is best by accuracy on about %d validation images after training on about %d, %s (the paper: %s).",
		listed(rates), decay, n.Validation, n.Train, ofNetworks(f.ChosenOn), paper)
	if len(rates)*len(decays) == 1 {
		choice = fmt.Sprintf("Nothing is chosen at this preset: learning rate %s, %s (the paper: %s).", listed(rates), decay, paper)
	}
	return []string{
		fmt.Sprintf("All weights are trained on, with a new final layer under softmax cross-entropy: %s over about %d images (the linear probe has %d), training and validation split together, in batches of %d, which is about %d steps (the paper: 20,000 steps on the whole data sets). Test accuracy is on about %d images. Networks per objective: %d.",
			passes(f.Passes), f.Train, s.Preset.Transfer.Train, f.Batch, f.Passes*(f.Train/f.Batch), f.Test, f.Networks),
		choice,
	}, nil
}

// ofNetworks says whose accuracy decides.
func ofNetworks(n int) string {
	if n == 1 {
		return "of the network of seed 1"
	}
	return fmt.Sprintf("mean over the networks of seeds 1 to %d", n)
}

// listed is numbers in words: "0.05, 0.16 or 0.5".
func listed(v []float64) string {
	var out string
	for i, x := range v {
		switch {
		case i > 0 && i == len(v)-1:
			out += " or "
		case i > 0:
			out += ", "
		}
		out += fineTuningNumber(x)
	}
	return out
}

// fineTuningNumber is a learning rate or a weight decay as it is shown.
func fineTuningNumber(x float64) string {
	if x == 0 {
		return "none"
	}
	return fmt.Sprintf("%.2g", x)
}
