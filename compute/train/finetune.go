package train

import (
	"context"
	"fmt"

	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/objective"
)

// FineTuning says how all of a trained network is trained on with other data
// (Appendix A.3): a new final layer under softmax cross-entropy, momentum SGD and a
// cosine from the learning rate to zero, without warm-up and without an average of the
// weights.
type FineTuning struct {
	Passes, Batch int
	LearningRate  float64
	Momentum      float64 // plain, not Nesterov's
	// WeightDecay is divided by the learning rate before it is applied, as in the
	// paper: at the first step every weight loses this share of itself, at any rate.
	WeightDecay float64
	Shift       int // the augmentation of pretraining, with Flip
	Flip        bool
	Seed        uint64 // of the order of the images and their shifts
}

// Schedule is the schedule of the run.
func (t FineTuning) Schedule() Schedule {
	return Schedule{
		Passes: t.Passes, Batch: t.Batch, LearningRate: t.LearningRate, Momentum: t.Momentum,
		WeightDecay: t.WeightDecay / t.LearningRate, Decay: Cosine, Shift: t.Shift, Flip: t.Flip,
	}
}

// FineTune trains the network of architecture a on, from its weights, on a set with any
// classes. Batch normalisation uses the statistics of the batch, as in pretraining; the
// running statistics start from the first batch, since those of pretraining are of
// other images. The final layer starts at zero: a random one would be the louder, the
// larger the features of the objective before.
//
// The result is a trained model like any other. One that diverged, before or now, says
// so and has no weights.
func (w Weights) FineTune(ctx context.Context, a net.Arch, set *data.Set, how FineTuning, progress func(done, total int)) (Weights, error) {
	if w.Diverged != "" {
		return Weights{Diverged: w.Diverged}, nil
	}
	if err := how.Schedule().Validate(); err != nil {
		return Weights{}, fmt.Errorf("fine-tuning: %w", err)
	}
	if err := fits(a, set); err != nil {
		return Weights{}, err
	}
	t, err := net.New(a, how.Batch)
	if err != nil {
		return Weights{}, err
	}
	f, err := w.tuning(t, decaying(t.Params()), set, how)
	if err != nil {
		return Weights{}, err
	}
	return f.fit(ctx, progress)
}

// tuning prepares a run from the weights.
func (w Weights) tuning(n network, decay []span, set *data.Set, how FineTuning) (*fitting, error) {
	if len(w.Theta) != n.NumParams() || len(w.Stats) != n.NumStats() {
		return nil, fmt.Errorf("fine-tuning: weights of %d parameters and %d statistics, the network has %d and %d",
			len(w.Theta), len(w.Stats), n.NumParams(), n.NumStats())
	}
	f, err := newFitting(n, decay, set, objective.Spec{Name: "softmax"}, how.Schedule(), how.Seed)
	if err != nil {
		return nil, err
	}
	for _, p := range f.all {
		p.plain = true
	}
	copy(f.θ.value, w.Theta)
	copy(f.stats, w.Stats)
	clear(f.w.value)
	return f, nil
}
