package train

import (
	"math"
	"strings"
	"testing"
)

func TestRate(t *testing.T) {
	s := Schedule{Passes: 10, Batch: 2, LearningRate: 0.1, WarmUp: 0.1, Decay: Cosine}
	const perPass = 20 // 200 steps, 20 of them warm-up
	for step, want := range map[int]float64{
		0: 0.005, 9: 0.05, 19: 0.1, 20: 0.1, 110: 0.05, 199: 0.05 * (1 + math.Cos(math.Pi*179/180)),
	} {
		if got := s.Rate(step, perPass); math.Abs(got-want) > 1e-15 {
			t.Errorf("cosine: step %d: rate %v, want %v", step, got, want)
		}
	}
	s.Decay, s.DecayPerPass = Exponential, 0.975
	for step, want := range map[int]float64{
		19: 0.1, 20: 0.1, 39: 0.1, 40: 0.0975, 199: 0.1 * math.Pow(0.975, 8),
	} {
		if got := s.Rate(step, perPass); math.Abs(got-want) > 1e-15 {
			t.Errorf("exponential: step %d: rate %v, want %v", step, got, want)
		}
	}
	s.WarmUp = 0
	if got := s.Rate(0, perPass); got != 0.1 {
		t.Errorf("without warm-up the first rate is %v", got)
	}
}

func TestAverageMomentum(t *testing.T) {
	// At the paper's length the formula gives the paper's momentum.
	if m := (Schedule{Passes: 1, EMA: PaperEMA}).AverageMomentum(45667); math.Abs(m-0.9999) > 1e-15 {
		t.Errorf("momentum %v, want the paper's 0.9999", m)
	}
	// Whatever the length, the same share of the initial weights is left.
	for _, steps := range []int{20, 1600, 45667} {
		left := math.Pow(Schedule{Passes: 1, EMA: PaperEMA}.AverageMomentum(steps), float64(steps))
		if left < 0.002 || left > 0.0105 {
			t.Errorf("%d steps keep %.2f%% of the initial weights", steps, 100*left)
		}
	}
}

func TestScheduleValidate(t *testing.T) {
	if err := tinySchedule().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Schedule){
		"passes":         func(s *Schedule) { s.Passes = 0 },
		"batch":          func(s *Schedule) { s.Batch = 1 },
		"learning_rate":  func(s *Schedule) { s.LearningRate = math.NaN() },
		"momentum":       func(s *Schedule) { s.Momentum = 1 },
		"weight_decay":   func(s *Schedule) { s.WeightDecay = -1 },
		"warm_up":        func(s *Schedule) { s.WarmUp = 1 },
		"decay =":        func(s *Schedule) { s.Decay = "linear" },
		"decay_per_pass": func(s *Schedule) { s.Decay = Exponential },
		"belongs":        func(s *Schedule) { s.DecayPerPass = 0.975 },
		"clip_norm":      func(s *Schedule) { s.ClipNorm = math.Inf(1) },
		"ema":            func(s *Schedule) { s.EMA = 2 },
		"shift":          func(s *Schedule) { s.Shift = -1 },
		"augment":        func(s *Schedule) { s.Augment = "randaugment" },
		"mixup":          func(s *Schedule) { s.Mixup = -0.2 },
	} {
		s := tinySchedule()
		change(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
