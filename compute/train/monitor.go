package train

import (
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/objective"
)

// monitored is the images that Monitor asks for: the validation split of the
// training set, with everything else as in training.
func (m Model) monitored() data.Source {
	s := m.Data
	s.Split, s.PerClass = data.Validation, m.Monitor
	return s
}

// monitor measures accuracy on a validation set between passes, with the network
// of the training run itself: it only looks, and the run's bits are the same with
// and without it.
type monitor struct {
	set    *data.Set
	spec   objective.Spec
	x, h   []float32 // one group of images, and its features
	logits []float32
	index  []int
}

// newMonitor prepares the measurement on a set, in groups of at most featureBatch
// images.
func newMonitor(n network, spec objective.Spec, set *data.Set) *monitor {
	g := min(featureBatch, set.Len())
	return &monitor{
		set: set, spec: spec, index: make([]int, g), x: make([]float32, g*set.H*set.W*set.C),
		h: make([]float32, g*n.Dim()), logits: make([]float32, g*len(set.Classes)),
	}
}

// top1 is the fraction of the set whose largest logit is its class, under the
// weights of a checkpoint. An image whose logits are not finite has no answer, and
// so not the right one.
func (m *monitor) top1(n network, c Checkpoint) (float64, error) {
	dim, classes, pixels := n.Dim(), len(m.set.Classes), len(m.x)/len(m.index)
	hits := 0
	for from := 0; from < m.set.Len(); from += len(m.index) {
		g := min(len(m.index), m.set.Len()-from)
		for i := range g {
			m.index[i] = from + i
		}
		x, h, z := m.x[:g*pixels], m.h[:g*dim], m.logits[:g*classes]
		m.set.Floats(x, m.index[:g])
		if err := n.Features(x, g, c.Theta, c.Stats, h); err != nil {
			return 0, err
		}
		if _, err := m.spec.Logits(z, h, g, dim, c.W, c.B, classes); err != nil {
			return 0, err
		}
		for i, label := range m.set.Labels[from : from+g] {
			if row := z[i*classes : (i+1)*classes]; finite(row) && rank(row, label) == 0 {
				hits++
			}
		}
	}
	return float64(hits) / float64(m.set.Len()), nil
}
