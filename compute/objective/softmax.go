package objective

// Softmax cross-entropy, equation (1):
//
//	L(z, t) = -Σ_k t_k log( e^{z_k} / Σ_j e^{z_j} )
//
// It has no hyper-parameters, is the baseline of every comparison, and what every
// other objective says it changes.
var _ = register(definition{name: "softmax", label: "Softmax", equation: 1, position: 1})
