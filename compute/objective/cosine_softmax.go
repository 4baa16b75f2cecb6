package objective

import (
	"math"

	G "gorgonia.org/gorgonia"
)

// Cosine softmax, equation (7):
//
//	L(W, b, h, t; τ) = L_softmax( (sim(W, h) + b) / τ, t ),
//	sim(W, h)_k = W_k·h / (‖W_k‖ ‖h‖)
//
// The bias is inside 1/τ, and both features and weights are normalised, as the
// paper says (the authors' released code leaves the features unnormalised). A
// zero feature vector has similarity 0 to every class, and no gradient. With
// TimesTau the loss is multiplied by τ (Table 4's footnote).
var _ = register(definition{
	name: "cosine_softmax", label: "Cosine softmax", equation: 7, position: 8,
	combines: true, second: "cosine normalization",
	takes: []hyperparameter{{
		key: "tau", symbol: "τ", of: func(s *Spec) *float64 { return &s.Tau },
		low: 0, high: math.Inf(1), published: "0.05",
	}},
	cosine: true,
	transform: func(f *formula, s Spec, z *G.Node) *G.Node {
		τ := s.Tau
		return f.scale(1/τ, z)
	},
	score: func(z []float64, s Spec) {
		for k := range z {
			z[k] /= s.Tau
		}
	},
})
