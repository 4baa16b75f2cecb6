package objective

import (
	"fmt"
	"slices"
	"strings"
)

// Combinations of two objectives, the cells of Table C.4: the first is a column of
// the table and says how logits become a loss, the second is a row and adds its
// regularizer or its normalization. The paper gives the table and no formulas; each
// part here does to the other what it does to softmax cross-entropy in its own
// equation.
//
//   - Dropout (3) masks the features, before cosine normalization divides by
//     their norm.
//   - Logit penalty (5) adds β‖z‖² of the logits z that the loss sees, under
//     cosine softmax those divided by τ.
//   - Logit normalization (6) replaces z by z/(τ‖z‖), bias included, whatever the
//     loss. Of cosine softmax, the norm takes the first temperature away: what is
//     left of (sim(W, h) + b)/τ₁ is (sim(W, h) + b)/(τ₂ ‖sim(W, h) + b‖).
//   - Cosine normalization (7) makes logits (sim(W, h) + b)/τ for a loss that is not
//     softmax cross-entropy; for that one it is cosine softmax itself.
//
// The first column of the table, softmax, is the second objectives alone.

// part is one of the objectives that a spec is made of, with its own spec.
type part struct {
	*definition
	spec Spec
}

// parts are the objectives that a spec is made of, one or two. They exist: Validate
// has seen the spec, or it has one part.
func (s Spec) parts() []part {
	if definitions[s.With] == nil {
		return []part{{definitions[s.Name], s}}
	}
	first, second, _ := s.split()
	return []part{{definitions[s.Name], first}, {definitions[s.With], second}}
}

// split gives each objective of a combination, both of which exist, its own
// hyper-parameters. shared says that both take τ, so that the second's is WithTau.
func (s Spec) split() (first, second Spec, shared bool) {
	first, second = s, Spec{Name: s.With}
	first.With, first.WithTau = "", 0
	taken := definitions[s.Name].takes
	for _, h := range definitions[s.With].takes {
		if slices.ContainsFunc(taken, func(t hyperparameter) bool { return t.key == h.key }) {
			second.Tau, shared = s.WithTau, true
			continue
		}
		*h.of(&second), *h.of(&first) = *h.of(&first), 0
	}
	return first, second, shared
}

// name is the name of the objective, or of both.
func (s Spec) name() string {
	if s.With == "" {
		return s.Name
	}
	return s.Name + " with " + s.With
}

// Cosine says that the final layer compares directions: neither the norm of the
// features nor that of a class's weights has an effect.
func (s Spec) Cosine() bool {
	a, b := definitions[s.Name], definitions[s.With]
	return a != nil && a.cosine || b != nil && b.cosine
}

// validateCombination is Validate of two objectives.
func (s Spec) validateCombination() error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("objective %s: %s", s.name(), fmt.Sprintf(format, args...))
	}
	a, err := s.definition()
	if err != nil {
		return err
	}
	b := definitions[s.With]
	switch {
	case b == nil || b.second == "":
		return fail("with = %q adds nothing to another objective; what can be added is %s", s.With, namesOf(func(d *definition) bool { return d.second != "" }))
	case a.name == "softmax":
		return fail("that is objective %s: name it alone", s.With)
	case !a.combines:
		return fail("%s combines with no other; the objectives that do are %s", s.Name, namesOf(func(d *definition) bool { return d.combines }))
	case a.cosine && b.cosine:
		return fail("its features and weights are normalized already: leave out with, or choose another")
	case s.TimesTau:
		return fail("times_tau belongs to cosine_softmax alone")
	}
	first, second, shared := s.split()
	if !shared && s.WithTau != 0 {
		return fail("with_tau = %v, but %s takes no tau of its own: give tau", s.WithTau, s.Name)
	}
	if err := first.Validate(); err != nil {
		return fail("%v", err)
	}
	if err := second.Validate(); err != nil {
		if shared {
			return fail("with_tau = %v: %v", s.WithTau, err)
		}
		return fail("%v", err)
	}
	return nil
}

// namesOf lists the objectives of a kind in the order of the paper's tables.
func namesOf(kind func(*definition) bool) string {
	var names []string
	for _, d := range ordered() {
		if kind(d) {
			names = append(names, d.name)
		}
	}
	return strings.Join(names, ", ")
}
