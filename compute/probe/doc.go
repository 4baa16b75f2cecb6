// Package probe measures how well frozen penultimate features serve other
// tasks: a linear classifier (Appendix A.2 of the paper) and k nearest
// neighbours (Table 1, lower block).
//
// The plain functions FitLogistic, Tune and Neighbours know nothing of networks;
// the tasks Linear, Relearn, KNN and KNNSensitivity feed them with the features of a trained model. Bits of
// every result are the same on any CPU: exponentials, inner products and the
// optimiser are this package's own, matrix products are compute/kernel's.
package probe
