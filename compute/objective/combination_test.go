package objective

import (
	"math"
	"strings"
	"testing"

	"gorgonia.org/tensor"
)

func TestCombinationValidate(t *testing.T) {
	for label, ok := range map[string]Spec{
		"Sigmoid with dropout (ρ = 0.7)":                                {Name: "sigmoid", With: "dropout", Keep: 0.7},
		"Sigmoid with cosine normalization (τ = 0.05)":                  {Name: "sigmoid", With: "cosine_softmax", Tau: 0.05},
		"Label smoothing (α = 0.1) with logit penalty (β = 0.003)":      {Name: "label_smoothing", Alpha: 0.1, With: "logit_penalty", Beta: 3e-3},
		"Cosine softmax (τ = 0.05) with logit normalization (τ = 0.04)": {Name: "cosine_softmax", Tau: 0.05, With: "logit_normalization", WithTau: 0.04},
		"Label smoothing (α = 0.1) with logit normalization (τ = 0.04)": {Name: "label_smoothing", Alpha: 0.1, Tau: 0.04, With: "logit_normalization"},
		"Cosine softmax (τ = 0.05) with dropout (ρ = 0.9)":              {Name: "cosine_softmax", Tau: 0.05, With: "dropout", Keep: 0.9},
	} {
		if err := ok.Validate(); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
		if got := ok.Label(); got != label {
			t.Errorf("Label() = %q, want %q", got, label)
		}
		if e := ok.Equation(); e != 0 {
			t.Errorf("%s has equation (%d)", label, e)
		}
	}
	for _, c := range []struct {
		spec Spec
		says []string
	}{
		{Spec{Name: "sigmoid", With: "mixup"}, []string{"sigmoid with mixup", `"mixup" adds nothing`, "dropout, logit_penalty, logit_normalization, cosine_softmax"}},
		{Spec{Name: "sigmoid", With: "label_smoothing", Alpha: 0.1}, []string{"adds nothing"}},
		{Spec{Name: "softmax", With: "dropout", Keep: 0.7}, []string{"objective dropout", "alone"}},
		{Spec{Name: "squared_error", With: "dropout", Keep: 0.7}, []string{"squared_error combines with no other", "label_smoothing, sigmoid, cosine_softmax"}},
		{Spec{Name: "logit_penalty", With: "dropout", Keep: 0.7, Beta: 1}, []string{"combines with no other"}},
		{Spec{Name: "cosine_softmax", With: "cosine_softmax", Tau: 0.1, WithTau: 0.1}, []string{"cosine_softmax with cosine_softmax", "normalized already"}},
		{Spec{Name: "cosine_softmax", With: "logit_normalization", Tau: 0.1}, []string{"with_tau = 0", "above 0"}},
		{Spec{Name: "cosine_softmax", With: "logit_normalization", WithTau: 0.1}, []string{"cosine_softmax: tau = 0"}},
		{Spec{Name: "cosine_softmax", With: "dropout", Keep: 0.5, Tau: 1, WithTau: 0.1}, []string{"with_tau = 0.1"}},
		{Spec{Name: "cosine_softmax", With: "dropout", Keep: 0.5, Tau: 1, TimesTau: true}, []string{"times_tau"}},
		{Spec{Name: "sigmoid", With: "dropout"}, []string{"sigmoid with dropout", "keep = 0", "0.7"}},
		{Spec{Name: "sigmoid", With: "dropout", Keep: 0.5, Beta: 1}, []string{"sigmoid takes no beta"}},
		{Spec{Name: "sigmoid", With: "cosine_softmax", WithTau: 0.5}, []string{"with_tau = 0.5", "give tau"}},
		{Spec{Name: "label_smoothing", With: "dropout", Keep: 0.5}, []string{"alpha = 0"}},
		{Spec{Name: "nothing", With: "dropout", Keep: 0.5}, []string{"does not exist"}},
		{Spec{Name: "sigmoid", WithTau: 0.5}, []string{"with_tau = 0.5", "there is none"}},
	} {
		err := c.spec.Validate()
		if err == nil {
			t.Errorf("%+v: no error", c.spec)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%+v: error %q does not say %q", c.spec, err, s)
			}
		}
	}
}

// TestSoftmaxRowsAreTheSingleObjectives: what a second objective adds to a first with
// nothing of its own is the second objective. Label smoothing with an α that is almost
// none is such a first.
func TestSoftmaxRowsAreTheSingleObjectives(t *testing.T) {
	p := readReference(t)
	for _, alone := range []Spec{
		{Name: "dropout", Keep: 0.7}, {Name: "logit_penalty", Beta: 0.06}, {Name: "logit_normalization", Tau: 0.3}, {Name: "cosine_softmax", Tau: 0.2},
	} {
		with := alone
		with.Name, with.With, with.Alpha = "label_smoothing", alone.Name, 1e-12
		a, b := p.evaluate(t, alone, tensor.Float64, 1), p.evaluate(t, with, tensor.Float64, 1)
		if e := math.Abs(a.loss-b.loss) + relative(b.logits, a.logits) + relative(b.dH, a.dH) + relative(b.dW, a.dW); !(e < 1e-9) {
			t.Errorf("%s is not %s: off by %.1e", with.Label(), alone.Label(), e)
		}
	}
}

// TestFirstTemperatureCancels: logit normalization takes cosine softmax's temperature
// away.
func TestFirstTemperatureCancels(t *testing.T) {
	p := readReference(t)
	s := Spec{Name: "cosine_softmax", Tau: 0.05, With: "logit_normalization", WithTau: 0.1}
	a := p.evaluate(t, s, tensor.Float64, 1)
	s.Tau = 0.8
	b := p.evaluate(t, s, tensor.Float64, 1)
	if e := relative(a.logits, b.logits) + relative(a.dH, b.dH); !(e < 1e-12) {
		t.Errorf("off by %.1e", e)
	}
}

// TestTargetsMix: every loss is affine in the targets, so that mixing the targets of
// two classes mixes their losses, as mixup is defined (Zhang et al. 2018, equation 1
// and their code).
func TestTargetsMix(t *testing.T) {
	p := readReference(t)
	hot := p.targets()
	other := append(append([]float64(nil), hot[p.K:]...), hot[:p.K]...)
	mixed := make([]float64, len(hot))
	for i := range hot {
		mixed[i] = 0.7*hot[i] + 0.3*other[i]
	}
	for _, c := range p.Cases {
		loss := func(targets []float64) float64 {
			q := p
			q.T = targets
			return q.evaluate(t, c.Spec, tensor.Float64, 1).loss
		}
		want := 0.7*loss(hot) + 0.3*loss(other)
		if got := loss(mixed); !(math.Abs(got/want-1) < 1e-13) {
			t.Errorf("%s: loss of mixed targets %v, mixed losses %v", c.Spec.Label(), got, want)
		}
	}
}

func TestCombinationBias(t *testing.T) {
	s := Spec{Name: "sigmoid", With: "cosine_softmax", Tau: 0.05}
	if b := s.InitialBias(43); math.Abs(b+0.05*math.Log(43)) > 1e-15 || !s.Cosine() {
		t.Errorf("bias %v starts every class at %v", b, b/0.05)
	}
	s = Spec{Name: "sigmoid", With: "logit_normalization", Tau: 0.05}
	if b := s.InitialBias(43); math.Abs(b+math.Log(43)) > 1e-15 || s.Cosine() {
		t.Errorf("bias %v", b)
	}
}
