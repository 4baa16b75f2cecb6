package train

import (
	"fmt"
	"math"
	"slices"

	"lossxfer-report/compute/elementary"
)

// Checkpoint is a network on its way: what Weights has for the end of the run,
// after an earlier pass.
type Checkpoint struct {
	Pass        int // passes done, from 1
	Theta       []float32
	Stats, W, B []float32 // as in Weights
}

// CheckpointPasses lists the passes after which the run keeps its weights, in
// order and counted from 1: the first, and from there on evenly spread in the
// logarithm of the pass, because networks change by about as much in each doubling
// of training. The last pass is not among them: it is the result itself.
func (m Model) CheckpointPasses() []int {
	n := min(m.Checkpoints, m.Schedule.Passes-1)
	passes := make([]int, 0, max(n, 0))
	all := elementary.Log(float64(m.Schedule.Passes))
	for i := range n {
		p := int(math.Floor(elementary.Exp(all*float64(i)/float64(n)) + 0.5))
		if i > 0 {
			p = max(p, passes[i-1]+1) // a pass of its own for each
		}
		passes = append(passes, min(p, m.Schedule.Passes-n+i))
	}
	return passes
}

// checkpoints reports settings of monitoring and checkpoints that cannot work.
func (m Model) checkpoints() error {
	if m.Checkpoints < 0 || m.Checkpoints > m.Schedule.Passes-1 {
		return fmt.Errorf("model: checkpoints = %d, want 0 to %d, one less than the passes of its schedule", m.Checkpoints, m.Schedule.Passes-1)
	}
	if passes := m.CheckpointPasses(); m.At != 0 && !slices.Contains(passes, m.At) {
		return fmt.Errorf("model: at = %d, want 0 (the end of training) or a pass with a checkpoint, one of %v", m.At, passes)
	}
	if m.Monitor < 0 {
		return fmt.Errorf("model: monitor = %d images per class, want 0 or more", m.Monitor)
	}
	if m.Monitor > 0 {
		if v := m.monitored(); v == m.Data {
			return fmt.Errorf("model: monitor = %d, but it trains on these very images, %s: train on another split", m.Monitor, v)
		}
		return m.monitored().Validate()
	}
	return nil
}

// whole is the run that a view of a checkpoint looks at.
func (m Model) whole() Model {
	m.At = 0
	return m
}

// at is the network after one of the run's checkpoints. A run that diverged has
// none, whenever it did: what failed is not compared at any pass.
func (w Weights) at(pass int) (Weights, error) {
	if w.Diverged != "" {
		return Weights{Epochs: w.Epochs[:min(pass, len(w.Epochs))], Diverged: w.Diverged}, nil
	}
	for _, c := range w.Checkpoints {
		if c.Pass == pass {
			return Weights{Theta: c.Theta, Stats: c.Stats, W: c.W, B: c.B, Epochs: w.Epochs[:pass]}, nil
		}
	}
	return Weights{}, fmt.Errorf("weights: no checkpoint after pass %d", pass)
}
