package train

import (
	"fmt"
	"math"

	"lossxfer-report/compute/elementary"
)

// PaperEMA is the horizon of the paper's average of the weights as a fraction of
// training: momentum 0.9999 averages over about 10,000 steps, and the paper's
// softmax runs have 146 epochs of 1,281,167 images in batches of 4,096, which is
// 45,667 steps. With the momentum itself a run of 1,600 steps would keep 85% of
// its initial weights.
const PaperEMA = 10000.0 / 45667.0

// The two decays of the learning rate.
const (
	Cosine      = "cosine"
	Exponential = "exponential"
)

// AutoAugment is the augmentation policy of Cubuk et al. (2019).
const AutoAugment = "autoaugment"

// Schedule is how long and how fast a model is trained. It knows nothing of the
// objective, so one schedule can be compared across objectives.
type Schedule struct {
	Passes       int     // passes over the training set
	Batch        int     // images per step; the images a pass has over are left out of that pass
	LearningRate float64 // peak, reached at the end of the warm-up
	Momentum     float64 // Nesterov momentum
	WeightDecay  float64 // adds WeightDecay·w to the gradient of every weight but not of biases and BN parameters
	WarmUp       float64 `json:",omitempty"` // fraction of all steps over which the rate rises linearly
	Decay        string  // Cosine: to zero at the last step; Exponential: DecayPerPass per pass
	DecayPerPass float64 `json:",omitempty"` // the paper: 0.975 per epoch after the warm-up
	ClipNorm     float64 `json:",omitempty"` // largest norm of the loss's gradient over all parameters, 0 = no limit
	EMA          float64 `json:",omitempty"` // horizon of the weights' average as a fraction of all steps, 0 = no average
	Shift        int     `json:",omitempty"` // each image is moved by -Shift…Shift pixels in both directions
	Flip         bool    `json:",omitempty"` // each image is mirrored, left for right, with probability ½
	Augment      string  `json:",omitempty"` // AutoAugment: its policy changes every image before it is shifted; "" = none
	Mixup        float64 `json:",omitempty"` // α of mixup's Beta(α, α), 0 = images stay apart
}

// Validate reports the first setting that cannot work.
func (s Schedule) Validate() error {
	positive := func(v float64) bool { return v > 0 && !math.IsInf(v, 0) }
	switch {
	case s.Passes < 1:
		return fmt.Errorf("schedule: passes = %d, want at least 1", s.Passes)
	case s.Batch < 2:
		return fmt.Errorf("schedule: batch = %d, want at least 2 (batch normalisation needs a variance)", s.Batch)
	case !positive(s.LearningRate):
		return fmt.Errorf("schedule: learning_rate = %v, want a positive number", s.LearningRate)
	case !(s.Momentum >= 0 && s.Momentum < 1):
		return fmt.Errorf("schedule: momentum = %v, want at least 0 and below 1", s.Momentum)
	case s.WeightDecay != 0 && !positive(s.WeightDecay):
		return fmt.Errorf("schedule: weight_decay = %v, want 0 or a positive number", s.WeightDecay)
	case !(s.WarmUp >= 0 && s.WarmUp < 1):
		return fmt.Errorf("schedule: warm_up = %v, want a fraction of training of at least 0 and below 1", s.WarmUp)
	case s.Decay != Cosine && s.Decay != Exponential:
		return fmt.Errorf("schedule: decay = %q, want %q or %q", s.Decay, Cosine, Exponential)
	case s.Decay == Exponential && !(s.DecayPerPass > 0 && s.DecayPerPass <= 1):
		return fmt.Errorf("schedule: decay_per_pass = %v, want above 0 and at most 1 (the paper: 0.975)", s.DecayPerPass)
	case s.Decay == Cosine && s.DecayPerPass != 0:
		return fmt.Errorf("schedule: decay_per_pass = %v belongs to exponential decay", s.DecayPerPass)
	case s.ClipNorm != 0 && !positive(s.ClipNorm):
		return fmt.Errorf("schedule: clip_norm = %v, want 0 (no limit) or a positive number", s.ClipNorm)
	case !(s.EMA >= 0 && s.EMA <= 1):
		return fmt.Errorf("schedule: ema = %v, want a fraction of training between 0 and 1 (the paper's: %.3f)", s.EMA, PaperEMA)
	case s.Shift < 0:
		return fmt.Errorf("schedule: shift = %d pixels, want 0 or more", s.Shift)
	case s.Augment != "" && s.Augment != AutoAugment:
		return fmt.Errorf("schedule: augment = %q, want %q or nothing", s.Augment, AutoAugment)
	case s.Mixup != 0 && !positive(s.Mixup):
		return fmt.Errorf("schedule: mixup = %v, want 0 (none) or a positive number, the α of Beta(α, α)", s.Mixup)
	}
	return nil
}

// StepsPerPass is the number of whole batches in a pass over n images. The last,
// short batch of a pass is left out: batch statistics of a few images are noise,
// and every pass is in another order, so the images left out differ each time.
func (s Schedule) StepsPerPass(n int) int { return n / s.Batch }

// Rate is the learning rate of one step, counted from 0, of a run with
// Passes × perPass steps.
func (s Schedule) Rate(step, perPass int) float64 {
	total := s.Passes * perPass
	warm := s.warmSteps(total)
	if step < warm {
		return s.LearningRate * float64(step+1) / float64(warm)
	}
	if s.Decay == Exponential {
		rate := s.LearningRate
		for range (step - warm) / perPass {
			rate *= s.DecayPerPass
		}
		return rate
	}
	progress := float64(step-warm) / float64(total-warm)
	return s.LearningRate * 0.5 * (1 + elementary.Cos(math.Pi*progress))
}

func (s Schedule) warmSteps(total int) int {
	return int(math.Floor(float64(s.WarmUp*float64(total)) + 0.5))
}

// AverageMomentum is the momentum m of the weights' average: after every step
// average ← m·average + (1-m)·weights, with m = 1 - 1/(EMA × steps). At the paper's
// horizon about 1% of the initial weights is left at the end of any run, as there.
func (s Schedule) AverageMomentum(perPass int) float64 {
	return 1 - 1/max(1, s.EMA*float64(s.Passes*perPass))
}

// MomentumSoFar is the momentum of the average by which a network is judged on its
// way, at a step counted from 1: its horizon is the same fraction, EMA, of the steps
// so far as that of AverageMomentum is of all steps. The network after a pass is
// so what the run would give if it ended there.
//
// The run's own average would not do. Its horizon is a good fifth of the whole run,
// so that early on it is mostly initial weights (60% after 2 of 20 passes), and with
// these taken out it still lags behind by passes: of a network whose last weights get
// 61% of the validation images right after 6 of 20 passes, it gets 14%, without the
// initial weights 37%, the average here 75%. TensorFlow's ExponentialMovingAverage lets
// its horizon grow likewise if it is told the step n, to (10+n)/9 at most; whether the
// paper's was told is not known.
func (s Schedule) MomentumSoFar(step int) float64 {
	return 1 - 1/max(1, s.EMA*float64(step))
}
