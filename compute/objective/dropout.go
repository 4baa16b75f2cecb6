package objective

import G "gorgonia.org/gorgonia"

// Dropout on the penultimate features, equation (3):
//
//	h̃ = h ∘ ξ/ρ,  ξ_i ~ Bernoulli(ρ),  z̃ = Wh̃ + b
//	L(W, b, h, t; ρ) = E_ξ[ L_softmax(z̃, t) ]
//
// ρ is the probability of keeping a feature. A training step draws one mask ξ/ρ
// for its batch (Inputs.Mask) as its sample of the expectation; gorgonia's own
// Dropout seeds itself from the clock. Evaluation uses h itself.
var _ = register(definition{
	name: "dropout", label: "Dropout on final layer", equation: 3, position: 5, second: "dropout",
	takes: []hyperparameter{{
		key: "keep", symbol: "ρ", of: func(s *Spec) *float64 { return &s.Keep },
		low: 0, high: 1, closed: true, published: "0.7",
	}},
	features: func(f *formula, h *G.Node) *G.Node { return f.times(h, f.Mask) },
})
