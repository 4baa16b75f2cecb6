package train

// plain is move with plain momentum μ, in the form of PyTorch and TensorFlow:
//
//	v ← μ v + g,  w ← w - rate v,  g = scale·gradient + λ w
//
// The paper pretrains with Nesterov momentum and says of fine-tuning only that it has
// momentum (Appendix A.3).
func (s sgd) plain(w, g, v []float32, decay float32) {
	g, v = g[:len(w)], v[:len(w)]
	for i, x := range w {
		m := float32(s.momentum*v[i]) + (float32(s.scale*g[i]) + float32(decay*x))
		v[i] = m
		w[i] = x - float32(s.rate*m)
	}
}
