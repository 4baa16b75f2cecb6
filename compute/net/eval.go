package net

// evalGroup is how many images go through the whole network together in evaluation,
// so that every activation stays in the cache.
const evalGroup = 8

// Features computes the features h (n×Dim) of any number of images with the running
// statistics. It overwrites what Forward kept for Backward.
func (t *Trunk) Features(x []float32, n int, theta, stats, h []float32) error {
	if err := t.checkAny("Features", x, n, theta, h); err != nil {
		return err
	}
	if err := t.evaluation("Features", theta, stats); err != nil {
		return err
	}
	size, dim := len(x)/max(n, 1), t.Dim()
	for first := 0; first < n; {
		g := min(evalGroup, t.maxBatch, n-first)
		t.evaluate(part(x, first, g, size), g)
		t.pool(part(h, first, g, dim), g)
		first += g
	}
	return nil
}

// Activations computes n images (at most the maximum batch) with the running
// statistics and shows every layer of Layers in turn: a is n×Height×Width×Channels
// after the ReLU and belongs to the network. The first error ends it.
func (t *Trunk) Activations(x []float32, n int, theta, stats []float32, show func(l Layer, a []float32) error) error {
	if err := t.check("Activations", x, n, theta, make([]float32, n*t.Dim())); err != nil {
		return err
	}
	if err := t.evaluation("Activations", theta, stats); err != nil {
		return err
	}
	t.evaluate(x, n)
	for i, a := range t.outputs() {
		if err := show(t.Layers()[i], a.data[:n*a.len()]); err != nil {
			return err
		}
	}
	return nil
}

// evaluation prepares the weights and the normalisation by running statistics.
func (t *Trunk) evaluation(call string, theta, stats []float32) error {
	if err := t.lengths(call, []length{{"the statistics", len(stats), t.stats}}); err != nil {
		return err
	}
	t.forward = false
	t.pack(theta, false)
	for _, u := range t.units {
		u.bn.UseRunning(u.vector(stats, u.mean), u.vector(stats, u.running), u.vector(theta, u.gamma), u.vector(theta, u.beta))
	}
	return nil
}

// evaluate runs n images from the stem to the last activation.
func (t *Trunk) evaluate(x []float32, n int) {
	t.stem(x, 0, n)
	for _, p := range t.passes {
		t.enter(p, 0, n)
	}
	t.last.compute(0, n)
}
