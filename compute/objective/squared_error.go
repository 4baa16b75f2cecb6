package objective

import (
	"math"

	G "gorgonia.org/gorgonia"
)

// Squared error, equation (9):
//
//	L(z, t; κ, M) = (1/K) Σ_k ( κ t_k (z_k - M)² + (1-t_k) z_k² )
//
// κ weighs the correct class and M is its target logit. The loss scale, the third
// hyper-parameter of Table A.1, multiplies the whole. The authors' code has the
// scale but no 1/K: its scale of 10 over 1,001 classes is 10,010 here.
var _ = register(definition{
	name: "squared_error", label: "Squared error", equation: 9, position: 9,
	takes: []hyperparameter{
		{
			key: "kappa", symbol: "κ", of: func(s *Spec) *float64 { return &s.Kappa },
			low: 0, high: math.Inf(1), published: "9",
		}, {
			key: "m", symbol: "M", of: func(s *Spec) *float64 { return &s.M },
			low: 0, high: math.Inf(1), published: "60",
		}, {
			key: "scale", symbol: "scale", of: func(s *Spec) *float64 { return &s.Scale },
			low: 0, high: math.Inf(1), published: "10, without the 1/K of equation (9)",
		},
	},
	criterion: func(f *formula, s Spec, z *G.Node) *G.Node {
		κ, M, K := s.Kappa, s.M, float64(f.K)
		correct := f.scale(κ, f.times(f.T, f.square(f.shift(z, -M))))
		others := f.times(f.shift(f.scale(-1, f.T), 1), f.square(z))
		return f.scale(s.Scale/K, f.batchMean(f.plus(correct, others)))
	},
})
