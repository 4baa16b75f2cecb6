package objective

import (
	"math"

	G "gorgonia.org/gorgonia"
)

// Extra final-layer L2, equation (4):
//
//	L(W, z, t; λ) = L_softmax(z, t) + λ ‖W‖²
//
// The penalty comes on top of the ordinary weight decay, which covers W too; the
// bias is not penalised. The penalty is taken without a factor ½; the authors'
// code has one, (λ/2)‖W‖², so its λ_final = 8e-4 is λ = 4e-4 here.
var _ = register(definition{
	name: "extra_final_layer_l2", label: "Extra final layer L2", equation: 4, position: 4,
	takes: []hyperparameter{{
		key: "lambda_final", symbol: "λ", of: func(s *Spec) *float64 { return &s.LambdaFinal },
		low: 0, high: math.Inf(1), published: "8e-4, with a factor ½ in its code",
	}},
	penalty: func(f *formula, s Spec, _ *G.Node) *G.Node {
		λ := s.LambdaFinal
		return f.scale(λ, f.sum(f.square(f.W)))
	},
})
