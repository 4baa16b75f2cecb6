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
}

func (s Spec) definition() (*definition, error) {
	d, ok := definitions[s.Name]
	if !ok {
		return nil, fmt.Errorf("objective %q does not exist; the objectives are %s", s.Name, strings.Join(Names(), ", "))
	}
	return d, nil
}

// Validate reports an unknown objective, a hyper-parameter that is missing or out
// of range, and one the objective does not take.
func (s Spec) Validate() error {
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
// hyper-parameters: "Cosine softmax (τ = 0.05)". An unknown objective is
// labelled by its name.
func (s Spec) Label() string {
	d, err := s.definition()
	if err != nil {
		return s.Name
	}
	var parts []string
	for _, h := range d.takes {
		parts = append(parts, h.symbol+" = "+strconv.FormatFloat(*h.of(&s), 'g', -1, 64))
	}
	if s.TimesTau {
		parts = append(parts, "loss × τ")
	}
	if len(parts) == 0 {
		return d.label
	}
	return d.label + " (" + strings.Join(parts, ", ") + ")"
}

// Equation is the number of the objective's equation in the paper, 0 if the
// objective does not exist.
func (s Spec) Equation() int {
	d, err := s.definition()
	if err != nil {
		return 0
	}
	return d.equation
}

// InitialBias is the value every class's bias starts with: -log K for sigmoid
// cross-entropy, so that each class starts with a probability near 1/K, else 0.
func (s Spec) InitialBias(classes int) float64 {
	d, err := s.definition()
	if err != nil || d.bias == nil {
		return 0
	}
	return d.bias(classes)
}
