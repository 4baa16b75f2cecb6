package objective

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	want := []string{"softmax", "label_smoothing", "sigmoid", "extra_final_layer_l2", "dropout",
		"logit_penalty", "logit_normalization", "cosine_softmax", "squared_error"}
	if got := Names(); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		t.Errorf("Names() = %v, want first the order of the paper's tables: %v", got, want)
	}
	equations := map[int]bool{}
	for _, name := range want {
		equations[Spec{Name: name}.Equation()] = true
	}
	for e := 1; e <= 9; e++ {
		if !equations[e] {
			t.Errorf("no objective has equation (%d)", e)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, ok := range []Spec{
		{Name: "softmax"}, {Name: "sigmoid"}, {Name: "label_smoothing", Alpha: 0.1}, {Name: "dropout", Keep: 1},
		{Name: "extra_final_layer_l2", LambdaFinal: 2e-3}, {Name: "logit_penalty", Beta: 3e-3},
		{Name: "logit_normalization", Tau: 0.1}, {Name: "cosine_softmax", Tau: 0.1, TimesTau: true},
		{Name: "squared_error", Kappa: 3, M: 10, Scale: 6},
	} {
		if err := ok.Validate(); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
	}
	for _, c := range []struct {
		spec Spec
		says []string
	}{
		{Spec{}, []string{`""`, "softmax, label_smoothing"}},
		{Spec{Name: "focal"}, []string{`"focal"`, "does not exist"}},
		{Spec{Name: "softmax", Tau: 0.1}, []string{"softmax takes no tau", "no hyper-parameters"}},
		{Spec{Name: "label_smoothing"}, []string{"alpha = 0", "between 0 and 1"}},
		{Spec{Name: "label_smoothing", Alpha: 1}, []string{"alpha = 1"}},
		{Spec{Name: "dropout", Keep: 1.5}, []string{"keep = 1.5", "at most 1"}},
		{Spec{Name: "dropout", Keep: math.NaN()}, []string{"keep = NaN"}},
		{Spec{Name: "logit_penalty", Beta: math.Inf(1)}, []string{"beta = +Inf", "finite"}},
		{Spec{Name: "cosine_softmax", Tau: -1}, []string{"tau = -1", "above 0"}},
		{Spec{Name: "cosine_softmax", Tau: 1, Beta: 2}, []string{"takes no beta", "it takes tau"}},
		{Spec{Name: "logit_normalization", Tau: 1, TimesTau: true}, []string{"times_tau"}},
		{Spec{Name: "squared_error", Kappa: 3, M: 10}, []string{"scale = 0"}},
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

// TestKeyForm holds that numbers an objective does not take are not in its JSON,
// which cache keys are made of.
func TestKeyForm(t *testing.T) {
	b, err := json.Marshal(Spec{Name: "cosine_softmax", Tau: 0.05})
	if err != nil || string(b) != `{"Name":"cosine_softmax","Tau":0.05}` {
		t.Errorf("%s, %v", b, err)
	}
}

func TestLabel(t *testing.T) {
	for want, s := range map[string]Spec{
		"Softmax":                                   {Name: "softmax"},
		"Cosine softmax (τ = 0.05)":                 {Name: "cosine_softmax", Tau: 0.05},
		"Extra final layer L2 (λ = 0.0008)":         {Name: "extra_final_layer_l2", LambdaFinal: 8e-4},
		"Cosine softmax (τ = 0.05, loss × τ)":       {Name: "cosine_softmax", Tau: 0.05, TimesTau: true},
		"Squared error (κ = 9, M = 60, scale = 10)": {Name: "squared_error", Kappa: 9, M: 60, Scale: 10},
		"mystery": {Name: "mystery"},
	} {
		if got := s.Label(); got != want {
			t.Errorf("Label() = %q, want %q", got, want)
		}
	}
}

func TestInitialBias(t *testing.T) {
	if b := (Spec{Name: "sigmoid"}).InitialBias(43); math.Abs(b+math.Log(43)) > 1e-15 {
		t.Errorf("sigmoid's bias starts at %v, want -log 43", b)
	}
	if b := (Spec{Name: "softmax"}).InitialBias(43); b != 0 {
		t.Errorf("softmax's bias starts at %v", b)
	}
}
