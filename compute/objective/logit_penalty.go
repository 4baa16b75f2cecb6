package objective

import (
	"math"

	G "gorgonia.org/gorgonia"
)

// Logit penalty, equation (5):
//
//	L(z, t; β) = L_softmax(z, t) + β ‖z‖²
//
// The penalty is taken without a factor ½; the authors' code has one, (β/2)‖z‖²
// per example, so its β = 6e-4 is β = 3e-4 here.
var _ = register(definition{
	name: "logit_penalty", label: "Logit penalty", equation: 5, position: 6, second: "logit penalty",
	takes: []hyperparameter{{
		key: "beta", symbol: "β", of: func(s *Spec) *float64 { return &s.Beta },
		low: 0, high: math.Inf(1), published: "6e-4, with a factor ½ in its code",
	}},
	penalty: func(f *formula, s Spec, z *G.Node) *G.Node {
		β := s.Beta
		return f.scale(β, f.batchMean(f.square(z)))
	},
})
