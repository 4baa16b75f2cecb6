package objective

import G "gorgonia.org/gorgonia"

// Softmax cross-entropy, equation (1):
//
//	L(z, t) = -Σ_k t_k log( e^{z_k} / Σ_j e^{z_j} )
//
// It has no hyper-parameters and is the baseline of every comparison.
var _ = register(definition{
	name: "softmax", label: "Softmax", equation: 1, position: 1,
	loss: func(f *formula, _ Spec) (loss, logits *G.Node) {
		z := f.logits()
		return f.crossEntropy(f.T, z), z
	},
})
