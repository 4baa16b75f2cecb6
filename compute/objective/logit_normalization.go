package objective

import (
	"math"

	G "gorgonia.org/gorgonia"
)

// Logit normalisation, equation (6):
//
//	L(z, t; τ) = L_softmax( z / (τ ‖z‖), t )
//
// The bias is part of z and so inside the norm. Logits that are all zero stay
// zero, which is the uniform prediction.
var _ = register(definition{
	name: "logit_normalization", label: "Logit normalization", equation: 6, position: 7, second: "logit normalization",
	takes: []hyperparameter{{
		key: "tau", symbol: "τ", of: func(s *Spec) *float64 { return &s.Tau },
		low: 0, high: math.Inf(1), published: "0.04",
	}},
	transform: func(f *formula, s Spec, z *G.Node) *G.Node {
		τ := s.Tau
		return f.scale(1/τ, f.unitRows(z))
	},
	score: func(z []float64, s Spec) {
		scale := inverseNorm(z) / s.Tau
		for k := range z {
			z[k] *= scale
		}
	},
})
