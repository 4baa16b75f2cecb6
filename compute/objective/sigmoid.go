package objective

import (
	"lossxfer-report/compute/elementary"

	G "gorgonia.org/gorgonia"
)

// Sigmoid cross-entropy, equation (8):
//
//	L(z, t) = -Σ_k ( t_k log σ(z_k) + (1-t_k) log(1 - σ(z_k)) )
//	        = -Σ_k t_k z_k + Σ_k log(e^{z_k} + 1)
//
// A sum over classes, not a mean. The biases start at -log K, so that every class
// starts with a probability near 1/K.
var _ = register(definition{
	name: "sigmoid", label: "Sigmoid", equation: 8, position: 3, combines: true,
	criterion: func(f *formula, _ Spec, z *G.Node) *G.Node {
		return f.batchMean(f.minus(f.softplus(z), f.times(f.T, z)))
	},
	bias: func(classes int) float64 { return -elementary.Log(float64(classes)) },
})
