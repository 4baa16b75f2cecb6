// Package represent describes what penultimate features look like: how far the
// classes are apart (Section 3.4 and Appendix B of the paper, equation (11)) and how
// cosine distances are distributed within and between classes (Figure 4).
//
// Cosine similarity with a zero vector, which a ReLU network can produce, is taken
// to be 0, also that of the vector with itself; such vectors are counted in every
// result. Sums are in float64 and in a fixed order, so that bits depend on no CPU.
package represent
