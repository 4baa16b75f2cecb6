package represent

import (
	"fmt"

	"lossxfer-report/compute"
	"lossxfer-report/compute/data"
	"lossxfer-report/compute/net"
	"lossxfer-report/compute/random"
	"lossxfer-report/compute/train"
)

// Network is a network whose layers are looked at: trained, or with its initial
// weights as a control.
type Network struct {
	Model   train.Model
	Initial bool // before training; of Model only what Before keeps counts
}

// Trained is the network at the end of a training run.
func Trained(m train.Model) Network { return Network{Model: m} }

// Before is the network that a run starts from. It keeps nothing of the objective
// and the schedule, so that all runs of a seed start from one network.
func Before(m train.Model) Network {
	return Network{Model: train.Model{Arch: m.Arch, Data: m.Data, Seed: m.Seed}, Initial: true}
}

// String names the network for people.
func (n Network) String() string {
	if n.Initial {
		return fmt.Sprintf("untrained seed %d", n.Model.Seed)
	}
	return fmt.Sprintf("%s seed %d", n.Model.Objective.Label(), n.Model.Seed)
}

// need declares what weights reads.
func (n Network) need(d *compute.Deps) {
	if n.Initial {
		compute.Need(d, n.Model.Data)
		return
	}
	compute.Need(d, n.Model)
}

// statistics is how many training images an untrained network takes its means and
// variances from.
const statistics = 512

// weights returns the trunk's parameters and running statistics, or why training
// diverged. Those of an untrained network are the initial values of train.Model
// for the seed, with the statistics of one batch of training images: with the
// initial ones (mean 0, variance 1) activations would shrink from layer to layer.
func (n Network) weights(c *compute.Context) (theta, stats []float32, diverged string, err error) {
	if !n.Initial {
		w, err := compute.Get(c, n.Model)
		return w.Theta, w.Stats, w.Diverged, err
	}
	set, err := compute.Get(c, n.Model.Data)
	if err != nil {
		return nil, nil, "", err
	}
	theta, stats, err = initial(n.Model.Arch, set, uint64(n.Model.Seed))
	return theta, stats, "", err
}

// initial makes an untrained network.
func initial(a net.Arch, set *data.Set, seed uint64) (theta, stats []float32, err error) {
	count := min(statistics, set.Len())
	t, err := net.New(a, count)
	if err != nil {
		return nil, nil, err
	}
	theta, stats = make([]float32, t.NumParams()), make([]float32, t.NumStats())
	t.Init(theta, stats, random.New("train/trunk", seed))
	x, index := make([]float32, count*set.H*set.W*set.C), make([]int, count)
	for i := range index {
		index[i] = i
	}
	set.Floats(x, index)
	if err := t.Forward(x, count, theta, make([]float32, count*t.Dim())); err != nil {
		return nil, nil, err
	}
	t.UpdateStats(stats, 0)
	return theta, stats, nil
}
