package objective

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Spec names an objective and its hyper-parameters. A number the objective does
// not take must be zero, so that equal objectives have equal specs.
type Spec struct {
	Name        string
	Alpha       float64 `json:",omitempty"` // α of label smoothing (2)
	Keep        float64 `json:",omitempty"` // ρ of dropout (3): probability of keeping a feature
	LambdaFinal float64 `json:",omitempty"` // λ_final of extra final-layer L2 (4)
	Beta        float64 `json:",omitempty"` // β of logit penalty (5)
	Tau         float64 `json:",omitempty"` // τ of logit normalisation (6) and cosine softmax (7)
	Kappa       float64 `json:",omitempty"` // κ of squared error (9): weight of the correct class
	M           float64 `json:",omitempty"` // M of squared error (9): target of the correct class's logit
	Scale       float64 `json:",omitempty"` // loss scale of squared error (9)
	// TimesTau multiplies the cosine-softmax loss by τ, which keeps the size of
	// the gradient independent of τ (Table 4's footnote).
	TimesTau bool `json:",omitempty"`
	// With names a second objective, whose regularizer or normalization is added to
	// the first (Table C.4); see combination.go. Its hyper-parameter is in the field
	// it always has, or in WithTau if the first objective takes that field itself.
	With    string  `json:",omitempty"`
	WithTau float64 `json:",omitempty"`
}

func (s Spec) definition() (*definition, error) {
	d, ok := definitions[s.Name]
	if !ok {
		return nil, fmt.Errorf("objective %q does not exist; the objectives are %s", s.Name, strings.Join(Names(), ", "))
	}
	return d, nil
}

// Validate reports an unknown objective, a hyper-parameter that is missing or out
// of range, one the objective does not take, and parts that do not combine.
func (s Spec) Validate() error {
	if s.With != "" {
		return s.validateCombination()
	}
	d, err := s.definition()
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, h := range d.takes {
		taken[h.key] = true
		v := *h.of(&s)
		if v > h.low && (v < h.high || v == h.high && h.closed) && !math.IsInf(v, 0) {
			continue
		}
		return fmt.Errorf("objective %s: %s = %v, want %s (the paper's value: %s)", s.Name, h.key, v, h.span(), h.published)
	}
	for _, h := range everyHyperparameter() {
		if v := *h.of(&s); v != 0 && !taken[h.key] {
			return fmt.Errorf("objective %s takes no %s (got %v); %s", s.Name, h.key, v, d.keys())
		}
	}
	if s.WithTau != 0 {
		return fmt.Errorf("objective %s: with_tau = %v is for a second objective, and there is none", s.Name, s.WithTau)
	}
	if s.TimesTau && !d.cosine {
		return fmt.Errorf("objective %s takes no times_tau; it belongs to cosine_softmax", s.Name)
	}
	return nil
}

func (h hyperparameter) span() string {
	if math.IsInf(h.high, 1) {
		return fmt.Sprintf("a finite number above %v", h.low)
	}
	if h.closed {
		return fmt.Sprintf("a number above %v and at most %v", h.low, h.high)
	}
	return fmt.Sprintf("a number between %v and %v, both excluded", h.low, h.high)
}

func (d *definition) keys() string {
	if len(d.takes) == 0 {
		return "it has no hyper-parameters"
	}
	keys := make([]string, len(d.takes))
	for i, h := range d.takes {
		keys[i] = h.key
	}
	return "it takes " + strings.Join(keys, ", ")
}

func everyHyperparameter() []hyperparameter {
	var all []hyperparameter
	for _, d := range ordered() {
		all = append(all, d.takes...)
	}
	return all
}

// Label is the objective as the paper's text calls it, with the values of its
// hyper-parameters: "Cosine softmax (τ = 0.05)", "Sigmoid with dropout (ρ = 0.7)". An
// unknown objective is labelled by its name.
func (s Spec) Label() string {
	if _, err := s.definition(); err != nil {
		return s.Name
	}
	parts := s.parts()
	first := parts[0].label + parts[0].values()
	if len(parts) == 1 {
		return first
	}
	return first + " with " + parts[1].second + parts[1].values()
}

// values lists a part's hyper-parameters, " (τ = 0.05)"; nothing if it has none.
func (p part) values() string {
	var values []string
	for _, h := range p.takes {
		values = append(values, h.symbol+" = "+strconv.FormatFloat(*h.of(&p.spec), 'g', -1, 64))
	}
	if p.spec.TimesTau {
		values = append(values, "loss × τ")
	}
	if len(values) == 0 {
		return ""
	}
	return " (" + strings.Join(values, ", ") + ")"
}

// Equation is the number of the objective's equation in the paper, 0 if the
// objective does not exist or is a combination, which has none.
func (s Spec) Equation() int {
	d, err := s.definition()
	if err != nil || s.With != "" {
		return 0
	}
	return d.equation
}

// InitialBias is the value every class's bias starts with: -log K for sigmoid
// cross-entropy, so that each class starts with a probability near 1/K, else 0. Under
// cosine normalisation, which divides the bias by τ, it is -τ log K.
func (s Spec) InitialBias(classes int) float64 {
	d, err := s.definition()
	if err != nil || d.bias == nil {
		return 0
	}
	b := d.bias(classes)
	if s.Cosine() {
		b *= s.Tau
	}
	return b
}
