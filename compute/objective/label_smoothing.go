package objective

import G "gorgonia.org/gorgonia"

// Label smoothing, equation (2):
//
//	L(z, t; α) = -1/(1-α) Σ_k ( (1-α) t_k + α/K ) log( e^{z_k} / Σ_j e^{z_j} )
//
// α weighs the uniform distribution against the one-hot target. The factor
// 1/(1-α) keeps the gradient of the correct logit at softmax's scale.
var _ = register(definition{
	name: "label_smoothing", label: "Label smoothing", equation: 2, position: 2, combines: true,
	takes: []hyperparameter{{
		key: "alpha", symbol: "α", of: func(s *Spec) *float64 { return &s.Alpha },
		low: 0, high: 1, published: "0.1",
	}},
	criterion: func(f *formula, s Spec, z *G.Node) *G.Node {
		α, K := s.Alpha, float64(f.K)
		smooth := f.shift(f.scale(1-α, f.T), α/K)
		return f.scale(1/(1-α), f.crossEntropy(smooth, z))
	},
})
